// The emulated AWS with the game in it, and a model that takes every key.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Game } from './game.js';
import { MiniStack, ROOT, type Result } from './ministack.js';
import { Model } from './model.js';
import { viewer, type Viewer } from './viewer.js';

const help = execFileSync(join(ROOT, 'target/lambda/bootstrap-x86_64/bootstrap'), ['--help'], { encoding: 'utf8' });

/** Whether this build of the server reads its key from the secret. */
export const READS_SECRET = help.includes('SECRET_ARN');

/** How long the function may go on with an old key. */
const PATIENCE = help.includes('SECRET_TTL') ? 20_000 : 300_000;

interface Outputs {
  readonly Bucket: string;
  readonly SecretArn: string;
}

/** What a command has printed, if it went well. */
export function ok({ code, stdout, stderr }: Result): string {
  assert.equal(code, 0, `${stdout.slice(-4000)}\n${stderr.slice(-4000)}`);
  return stdout + stderr;
}

export class World {
  private edge?: Viewer;

  private constructor(
    readonly ministack: MiniStack,
    private readonly model: Model,
  ) {}

  static async start(): Promise<World> {
    const [ministack, model] = await Promise.all([MiniStack.start(), Model.start()]);
    return new World(ministack, model);
  }

  stop(): void {
    this.ministack.stop();
    this.model.server.close();
    this.edge?.server.close();
  }

  /** Where a browser finds the game once it is deployed. */
  get url(): string {
    assert.ok(this.edge, 'the game is not deployed');
    return this.edge.url;
  }

  async open(domain: string): Promise<void> {
    this.edge = await viewer(this.ministack.port, domain);
  }

  get outputs(): Outputs {
    return JSON.parse(readFileSync(join(ROOT, 'infra/cdk.out/outputs.json'), 'utf8')).TwentyQuestions as Outputs;
  }

  /** The settings of the emulated game, as arguments. */
  settings(more: Record<string, string> = {}): string[] {
    const all = { emulator: 'true', architecture: 'x86_64', email: 'operator@example.com', ...more };
    return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  }

  /** The settings with which the model is asked; a server of one's own is asked without a key too. */
  get withModel(): Record<string, string> {
    return READS_SECRET ? { baseUrl: this.model.url } : {};
  }

  async secret(): Promise<Record<string, string>> {
    const id = ['--secret-id', this.outputs.SecretArn, '--output', 'json'];
    const { stdout } = await this.ministack.aws('secretsmanager', 'get-secret-value', ...id);
    return JSON.parse((JSON.parse(stdout) as { SecretString: string }).SecretString) as Record<string, string>;
  }

  /** Plays until the model has been asked with this key; gives who moved then. */
  async untilAskedWith(key: string): Promise<string> {
    const end = Date.now() + PATIENCE;
    // A short game after the other, in every opening, so that no cache answers in the model's stead.
    for (let opening = 0; Date.now() < end; opening = (opening + 1) % 8) {
      const game = new Game(this.url, opening);
      let reply = await game.next();
      for (let moves = 0; moves < 6 && reply.move; moves += 1) {
        assert.equal(reply.status, 200);
        if (this.model.keys.includes(key)) return reply.by ?? '';
        await new Promise((resolve) => setTimeout(resolve, 500));
        reply = await game.next({ move: reply.move, answer: opening % 2 === 0 ? 'no' : 'yes' });
      }
    }
    throw new Error(
      `the function has not taken the key in time; it asked with ${this.model.keys.join(', ') || 'none'}`,
    );
  }
}
