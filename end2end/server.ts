// The release server as a fixture: each test has its own and may kill it.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { freePort, root } from './ports';

export class Server {
  private process?: ChildProcess;

  private constructor(private readonly port: number, private readonly env: Record<string, string>) {}

  static async start(env: Record<string, string> = {}): Promise<Server> {
    const server = new Server(await freePort(), env);
    await server.up();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts it; returns once it listens. */
  async up(): Promise<void> {
    const env = { ...process.env, LOG: 'warn', SITE_DIR: join(root, 'dist'), ADDR: `127.0.0.1:${this.port}`, ...this.env };
    const child = spawn(join(root, 'target/release/server'), { env, stdio: ['ignore', 'pipe', 'inherit'] });
    this.process = child;
    await Promise.race([
      once(child.stdout!, 'data'),
      once(child, 'exit').then(() => Promise.reject(new Error('the server did not start'))),
    ]);
  }

  /** Kills it without notice. */
  async down(): Promise<void> {
    const child = this.process;
    this.process = undefined;
    if (child === undefined || child.exitCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}

export const test = base.extend<{ server: Server }>({
  server: async ({}, use) => {
    const server = await Server.start();
    await use(server);
    await server.down();
  },
  baseURL: async ({ server }, use) => {
    await use(server.url);
  },
});

export { expect } from '@playwright/test';
