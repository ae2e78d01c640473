// The page, as a player sees it.
import { expect, type Locator, type Page } from '@playwright/test';

export type Answer = 'Yes' | 'No' | 'Not sure';

/** What the player answers to a move. */
export type Truth = (move: { words: string; isGuess: boolean }) => Answer;

/** A move takes answers only so many milliseconds after it has appeared. */
export const SETTLING = 260;

export class Game {
  constructor(readonly page: Page) {}

  /** Who has asked the open question. */
  get by(): Locator {
    return this.page.locator('.by');
  }

  get heading(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  /** The moves that were answered, the last one first. */
  get answered(): Locator {
    return this.page.locator('.history li');
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Presses a button in the menu. */
  async menu(name: string): Promise<void> {
    await this.button('Menu').click();
    await this.button(name).click();
  }

  /** Opens the page or, with names of buttons, a sheet by way of others. */
  async open(...names: string[]): Promise<void> {
    for (const name of names) await this.button(name).click();
    if (names.length > 0) return expect(this.page.locator('#sheet-title')).toBeVisible();
    await this.page.goto('/');
    await expect(this.button('Start')).toBeEnabled();
  }

  /** Waits until the guesser in the page is loaded. */
  async awaitGuesser(): Promise<void> {
    await this.page.waitForFunction(() => 'guesser' in window);
    // After the first answer, the sky of a game that goes on has a caption.
    if ((await this.page.locator('.board .history li').count()) > 0) await expect(this.page.locator('.caption')).toContainText('left');
  }

  isGuess(): Promise<boolean> {
    return this.page.locator('.move.is-guess').isVisible();
  }

  async start(): Promise<void> {
    await this.open();
    await this.button('Start').click();
    await this.awaitQuestion(1);
  }

  /** Waits for the AI's move with this number. */
  async awaitQuestion(number: number): Promise<void> {
    // In overtime it has 25.
    await expect(this.page.locator('.number')).toHaveText(new RegExp(`^${number} of (20|25)$`));
    await expect(this.button('Yes')).toBeEnabled();
    // The page takes no answer before, as the second of two quick taps.
    await this.page.waitForTimeout(SETTLING);
  }

  /** Waits until the page has fetched so many moves since it was loaded. */
  async awaitFetched(moves: number): Promise<void> {
    const replies = () =>
      this.page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.includes('/api/next')).length);
    await expect.poll(replies).toBe(moves);
  }

  /**
   * If a model plays, waits until the page has fetched what follows yes and no to the question with this number. Besides
   * these two for each question so far, it has fetched the first move.
   */
  async awaitFetchedAhead(number: number): Promise<void> {
    await this.awaitFetched(1 + 2 * number);
  }

  /** Starts a game and answers "No" up to the move with this number. */
  async reach(number: number): Promise<void> {
    await this.start();
    await this.answerNo(number - 1);
    await this.awaitQuestion(number);
  }

  async answer(answer: Answer): Promise<void> {
    await this.button(answer).click();
  }

  /** Answers `count` questions with "No", from the open one on. */
  async answerNo(count: number): Promise<void> {
    for (let number = await this.number(); count > 0; count -= 1, number += 1) {
      await this.awaitQuestion(number);
      await this.answer('No');
    }
  }

  async number(): Promise<number> {
    return Number(await this.page.locator('.number b').textContent());
  }

  /** Plays to the end. */
  async play(truth: Truth): Promise<void> {
    for (let number = await this.number(); number <= 25; number += 1) {
      await this.awaitQuestion(number);
      const isGuess = await this.isGuess();
      await this.answer(truth({ words: await this.heading.innerText(), isGuess }));
      await expect(this.answered).toHaveCount(number);
      if (await this.page.locator('.ending').isVisible()) return;
    }
  }
}
