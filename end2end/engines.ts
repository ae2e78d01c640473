// Whole games and reloads in Firefox and WebKit, against the real server.
import { ENGINES, Player } from './engine';
import { Model, says } from './model';
import { Network } from './network';
import { expect, Server, test as base } from './server';
import { drawn } from './sky';

const test = base.extend<{ engine: string; player: Player; model: Server }>({
  engine: ['', { option: true }],
  /** A server whose model guesses a dog at once. */
  model: async ({}, use) => {
    const model = await Model.start([{ match: {}, response: says('guess', 'a dog') }]);
    const server = await Server.start({ OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'sk-the-key-of-the-tests' });
    await use(server);
    await server.down();
    await model.stop();
  },
  player: async ({ engine }, use) => {
    const player = await Player.start(engine);
    await use(player);
    await player.stop();
  },
});

for (const engine of Object.keys(ENGINES)) {
  test.describe(engine, () => {
    test.use({ engine });

    test('a game that is found, with reloads on the way', async ({ player, server }) => {
      await player.open(server.url);
      await player.until('sky', async () => (await player.evaluate(drawn)).all > 5_000);
      await player.picture('first');
      await player.press('Start');
      let guessed = '';
      for (let number = 1; ; number += 1) {
        await player.awaitQuestion(number);
        if (number === 2 || number === 9 || (await player.isGuess())) {
          const words = await player.text('h1');
          await player.reload();
          await player.awaitQuestion(number);
          expect(await player.text('h1')).toBe(words);
          expect(await player.count('.history li')).toBe(number - 1);
        }
        if (number === 9) await player.picture('board');
        const words = (await player.text('h1'))!;
        if (await player.isGuess()) {
          guessed = words;
          await player.picture('guess');
          await player.press('Yes');
          break;
        }
        await player.press(words === 'Is it a living thing?' ? 'Yes' : 'No');
      }
      await player.until('ending', () => player.count('.ending'));
      // "Is it a dog?" and "Got it in 13: a dog."
      expect(await player.text('h1')).toMatch(/^Got it in \d+: /);
      expect(await player.text('h1')).toContain(guessed.slice('Is it '.length, -1));
      await player.reload();
      await player.until('ending', () => player.count('.ending'));
      expect(await player.text('h1')).toMatch(/^Got it in \d+: /);
      await player.until('line in the sky', async () => (await player.evaluate(drawn)).accent > 50);
      await player.picture('found');
    });

    test('a lost game, what it was, and the next game', async ({ player, server }) => {
      await player.open(server.url);
      await player.press('Start');
      await player.play(1, () => 'No');
      await player.until('end of the game', async () => (await player.text('h1')) === 'You win!');
      await player.evaluate(() => document.querySelector<HTMLElement>('.ending input')!.focus());
      await player.type('a flurb');
      await player.enter();
      await player.until('name', async () => (await player.text('.thing'))?.includes('It was a flurb.'));
      await player.reload();
      await player.until('name', async () => (await player.text('.thing'))?.includes('It was a flurb.'));
      await player.picture('lost');
      await player.press('Play again');
      await player.awaitQuestion(1);
      expect(await player.count('.history li')).toBe(0);
    });

    test('by keys, with the server gone in the middle', async ({ player, server }) => {
      await player.open(server.url);
      await player.press('Start');
      await player.awaitQuestion(1);
      await player.type('n');
      await player.awaitQuestion(2);
      await player.until('guesser', () => player.evaluate(() => 'guesser' in window));
      await server.down();
      // The guesser in the page goes on, and says nothing of it.
      for (let number = 2; number <= 20; number += 1) {
        await player.awaitQuestion(number);
        expect(await player.count('.outage')).toBe(0);
        await player.type('n');
      }
      await player.until('end of the game', () => player.count('.ending'));
      expect(await player.text('h1')).toBe('You win!');
    });

    for (const how of ['the server is stopped', 'the network is cut'] as const) {
      test(`after the first visit, a whole game without a network: ${how}`, async ({ player, server }) => {
        const network = await Network.to(server.url);
        await player.open(network.url);
        await player.until('worker', () => player.evaluate(async () => Boolean((await navigator.serviceWorker.ready).active)));
        if (how === 'the network is cut') network.cut();
        else await server.down();
        await player.open(network.url);
        await player.press('Start');
        await player.play(1, () => 'No');
        await player.until('end of the game', async () => (await player.text('h1')) === 'You win!');
        await player.visit(network.url);
        await player.until('end of the game', async () => (await player.text('h1')) === 'You win!');
        // What is loaded on demand is there too.
        await player.press('Share');
        await player.until('summary', async () => (await player.text('.summary'))?.startsWith('Twenty Questions X/20'));
        await player.picture(how === 'the network is cut' ? 'cut' : 'stopped');
        await network.close();
      });
    }

    test('a model\'s game goes on without the server, and the next one asks it again', async ({ player, model }) => {
      await player.open(model.url);
      await player.press('Start');
      await player.awaitQuestion(1);
      await player.until('guesser', () => player.evaluate(() => 'guesser' in window));
      await model.down();
      await player.press('No');
      await player.awaitQuestion(2);
      // The second move may have been fetched ahead.
      await player.press('No');
      await player.awaitQuestion(3);
      expect(await player.text('.by')).toBe('asked by the built-in guesser, without the server');
      await model.up();
      await player.press('Menu');
      await player.press('Start again');
      await player.press('Start again');
      await player.awaitQuestion(1);
      expect(await player.text('.by')).toMatch(/^asked by gpt/);
    });

    test('a game with a model', async ({ player, model }) => {
      await player.open(model.url);
      await player.press('Start');
      await player.awaitQuestion(1);
      expect(await player.isGuess()).toBe(true);
      await player.press('Yes');
      await player.until('ending', () => player.count('.ending'));
      expect(await player.text('h1')).toBe('Got it in 1: a dog.');
    });
  });
}
