// MiniStack as a child process of the test, and commands that run against it.
import { execFile, spawn, type ChildProcess, type ExecFileException } from 'node:child_process';
import { mkdtempSync, openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../end2end/ports.js';

export const ROOT = new URL('../..', import.meta.url).pathname;
const PROGRAMS = join(ROOT, 'tools/ministack/bin');

export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export class MiniStack {
  private constructor(
    private readonly process: ChildProcess,
    readonly port: number,
    readonly log: string,
  ) {}

  /** Starts MiniStack and waits until it is healthy. */
  static async start(): Promise<MiniStack> {
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), 'ministack-'));
    const log = join(folder, 'log');
    const out = openSync(log, 'w');
    const child = spawn(join(PROGRAMS, 'ministack'), {
      stdio: ['ignore', out, out],
      env: {
        ...process.env,
        GATEWAY_PORT: String(port),
        BIND_HOST: '127.0.0.1',
        STATE_DIR: folder,
        // MiniStack passes this on to functions, which would otherwise call the real AWS.
        AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
        // The CDK's function that empties the bucket needs the AWS SDK, which AWS's runtime includes.
        NODE_PATH: join(ROOT, 'infra/node_modules'),
      },
    });
    const ministack = new MiniStack(child, port, log);
    for (let attempt = 0; attempt < 100; attempt += 1) {
      if (
        await fetch(`${ministack.url}/_ministack/health`).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        return ministack;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    child.kill('SIGKILL');
    throw new Error(`MiniStack doesn't answer; see its log: ${log}`);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The environment in which every AWS tool uses MiniStack. */
  get env(): Record<string, string> {
    const credentials = {
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
    };
    return {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      AWS_ENDPOINT_URL: this.url,
      ...credentials,
    };
  }

  /** Runs a program against MiniStack. */
  run(
    program: string,
    args: string[],
    { stdin = '', env = {} }: { stdin?: string; env?: Record<string, string> } = {},
  ): Promise<Result> {
    return new Promise((resolve) => {
      const options = {
        cwd: ROOT,
        env: { ...this.env, ...env },
        maxBuffer: 64e6,
        timeout: 120_000,
        killSignal: 'SIGKILL' as const,
      };
      const child = execFile(program, args, options, (error: ExecFileException | null, stdout, stderr) => {
        resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, stdout, stderr });
      });
      child.stdin?.end(stdin);
    });
  }

  aws(...args: string[]): Promise<Result> {
    return this.run(join(PROGRAMS, 'aws'), args);
  }

  /** The names of all resources, by kind. */
  async inventory(): Promise<Record<string, string[]>> {
    const { code, stdout, stderr } = await this.run(join(PROGRAMS, 'python'), ['infra/emulator/inventory.py']);
    if (code !== 0) throw new Error(`inventory.py failed: ${stderr}`);
    return JSON.parse(stdout) as Record<string, string[]>;
  }

  /** MiniStack sometimes ignores SIGTERM. */
  stop(): void {
    this.process.kill('SIGKILL');
  }
}
