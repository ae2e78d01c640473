// The emulated AWS with the deployed game, and a mock model that accepts every key.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Game } from './game.js';
import { MiniStack, ROOT, type Result } from './ministack.js';
import { Model } from './model.js';
import { viewer, type Viewer } from './viewer.js';

/** How long the function may keep using an old key; `emulator=true` sets SECRET_TTL to two seconds. */
const PATIENCE_MILLISECONDS = 20_000;

interface Outputs {
  readonly Bucket: string;
  readonly SecretArn: string;
}

/** The output of a command that must have succeeded. */
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

  /** The URL of the deployed game. */
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

  /** The settings of the emulated game, as command-line arguments. */
  settings(more: Record<string, string> = {}): string[] {
    const all = { emulator: 'true', architecture: 'x86_64', email: 'operator@example.com', ...more };
    return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  }

  /** Settings for the mock model. Not in the first deployment: with a baseUrl, the server needs no key. */
  get withModel(): Record<string, string> {
    return { baseUrl: this.model.url };
  }

  async secret(): Promise<Record<string, string>> {
    const id = ['--secret-id', this.outputs.SecretArn, '--output', 'json'];
    const { stdout } = await this.ministack.aws('secretsmanager', 'get-secret-value', ...id);
    return JSON.parse((JSON.parse(stdout) as { SecretString: string }).SecretString) as Record<string, string>;
  }

  /** Plays until the function has called the model with this key; returns who made that move. */
  async untilCalledWith(key: string): Promise<string> {
    const end = Date.now() + PATIENCE_MILLISECONDS;
    // Short games in all openings, so that the moves aren't cached.
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
    throw new Error(`the function didn't use the new key in time; it used ${this.model.keys.join(', ') || 'none'}`);
  }
}
