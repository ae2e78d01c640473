// What few players open: statistics and sharing. start.js loads this file on demand, and the module with it. The module
// (app/extras) makes text and HTML; files, clipboard and buttons are done here.
import init, { fragment, merge, shared, statistics, summary } from './pkg/extras.js';

const SESSION = 'twenty-questions';
const LOG = 'twenty-questions-games';

const { extrasCss, extrasWasm, things } = document.getElementById('start').dataset;
const styles = document.createElement('link');
styles.rel = 'stylesheet';
styles.href = extrasCss;
const isStyled = new Promise((resolve) => (styles.onload = styles.onerror = resolve));
document.head.append(styles);
const ready = Promise.all([init({ module_or_path: new URL(extrasWasm, document.baseURI) }), isStyled]);

/** The address of the page without its query and fragment. */
const home = () => location.origin + location.pathname;

/** The log of past games, which other tabs change too. */
const readLog = () => {
  try {
    return localStorage.getItem(LOG) ?? '';
  } catch {
    return '';
  }
};

/**
 * Fills the sheet.
 * kind: `statistics`, `share` or `shared`, a game from a link.
 * played: of the game on the table, its lines (`game`), what it was (`thing`), and its line for the log if it is over, after
 * those of games that couldn't be logged (`past`).
 */
export async function show(place, kind, played) {
  await ready;
  if (!place.isConnected) return;
  ({ statistics: showStatistics, share: showShare, shared: showShared })[kind](place, played);
}

function showStatistics(place, { past }) {
  place.innerHTML = `
    <p role=status></p>
    <div></div>
    <div class=foot>
      <div class=row>
        <a class="button is-plain" download="twenty-questions-games.txt">Save as a file</a>
        <label class="button is-plain">Load a file <input class=unseen type=file accept=".txt,text/plain"></label>
        <button class="button is-plain" name=erase>Erase</button>
      </div>
      <div class=row hidden>
        <span>Erase all games that are over?</span>
        <button class=button name=sure>Erase them</button>
        <button class=button name=keep>Keep them</button>
      </div>
    </div>`;
  const find = (selector) => place.querySelector(selector);
  const [status, figures, save, file, erase, sure] = ['[role=status]', 'div', 'a', 'input', '[name=erase]', '.row[hidden]'].map(find);
  const update = () => {
    // The page logs a game when it is put away.
    const log = readLog() + past;
    figures.innerHTML = statistics(log);
    save.href = `data:text/plain;charset=utf-8,${encodeURIComponent(log)}`;
    save.hidden = erase.hidden = !log;
    sure.hidden = true;
  };
  const store = (log, words) => {
    try {
      localStorage.setItem(LOG, log);
    } catch {
      words = "I couldn't save this on your device: its storage is full or switched off.";
    }
    // The page reads the log again.
    dispatchEvent(new Event('storage'));
    update();
    status.textContent = words;
  };
  update();
  file.onchange = async () => {
    const text = await file.files[0]?.text().catch(() => '');
    if (text === undefined) return;
    file.value = '';
    const merged = merge(readLog() + past, text);
    if (merged === undefined) status.textContent = "That file isn't a list of games. Choose one that was saved here, on this or another device.";
    // The game on the table isn't logged yet.
    else store(merged.endsWith(past) ? merged.slice(0, merged.length - past.length) : merged, 'The games are loaded.');
  };
  listen(place, {
    erase: () => {
      sure.hidden = false;
      find('[name=keep]').focus();
    },
    keep: () => {
      sure.hidden = true;
      erase.focus();
    },
    sure: () => {
      if (past && eraseGame()) past = '';
      store('', 'The games are erased.');
      document.getElementById('sheet-title').focus();
    },
  });
}

/** Keeps the game that is over, but still on the table, out of the log. Whether that worked. */
function eraseGame() {
  try {
    const session = JSON.parse(localStorage.getItem(SESSION));
    session.game.erased = true;
    localStorage.setItem(SESSION, JSON.stringify(session));
    return true;
  } catch {
    return false;
  }
}

function showShare(place, { game, thing }) {
  const text = summary(game, Number(things), window.guesser?.leftAtLast(thing));
  if (text === undefined) return;
  place.innerHTML = `
    <p role=status></p>
    <pre class=summary role=region aria-label="What is copied" tabindex=0></pre>
    <label class=tick><input type=checkbox> Say what it was, and let others read the game</label>
    <p class=aside>The link then holds all questions and answers. Whoever opens it reads them from the link itself; no server gets them.</p>
    <div class="row foot">
      <button class="button is-primary" name=share>Share</button>
      <button class=button name=copy>Copy</button>
      <button class=button name=picture>Save the sky as a picture</button>
    </div>`;
  const [status, shown, tick] = ['[role=status]', 'pre', 'input'].map((selector) => place.querySelector(selector));
  const words = () => (tick.checked && thing ? `${text}\nIt was ${thing}.` : text);
  const link = () => (tick.checked ? `${home()}#${fragment(game, thing || undefined)}` : home());
  const say = (words) => (status.textContent = words);
  const update = () => {
    shown.textContent = `${words()}\n${link()}`;
    // What was copied before is something else.
    say('');
  };
  update();
  tick.onchange = update;
  place.querySelector('[name=share]').hidden = !navigator.share;
  // The same message is read aloud once more only if it was gone.
  place.addEventListener('click', () => say(''), { capture: true });
  listen(place, {
    // The player may change their mind; that is no failure.
    share: () => navigator.share({ text: words(), url: link() }).catch((error) => error.name === 'AbortError' || say("It couldn't be shared here. Copy it instead.")),
    copy: async () => {
      try {
        // Browsers have no clipboard for pages without TLS.
        await navigator.clipboard.writeText(shown.textContent);
        say('Copied.');
      } catch {
        say('I may not copy here. Select the text and copy it yourself.');
      }
    },
    picture: async () => {
      const blob = await picture(words(), tick.checked);
      if (!blob) return say("This browser can't make a picture of it.");
      const file = document.createElement('a');
      file.href = URL.createObjectURL(blob);
      file.download = 'twenty-questions.png';
      file.click();
      setTimeout(() => URL.revokeObjectURL(file.href), 60_000);
      say('Saved.');
    },
  });
}

/** The sky of this game on a card, with what can be shared below it. With or without the names in the sky. */
async function picture(text, hasNames) {
  const sky = document.getElementById('sky');
  const { backgroundColor, color, outlineColor, fontFamily } = getComputedStyle(sky);
  const lines = text.split('\n');
  const card = document.createElement('canvas');
  const unit = sky.width / sky.clientWidth;
  const [line, space] = [26 * unit, 20 * unit];
  card.width = sky.width;
  card.height = sky.height + 2 * space + (lines.length - 0.3) * line;
  const context = card.getContext('2d');
  context.fillStyle = backgroundColor;
  context.fillRect(0, 0, card.width, card.height);
  if (!hasNames) window.sky.draw([]);
  context.drawImage(sky, 0, 0);
  window.sky.redraw();
  lines.forEach((words, index) => {
    context.fillStyle = index ? color : outlineColor;
    context.font = `${index ? '' : '700 '}${18 * unit}px ${fontFamily}`;
    context.fillText(words, space, sky.height + space + (index + 0.6) * line, card.width - 2 * space);
  });
  return new Promise((resolve) => card.toBlob(resolve));
}

function showShared(place) {
  const html = shared(location.hash.slice(1));
  place.innerHTML = html
    ? `<p class=aside>Somebody shared this game with you. It was read from the link.</p>${html}`
    : '<p>There is no game in this link: it may have been cut off.</p>';
  place.insertAdjacentHTML('beforeend', '<div class="row foot"><button class="button is-primary" name=play>Play</button></div>');
  // Behind the sheet is the game on the table or the start page.
  listen(place, { play: () => document.getElementById('sheet').close() });
  // Another link takes its place.
  addEventListener('hashchange', () => place.isConnected && showShared(place), { once: true });
}

/** Calls what belongs to the name of the button that is pressed. */
function listen(place, presses) {
  place.onclick = ({ target }) => presses[target.closest('button')?.name]?.();
}
