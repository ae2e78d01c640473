// The release server as a fixture: each test has its own and may kill it. And what pages hear from it and ask it.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { freePort, root } from './ports';

export class Server {
  private process?: ChildProcess;

  private constructor(private readonly port: number, private env: Record<string, string>) {}

  static async start(env: Record<string, string> = {}): Promise<Server> {
    const server = new Server(await freePort(), env);
    await server.up();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts it, from now on with these variables too; returns once it listens. */
  async up(variables: Record<string, string> = {}): Promise<void> {
    this.env = { ...this.env, ...variables };
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

/** What pages have to know of the server: `Settings` in game/src/wire.rs. */
export type Settings = { openings: number; timeout: number; ponder: boolean; model: boolean; v: string };

/** Changes what the page hears of the server's settings. */
export async function withSettings(page: Page, changes: Partial<Settings>): Promise<void> {
  await page.route('**/api/settings', async (route) => {
    const reply = await route.fetch().catch(() => undefined);
    // The server is gone.
    if (reply === undefined) return route.abort();
    await route.fulfill({ response: reply, json: { ...(await reply.json()), ...changes } });
  });
}

/** As if a model played: the page then asks the server for every move. It is the guesser there that moves. */
export async function asWithModel(page: Page): Promise<void> {
  await withSettings(page, { model: true });
}

/** A request for a move. */
export type Asked = {
  v: string | null;
  game: { opening: number; moves: { question?: string; guess?: string; answer?: string }[]; overtime?: boolean; seal?: string };
};

/** The requests for moves that the page sends from now on. */
export function requestsOf(page: Page): Asked[] {
  const asked: Asked[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (!pathname.endsWith('/api/next')) return;
    const game = JSON.parse(Buffer.from(searchParams.get('game')!, 'base64url').toString());
    asked.push({ v: searchParams.get('v'), game });
  });
  return asked;
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
