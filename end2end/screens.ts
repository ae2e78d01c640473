// Every screen and sheet of the page, and how a player gets there.
import { asWithModel, expect } from './server';
import type { Game } from './game';

export type Reach = (game: Game) => Promise<void>;

/** A thing that nobody knows, taught on an earlier visit. */
const LESSONS = JSON.stringify({
  version: 1,
  lessons: [{ name: 'a flurb', answers: [{ question: 'Is it a living thing?', answer: 'yes' }] }],
});

/** Games of earlier visits, as the page keeps them. */
const LOG = [
  ...['found 13 a penguin', 'found 9 a cat', 'missed 20 a flurb', 'late 22 a piano', 'stopped 3', 'found 13 a guitar'],
  ...['found 16 coffee', 'missed 25 the smell of rain', 'found 20 a bicycle', 'found 13 a penguin', ''],
].join('\n');

/** Answers until the AI guesses. */
async function untilGuess(game: Game): Promise<void> {
  await game.start();
  for (let number = 1; number <= 20; number += 1) {
    await game.awaitQuestion(number);
    if (await game.isGuess()) return;
    await game.answer((await game.heading.innerText()) === 'Is it a living thing?' ? 'Yes' : 'No');
  }
}

async function find(game: Game): Promise<void> {
  await untilGuess(game);
  await game.answer('Yes');
  await expect(game.heading).toHaveText(/^Got it in/);
}

async function lose(game: Game): Promise<void> {
  await game.start();
  await game.play(() => 'No');
}

/** The link to the game that is shown on the sheet, with all that it has. */
export async function linkTo(game: Game): Promise<string> {
  const { page } = game;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('checkbox').check();
  await game.button('Copy').click();
  await expect(page.getByRole('status').filter({ hasText: 'Copied.' })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  return copied.split('\n').at(-1)!;
}

async function tell(game: Game, thing: string): Promise<void> {
  await lose(game);
  await game.page.getByLabel('What was it?').fill(thing);
  await game.page.keyboard.press('Enter');
}

export const SCREENS: [string, Reach][] = [
  ['first', (game) => game.open()],
  ['board', (game) => game.reach(4)],
  ['late', (game) => game.reach(13)],
  ['answers', async (game) => {
    await game.reach(6);
    // On a desktop they are always there.
    if (await game.button('Your answers').isVisible()) await game.open('Your answers');
  }],
  ['menu', async (game) => {
    await game.reach(3);
    await game.open('Menu');
  }],
  ['how', async (game) => {
    await game.open();
    await game.open('How it works');
  }],
  ['thoughts', async (game) => {
    await game.reach(5);
    await game.open('Menu', 'What I think');
    await expect(game.page.locator('.is-thought')).toHaveCount(5);
  }],
  ['leave', async (game) => {
    await game.reach(2);
    await game.open('Menu', 'Start again');
  }],
  ['guess', untilGuess],
  ['found', async (game) => {
    await find(game);
    await game.page.waitForTimeout(1_400);
  }],
  ['not-found', lose],
  ['surprises', async (game) => {
    await tell(game, 'a dog');
    await expect(game.page.locator('.debrief li')).toHaveCount(3);
  }],
  ['unknown', async (game) => {
    await tell(game, 'flurb');
    await expect(game.button('a flurb')).toBeVisible();
  }],
  ['stars', async (game) => {
    await game.page.addInitScript((lessons) => localStorage.setItem('twenty-questions-lessons', lessons), LESSONS);
    await game.open();
    await game.open('Menu', 'Stars I added');
    await expect(game.button('Remove a flurb')).toBeVisible();
  }],
  ['no-connection', async (game) => {
    // Otherwise the guesser in the page would go on.
    await game.page.route(/\/guesser\./, (route) => route.abort());
    await asWithModel(game.page);
    await game.reach(2);
    await game.awaitFetchedAhead(2);
    await game.page.context().setOffline(true);
    await game.answer('Not sure');
    await expect(game.page.getByRole('alert')).toContainText('offline');
  }],
  ['overtime', async (game) => {
    await lose(game);
    await game.button('Let me ask five more').click();
    await game.awaitQuestion(21);
    await game.answer('No');
    await game.awaitQuestion(22);
  }],
  ['statistics', async (game) => {
    await game.page.addInitScript((log) => localStorage.setItem('twenty-questions-games', log), LOG);
    await game.open();
    await game.open('Menu', 'Statistics');
    await expect(game.page.locator('.histogram')).toBeVisible();
  }],
  ['share', async (game) => {
    await lose(game);
    await game.open('Share');
    await expect(game.page.locator('.summary')).toContainText('X/20');
  }],
  ['shared', async (game) => {
    await find(game);
    await game.open('Share');
    const link = await linkTo(game);
    await game.page.evaluate(() => localStorage.clear());
    // An address that differs in nothing but its fragment would load nothing.
    await game.page.goto('about:blank');
    await game.page.goto(link);
    await expect(game.page.locator('.shared li').first()).toBeVisible();
  }],
];
