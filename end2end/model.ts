// A mock of OpenAI: aimock in a process of its own, which plays back fixtures.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, root } from './ports';

/** Which request the model answers, and how: a fixture of aimock. */
export type Fixture = { match: object; response: object; chaos?: object };

/** A reply with a move, in the JSON that the prompt asks for. */
export function says(kind: 'question' | 'guess', text: string): { content: string } {
  return { content: JSON.stringify({ candidates: ['a dog'], kind, text }) };
}

/** The fixture for the move with this number. */
export function move(number: number, response: object, more: object = {}): Fixture {
  return { match: { userMessage: `Move ${number} of 20.`, ...more }, response };
}

/** An error, as OpenAI sends it. */
export function error(status: number, code: string): object {
  return { status, error: { message: `no: ${code}`, type: 'test', code } };
}

export class Model {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  static async start(fixtures: Fixture[]): Promise<Model> {
    const folder = await mkdtemp(join(tmpdir(), 'model-'));
    const file = join(folder, 'fixtures.json');
    await writeFile(file, JSON.stringify({ fixtures }));
    const port = await freePort();
    const cli = join(root, 'node_modules/@copilotkit/aimock/dist/cli.js');
    const child = spawn(process.execPath, [cli, '-p', `${port}`, '-f', file, '--strict', '--log-level', 'warn'], { stdio: 'inherit' });
    const model = new Model(child, folder, port);
    const gone = once(child, 'exit').then(() => Promise.reject(new Error('the model did not start')));
    await Promise.race([model.listening(), gone]);
    return model;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/v1`;
  }

  /** The bodies of all requests for a completion. */
  async calls(): Promise<{ model: string; messages: { role: string; content: string }[] }[]> {
    const journal = await fetch(`http://127.0.0.1:${this.port}/__aimock/journal?path=/v1/chat/completions`);
    const entries = (await journal.json()) as { body: never }[];
    return entries.map((entry) => entry.body);
  }

  async stop(): Promise<void> {
    const exit = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await exit;
    await rm(this.folder, { recursive: true });
  }

  private async listening(): Promise<void> {
    for (;;) {
      const isThere = await fetch(`http://127.0.0.1:${this.port}/health`).then(() => true, () => false);
      if (isThere) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
