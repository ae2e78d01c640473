// Takes a picture of every screen on a phone and a desktop, light and dark, and of the phone's with large text.
import { test } from './server';
import { Game } from './game';
import { root } from './ports';
import { SCREENS } from './screens';

const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };

for (const [name, reach] of SCREENS) {
  for (const [device, viewport] of Object.entries(SIZES)) {
    for (const scheme of ['light', 'dark'] as const) {
      for (const text of device === 'phone' && scheme === 'light' ? [100, 200] : [100]) {
        test(`${name} ${device} ${scheme} ${text}`, async ({ browser, server }) => {
          const context = await browser.newContext({ baseURL: server.url, viewport, colorScheme: scheme, deviceScaleFactor: 2 });
          const page = await context.newPage();
          if (text !== 100) await page.addInitScript((text) => document.addEventListener('DOMContentLoaded', () => (document.documentElement.style.fontSize = `${text}%`)), text);
          await reach(new Game(page));
          await page.waitForTimeout(300);
          await page.screenshot({ path: `${root}/target/screens/${name}-${device}-${scheme}${text === 100 ? '' : `-${text}`}.png`, fullPage: text !== 100 });
          await context.close();
        });
      }
    }
  }
}
