// The function as Lambda runs it: its bootstrap, connected to the runtime API of cargo-lambda's emulator.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { freePort, root } from './ports';

/** Fails as long as nothing listens on the port. */
async function connects(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.destroy();
}

/** The address of the function's URL. */
const test = base.extend<{ url: string }>({
  url: async ({}, use) => {
    const [port, address] = [await freePort(), '127.0.0.1'];
    const running: ChildProcess[] = [];
    const start = (program: string, words: string[], env: Record<string, string>): void => {
      running.push(spawn(program, words, { env: { PATH: process.env.PATH!, HOME: process.env.HOME!, ...env }, stdio: 'ignore' }));
    };
    const tool = join(root, 'tools/cargo-lambda');
    start(join(tool, 'bin/cargo-lambda'), ['lambda', 'watch', '--only-lambda-apis', '-A', address, '-P', `${port}`], { PYTHONPATH: tool });
    await expect(() => connects(port)).toPass();
    start(process.env.BOOTSTRAP ?? join(root, 'target/lambda/bootstrap-x86_64/bootstrap'), [], {
      AWS_LAMBDA_RUNTIME_API: `http://${address}:${port}/.rt`,
      // Any values will do.
      AWS_LAMBDA_FUNCTION_NAME: '_',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_FUNCTION_VERSION: '1',
      AWS_LAMBDA_LOG_STREAM_NAME: 's',
      AWS_LAMBDA_LOG_GROUP_NAME: 'g',
    });
    await use(`http://${address}:${port}`);
    for (const child of running) {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
  },
});

test('a whole game by the function', async ({ request, url }) => {
  const game: { opening: number; moves: object[]; seal?: string } = { opening: 4, moves: [] };
  for (;;) {
    const encoded = Buffer.from(JSON.stringify(game)).toString('base64url');
    const reply = await request.get(`${url}/api/next?game=${encoded}`);
    expect(reply.status()).toBe(200);
    expect(reply.headers()).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
    const { move, seal, by, outcome } = await reply.json();
    if (outcome !== undefined) {
      expect(outcome).toEqual({ winner: 'player', moves: 20 });
      break;
    }
    expect(by).toBe('guesser');
    game.moves.push({ ...move, answer: 'no' });
    game.seal = seal;
  }
  expect(game.moves).toHaveLength(20);
  const forged = Buffer.from(JSON.stringify({ ...game, opening: 5 })).toString('base64url');
  const refused = await request.get(`${url}/api/next?game=${forged}`);
  expect(refused.status()).toBe(409);
  expect(refused.headers()['content-type']).toBe('application/problem+json');
});
