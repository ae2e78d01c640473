// The server refuses every transcript whose moves it didn't make.
import type { APIRequestContext } from '@playwright/test';
import { expect, Server, test } from './server';

type Move = { question?: string; guess?: string; answer?: string };
type Transcript = { opening: number; moves: Move[]; seal?: string };

function next(request: APIRequestContext, game: Transcript & { overtime?: boolean }) {
  const encoded = Buffer.from(JSON.stringify(game)).toString('base64url');
  return request.get(`/api/next?game=${encoded}`);
}

/** A game of three moves, all made by the server. */
async function played(request: APIRequestContext): Promise<Required<Transcript>> {
  const game: Transcript = { opening: 2, moves: [] };
  for (const answer of ['yes', 'no', 'unsure']) {
    const { move, seal } = await (await next(request, game)).json();
    game.moves.push({ ...move, answer });
    game.seal = seal;
  }
  return { ...game, seal: game.seal! };
}

test('the server continues its own game', async ({ request }) => {
  const reply = await next(request, await played(request));
  expect(reply.status()).toBe(200);
  expect(await reply.json()).toMatchObject({ by: 'guesser', ponder: true });
});

const FORGERIES: [string, (game: Required<Transcript>) => void][] = [
  ['an edited question', (game) => (game.moves[1]!.question = 'What is the capital of France?')],
  ['an edited last question', (game) => (game.moves[2]!.question = 'What is the capital of France?')],
  ['an edited answer to an earlier question', (game) => (game.moves[0]!.answer = 'no')],
  ['another opening', (game) => (game.opening = 3)],
  ['a missing move', (game) => game.moves.shift()],
  ['no seal', (game) => delete (game as Transcript).seal],
  ['a cut seal', (game) => (game.seal = game.seal.slice(1))],
  ['a made-up seal', (game) => (game.seal = 'A'.repeat(43))],
];

for (const [what, forge] of FORGERIES) {
  test(`${what} is refused`, async ({ request }) => {
    const game = await played(request);
    forge(game);
    const reply = await next(request, game);
    expect(reply.status()).toBe(409);
    expect(await reply.json()).toMatchObject({ type: '/problems/broken-seal', status: 409 });
  });
}

test('overtime is refused before the player has won', async ({ request }) => {
  const reply = await next(request, { ...(await played(request)), overtime: true });
  expect(reply.status()).toBe(422);
  expect(await reply.json()).toMatchObject({ status: 422 });
});

test('a seal of another server is refused', async ({ request, server }) => {
  const other = await Server.start({ SEAL_KEY: 'another key and a long enough one' });
  expect(other.url).not.toBe(server.url);
  const game = await played(request);
  const encoded = Buffer.from(JSON.stringify(game)).toString('base64url');
  expect((await request.get(`${other.url}/api/next?game=${encoded}`)).status()).toBe(409);
  await other.down();
});
