// Every screen and sheet of the page, and how a player gets there.
import { expect } from './server';
import type { Game } from './game';

export type Reach = (game: Game) => Promise<void>;

/** A thing that nobody knows, taught on an earlier visit. */
const LESSONS = JSON.stringify({
  version: 1,
  lessons: [{ name: 'a flurb', answers: [{ question: 'Is it a living thing?', answer: 'yes' }] }],
});

/** Answers until the AI guesses. */
async function untilGuess(game: Game): Promise<void> {
  await game.start();
  for (let number = 1; number <= 20; number += 1) {
    await game.awaitQuestion(number);
    if (await game.isGuess()) return;
    await game.answer((await game.heading.innerText()) === 'Is it a living thing?' ? 'Yes' : 'No');
  }
}

async function lose(game: Game): Promise<void> {
  await game.start();
  await game.play(() => 'No');
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
    await untilGuess(game);
    await game.answer('Yes');
    await expect(game.heading).toHaveText(/^Got it in/);
    await game.page.waitForTimeout(1_400);
  }],
  ['not-found', lose],
  ['surprises', async (game) => {
    await tell(game, 'a dog');
    await expect(game.page.locator('.debrief li')).toHaveCount(3);
  }],
  ['unknown', async (game) => {
    await tell(game, 'flurb');
    await expect(game.button('Is it a flurb?')).toBeVisible();
  }],
  ['stars', async (game) => {
    await game.page.addInitScript((lessons) => localStorage.setItem('twenty-questions-lessons', lessons), LESSONS);
    await game.open();
    await game.open('Menu', 'Stars I added');
    await expect(game.button('Remove a flurb')).toBeVisible();
  }],
  ['no-connection', async (game) => {
    await game.reach(2);
    await game.page.waitForLoadState('networkidle');
    await game.page.context().setOffline(true);
    await game.answer('Not sure');
    await expect(game.page.getByRole('alert')).toContainText('offline');
  }],
];
