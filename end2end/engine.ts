// Firefox and WebKit, driven by WebDriver, and the page as a player sees it there.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Builder, Key, type WebDriver, type WebElement } from 'selenium-webdriver';
import { SETTLING } from './game';
import { freePort, root } from './ports';

/** How a browser's driver is started, whether it needs a screen, and what a session asks of it. */
type Engine = { driver: (port: number) => [string, ...string[]]; needsScreen: boolean; capabilities: object };

const multiarch = `${{ x64: 'x86_64', arm64: 'aarch64' }[process.arch as string]}-linux-gnu`;

export const ENGINES: Record<string, Engine> = {
  Firefox: {
    driver: (port) => ['geckodriver', '--port', `${port}`, '--log', 'error'],
    needsScreen: false,
    capabilities: {
      browserName: 'firefox',
      'moz:firefoxOptions': { binary: process.env.FIREFOX ?? '/usr/bin/firefox-esr', args: ['-headless'] },
    },
  },
  WebKit: {
    driver: (port) => ['WebKitWebDriver', `--port=${port}`],
    // Its browser has no headless mode.
    needsScreen: true,
    capabilities: {
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': {
        binary: process.env.WEBKIT ?? `/usr/lib/${multiarch}/webkit2gtk-4.1/MiniBrowser`,
        args: ['--automation'],
      },
    },
  },
};

/** How long a player waits for anything, in milliseconds. */
const PATIENCE = 20_000;

/** A program and everything it has started, in a group of its own. */
class Program {
  /** Whether it has ended. */
  isGone = false;
  private readonly child: ChildProcess;
  private readonly end: Promise<void>;

  constructor(private readonly name: string, args: string[], env: NodeJS.ProcessEnv) {
    this.child = spawn(name, args, { env, stdio: ['ignore', 'pipe', 'ignore'], detached: true });
    this.end = new Promise<void>((resolve) => {
      this.child.on('error', () => resolve());
      this.child.on('exit', () => resolve());
    }).then(() => void (this.isGone = true));
  }

  /** Waits for a sign of life. */
  async until<Sign>(look: () => Promise<Sign>): Promise<NonNullable<Sign>> {
    for (;;) {
      const sign = await look();
      if (sign) return sign;
      if (this.isGone) throw new Error(`${this.name} did not start`);
      await pause(50);
    }
  }

  /** The first line that it prints. */
  async line(): Promise<string> {
    let text = '';
    this.child.stdout!.on('data', (data) => (text += data));
    return this.until(async () => text.includes('\n') && text.trim());
  }

  /** Ends it, politely at first: then it cleans up. */
  async stop(): Promise<void> {
    this.signal('SIGTERM');
    await Promise.race([this.end, pause(3_000)]);
    this.signal('SIGKILL');
  }

  private signal(name: NodeJS.Signals): void {
    try {
      process.kill(-this.child.pid!, name);
    } catch {
      // It has ended, or never started.
    }
  }
}

export class Player {
  private constructor(private readonly programs: Program[], private readonly browser: WebDriver, private readonly name: string) {}

  static async start(name: string): Promise<Player> {
    const { driver, needsScreen, capabilities } = ENGINES[name]!;
    const programs: Program[] = [];
    const run = (program: string, args: string[], env: NodeJS.ProcessEnv) => {
      programs.unshift(new Program(program, args, env));
      return programs[0]!;
    };
    const env = { ...process.env };
    try {
      if (needsScreen) {
        const screen = run('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], env);
        env.DISPLAY = `:${await screen.line()}`;
      }
      // WebKit's sandbox needs a user other than root.
      if (process.getuid?.() === 0) env.WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS = '1';
      const port = await freePort();
      const [program, ...args] = driver(port);
      const address = `http://127.0.0.1:${port}`;
      await run(program, args, env).until(() => fetch(`${address}/status`).then((reply) => reply.ok, () => false));
      const browser = await new Builder().usingServer(address).withCapabilities(capabilities).build();
      await browser.manage().window().setRect({ width: 420, height: 860 });
      return new Player(programs, browser, name);
    } catch (error) {
      for (const program of programs) await program.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await Promise.race([this.browser.quit().catch(() => {}), pause(5_000)]);
    for (const program of this.programs) await program.stop();
  }

  async visit(url: string): Promise<void> {
    await this.browser.get(url);
  }

  async open(url: string): Promise<void> {
    await this.visit(url);
    await this.button('Start');
  }

  /** As with a key: in Firefox, past the worker. */
  async reload(): Promise<void> {
    await this.browser.navigate().refresh();
  }

  /** Runs a function in the page. */
  evaluate<Result>(work: (...args: never[]) => Result, ...args: unknown[]): Promise<Result> {
    return this.browser.executeScript(`return (${work}).apply(null, arguments)`, ...args);
  }

  /** The words of the first element that matches; null if there is none. */
  text(selector: string): Promise<string | null> {
    return this.evaluate((selector: string) => document.querySelector<HTMLElement>(selector)?.innerText.trim() ?? null, selector);
  }

  /** How many elements match. */
  count(selector: string): Promise<number> {
    return this.evaluate((selector: string) => document.querySelectorAll(selector).length, selector);
  }

  /** Waits until what it looks for is there. */
  async until<Found>(what: string, look: () => Promise<Found>): Promise<NonNullable<Found>> {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const found = await look();
      if (found) return found;
      if (Date.now() > end) throw new Error(`${this.name}: no ${what} after ${PATIENCE} ms; the heading is "${await this.text('h1')}"`);
      await pause(50);
    }
  }

  /** Waits for a button that can be pressed, by its name. */
  private button(name: string): Promise<WebElement> {
    return this.until(`button "${name}"`, () =>
      this.evaluate((name: string) => {
        // Without the hint of its key, as a screen reader has it.
        const nameOf = (button: HTMLElement) =>
          button.ariaLabel ?? [...button.childNodes].map((node) => ((node as HTMLElement).ariaHidden ? '' : node.textContent)).join('').trim();
        const canBePressed = (button: HTMLElement) => !button.matches(':disabled, [aria-disabled]') && button.checkVisibility();
        // WebDriver turns an element into what it calls one.
        const found = [...document.querySelectorAll('button')].find((button) => nameOf(button) === name && canBePressed(button));
        return (found ?? null) as WebElement | null;
      }, name),
    );
  }

  /** Presses a button, as a finger or a mouse does. The page may draw it anew at any time, so that it must be found again. */
  async press(name: string): Promise<void> {
    await this.until(`press on "${name}"`, async () => {
      const button = await this.button(name);
      return button.click().then(
        () => true,
        (error: Error) => {
          if (error.name === 'StaleElementReferenceError') return false;
          throw error;
        },
      );
    });
  }

  /** Types into whatever has the focus. */
  async type(text: string): Promise<void> {
    await this.browser.actions().sendKeys(text).perform();
  }

  async enter(): Promise<void> {
    await this.type(Key.ENTER);
  }

  /** Waits for the AI's move with this number, and until it takes an answer. */
  async awaitQuestion(number: number): Promise<void> {
    await this.until(`move ${number}`, async () => (await this.text('.number')) === `${number} of 20`);
    await this.button('Yes');
    await pause(SETTLING);
  }

  isGuess(): Promise<boolean> {
    return this.count('.move.is-guess').then(Boolean);
  }

  /** Plays on to the end from the move with this number. */
  async play(from: number, truth: (words: string, isGuess: boolean) => 'Yes' | 'No'): Promise<void> {
    for (let number = from; number <= 20; number += 1) {
      await this.awaitQuestion(number);
      await this.press(truth((await this.text('h1'))!, await this.isGuess()));
      await this.until(`answer ${number}`, async () => (await this.count('.history li')) === number);
      if (await this.count('.ending')) return;
    }
  }

  /** Takes a picture, into target/engines/. */
  async picture(what: string): Promise<void> {
    const folder = join(root, 'target/engines');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${this.name}-${what}.png`), await this.browser.takeScreenshot(), 'base64');
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
