// The sky: a star for each thing that the guesser knows. It draws what it is told and knows nothing of the game.
//
// The page calls show() after every change; start.js calls load() while the program is on its way. Stars are in the
// order of the things, in which neighbours are alike, and a Hilbert curve keeps neighbours together on the plane: birds,
// tools and singers become regions.

const BRIGHTEST = 7;
const UNLIT = 2.6; // before a game: some stars are a little brighter than others
const JITTER = 1.7; // in cells of the curve
const MARGIN = 6; // between the outermost stars and the edge, in CSS pixels
const FADE = 180, FLARE = 600, TRACE = 1200; // ms

let canvas, context, width, height, ratio;
let image, pixels; // of the canvas
let aspect; // of the sky for which the layout was made
let isPlaced = false; // whether the stars stand where they belong
let reached = 0; // how far from the left the stars are drawn, in CSS pixels
let neighbours = []; // the things beside which those that were taught stand
let count = 0; // things that were packed; those after them were taught
let x = [], y = []; // of each star, in CSS pixels
let shown = new Float32Array(0); // the brightness of each star now, 0 to BRIGHTEST
let scene = { kind: 'first', share: 0, light: [], beside: [], marks: [], names: [] };
let frame, started, finish, coming;
let part = 1; // how much of the animation is over

const calm = matchMedia('(prefers-reduced-motion: reduce)');
const colours = matchMedia('(prefers-color-scheme: dark)');
const forced = matchMedia('(forced-colors: active)');
const resized = new ResizeObserver(() => {
  if (canvas.clientWidth !== width || canvas.clientHeight !== height) measure(), redraw();
});
for (const media of [colours, forced]) media.addEventListener('change', redraw);
new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ['data-theme'] });

/** Shows how much of the program has arrived: stars appear from left to right. */
export function load(things, share) {
  count = things;
  scene.share = share;
  if (!attach() || frame) return;
  // More may arrive before the next frame.
  frame = requestAnimationFrame(() => {
    frame = undefined;
    if (!width || !height) return;
    if (!isPlaced) place();
    stars(getComputedStyle(canvas).color, reached);
  });
}

/**
 * Shows a scene: `first`, `play`, `guess`, `found` or, as long as the thing isn't known, `lost`.
 * light: the brightness of each thing, 0 to 7; empty if nothing is known about it.
 * beside: for each thing that was taught, the thing that is most like it.
 * marks: in `first`, what was found in past games; in `play`, the likeliest things, best first; otherwise what the line connects, the last one encircled.
 * names: of the marks, a line each; may be empty.
 */
export function show(things, kind, light, beside, marks, names) {
  count = things;
  const [before, old] = [scene, canvas];
  // The page lends its memory only for this call.
  scene = { kind, share: 1, light: light.slice(), beside: beside.slice(), marks: marks.slice(), names: names ? names.split('\n') : [] };
  if (!attach()) return;
  const length = kind === 'found' ? TRACE : kind === 'lost' ? FLARE : FADE;
  // Most changes of the page don't concern the sky: then it needn't be drawn, and an animation goes on.
  const isSame =
    kind === before.kind && before.share === 1 &&
    ['light', 'beside', 'marks', 'names'].every((key) => areEqual(scene[key], before[key]));
  if (isSame && canvas === old) return;
  // The page may paint its new screen before; to place and draw all stars takes a slow phone 100 ms.
  cancelAnimationFrame(frame);
  clearTimeout(coming);
  coming = setTimeout(animate, 0, calm.matches || isSame ? 0 : length);
}

function areEqual(one, other) {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}

/** Draws the scene once more, as far as its animation has come. */
export function redraw() {
  if (canvas && width && height) draw();
}

/** Takes over the canvas of a new screen. */
function attach() {
  const found = document.getElementById('sky');
  if (!found) return false;
  if (hasNewStars()) isPlaced = false;
  if (found !== canvas) {
    const before = canvas;
    canvas = found;
    context = canvas.getContext('2d');
    if (!context) return (canvas = undefined), false;
    canvas.onpointermove = (event) => point(event.offsetX, event.offsetY);
    canvas.onpointerleave = () => point();
    measure();
    resized.disconnect();
    resized.observe(canvas);
    // Until the sky of a new screen is drawn, it shows the one before.
    if (before?.width && width && height) context.drawImage(before, 0, 0, width, height);
  }
  return width > 0;
}

function hasNewStars() {
  return x.length !== count + scene.beside.length || !areEqual(scene.beside, neighbours);
}

function measure() {
  const before = [width, height];
  width = canvas.clientWidth;
  height = canvas.clientHeight;
  ratio = Math.min(devicePixelRatio || 1, 2);
  if (!width || !height) return;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  // A new screen may have its sky in the same place.
  if (!areEqual(before, [width, height])) isPlaced = false;
  if (image?.width === canvas.width && image.height === canvas.height) return;
  image = context.createImageData(canvas.width, canvas.height);
  pixels = new Uint32Array(image.data.buffer);
}

/** Computes where the stars stand. */
function place() {
  neighbours = scene.beside;
  const all = count + scene.beside.length;
  x = new Float32Array(all);
  y = new Float32Array(all);
  // A card may take some of the height for a while: then the sky shrinks, and its regions stay where they are.
  const now = width / height;
  if (!(Math.abs(Math.log(now / aspect)) < 0.5)) aspect = now;
  const columns = Math.max(1, Math.ceil(Math.sqrt(count * aspect)));
  const rows = Math.max(1, Math.ceil(count / columns));
  const cellX = width / columns, cellY = height / rows;
  let star = 0;
  curve(columns, rows, (column, row) => {
    if (star >= count) return;
    const across = (column + 0.5 + JITTER * noise(2 * star)) / columns;
    const down = (row + 0.5 + JITTER * noise(2 * star + 1)) / rows;
    x[star] = swell(across, down) * width;
    y[star] = swell(down, across) * height;
    star += 1;
  });
  scene.beside.forEach((other, index) => {
    const angle = noise(index + 7) * 2 * Math.PI;
    x[count + index] = x[other] + 2.5 * cellX * Math.cos(angle);
    y[count + index] = y[other] + 2.5 * cellY * Math.sin(angle);
  });
  for (star = 0; star < all; star += 1) {
    x[star] = within(x[star], width);
    y[star] = within(y[star], height);
  }
  isPlaced = true;
  reached = 0;
}

/** Folds back what lies beyond the edge, so that no stars line up along it. */
function within(place, length) {
  const folded = MARGIN + Math.abs(place - MARGIN);
  return length - MARGIN - Math.abs(length - MARGIN - folded);
}

/** From -1 to 1, always the same for the same number. */
function noise(number) {
  let hash = Math.imul(number + 1, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 31 - 1;
}

/** Makes some parts of the sky denser than others, along slanted waves. */
function swell(along, beside) {
  return along + 0.022 * Math.sin(11 * along + 7 * beside) + 0.013 * Math.sin(19 * along - 23 * beside);
}

/**
 * Visits all cells of a rectangle along a Hilbert curve for any size (J. Červený, "gilbert", 2018). A block is split
 * along its longer side; a square one into three parts, so that the path enters and leaves at the corners.
 */
function curve(columns, rows, visit) {
  const half = (length) => Math.trunc(length / 2);
  const walk = (left, top, ax, ay, bx, by) => {
    const long = Math.abs(ax + ay), wide = Math.abs(bx + by);
    const dax = Math.sign(ax), day = Math.sign(ay), dbx = Math.sign(bx), dby = Math.sign(by);
    if (wide === 1 || long === 1) {
      const [dx, dy, steps] = wide === 1 ? [dax, day, long] : [dbx, dby, wide];
      for (let step = 0; step < steps; step += 1) visit(left + dx * step, top + dy * step);
      return;
    }
    let cx = half(ax), cy = half(ay), ex = half(bx), ey = half(by);
    if (2 * long > 3 * wide) {
      // An even half keeps the path continuous.
      if (Math.abs(cx + cy) % 2 && long > 2) (cx += dax), (cy += day);
      walk(left, top, cx, cy, bx, by);
      walk(left + cx, top + cy, ax - cx, ay - cy, bx, by);
      return;
    }
    if (Math.abs(ex + ey) % 2 && wide > 2) (ex += dbx), (ey += dby);
    walk(left, top, ex, ey, cx, cy);
    walk(left + ex, top + ey, ax, ay, bx - ex, by - ey);
    walk(left + ax - dax + ex - dbx, top + ay - day + ey - dby, -ex, -ey, cx - ax, cy - ay);
  };
  if (columns >= rows) walk(0, 0, columns, 0, 0, rows);
  else walk(0, 0, 0, rows, columns, 0);
}

/** Fades from what is shown to the scene. */
function animate(length) {
  cancelAnimationFrame(frame);
  finish?.();
  const all = count + scene.beside.length;
  const from = new Float32Array(all);
  from.set(shown.subarray(0, all));
  shown = from.slice();
  const target = scene.light;
  started = performance.now();
  const tick = () => {
    part = length ? Math.min((performance.now() - started) / length, 1) : 1;
    const fade = length ? Math.min((part * length) / Math.min(length, FLARE), 1) : 1;
    for (let star = 0; star < all; star += 1) shown[star] = from[star] + ((target[star] ?? 0) - from[star]) * fade;
    redraw();
    frame = part < 1 ? requestAnimationFrame(tick) : undefined;
  };
  // Any key or press shows the end of a long animation at once.
  const skip = () => (started = -Infinity);
  if (length > FADE) {
    addEventListener('pointerdown', skip);
    addEventListener('keydown', skip);
    finish = () => (removeEventListener('pointerdown', skip), removeEventListener('keydown', skip));
  }
  tick();
}

/** Draws the scene with these names of its marks. */
export function draw(names = scene.names) {
  if (!isPlaced) place();
  const style = getComputedStyle(canvas);
  const ink = style.color, accent = style.outlineColor;
  stars(ink);
  const { kind, marks } = scene;
  if (kind === 'first') {
    for (const star of marks) disc(x[star], y[star], 3, accent);
  } else if (kind === 'play') {
    if (names.length) disc(x[marks[0]], y[marks[0]], 3.5, accent);
  } else {
    trace(marks, names, ink, accent);
  }
}

/**
 * Draws the stars right of `since`, as far as the program has arrived. Pixel by pixel: thousands of calls of the canvas
 * take far longer.
 */
function stars(ink, since = 0) {
  // The canvas writes every opaque colour as #rrggbb; a pixel holds its bytes the other way round.
  context.fillStyle = ink;
  const [red, green, blue] = context.fillStyle.match(/\w\w/g).map((byte) => parseInt(byte, 16));
  const looks = Array.from({ length: 2 * BRIGHTEST + 1 }, (_, level) => {
    // Below .35 is the floor: stars that are out can still be seen.
    const value = level < 0.7 * BRIGHTEST ? 0 : level / (2 * BRIGHTEST);
    const alpha = 255 * (0.17 + 0.83 * value * value);
    // A square of pixels that holds a disc. The smallest are squares.
    const radius = (ratio * (1 + 2.6 * value * value)) / 2, size = Math.ceil(2 * radius);
    return Array.from({ length: size }, (_, down) =>
      Array.from({ length: size }, (_, across) => {
        const distance = Math.hypot(down + 0.5 - size / 2, across + 0.5 - size / 2);
        const share = radius > 1 ? Math.min(Math.max(radius + 0.5 - distance, 0), 1) : 1;
        return (((alpha * share) << 24) | (blue << 16) | (green << 8) | red) >>> 0;
      }),
    );
  });
  // Before a game and until the guesser is here.
  const isUnlit = !scene.light.length;
  const edge = scene.share * width, row = canvas.width;
  if (!since) pixels.fill(0);
  for (let star = 0; star < x.length; star += 1) {
    if (x[star] <= since || x[star] > edge) continue;
    const light = isUnlit ? UNLIT + noise(3 * star) : (shown[star] ?? 0);
    const look = looks[Math.round(2 * light)], half = look.length / 2;
    const start = Math.round(ratio * y[star] - half) * row + Math.round(ratio * x[star] - half);
    for (let down = 0; down < look.length; down += 1) {
      for (let across = 0; across < look.length; across += 1) {
        // The brighter of two wins.
        const at = start + down * row + across;
        if (pixels[at] < look[down][across]) pixels[at] = look[down][across];
      }
    }
  }
  context.putImageData(image, 0, 0);
  reached = edge;
}

function disc(left, top, radius, colour) {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(left, top, radius, 0, 2 * Math.PI);
  context.fill();
}

function ring(left, top, radius, colour, alpha) {
  context.strokeStyle = colour;
  context.globalAlpha = alpha;
  context.lineWidth = 1.5;
  context.beginPath();
  context.arc(left, top, radius, 0, 2 * Math.PI);
  context.stroke();
  context.globalAlpha = 1;
}

/** Where a mark stands: its star, but with room for its rings. */
function spot(star) {
  const room = (place, length) => Math.min(Math.max(place, 22), length - 22);
  return [room(x[star], width), room(y[star], height)];
}

/** A line through the marks, which ends in rings: in a dashed one where the thing isn't. */
function trace(marks, names, ink, accent) {
  const spots = [...marks].map(spot), last = marks.length - 1;
  const reach = last * Math.min(part * 1.25, 1);
  context.strokeStyle = accent;
  context.lineWidth = 1.5;
  context.beginPath();
  spots.forEach(([left, top], index) => {
    if (index === 0) return context.moveTo(left, top);
    const [fromLeft, fromTop] = spots[index - 1], way = Math.min(Math.max(reach - index + 1, 0), 1);
    if (way > 0) context.lineTo(fromLeft + (left - fromLeft) * way, fromTop + (top - fromTop) * way);
  });
  context.stroke();
  const taken = [];
  // The last name first: the others give way to it.
  for (let index = Math.floor(reach + 0.001); index >= 0; index -= 1) {
    const [left, top] = spots[index], isLast = index === last;
    const isThing = isLast && scene.kind !== 'lost';
    disc(left, top, isThing ? 5.5 : 3.5, accent);
    if (isLast) {
      if (!isThing) context.setLineDash([4, 4]);
      ring(left, top, 6 + 8 * part, accent, 0.8);
      context.setLineDash([]);
      if (scene.kind === 'found') ring(left, top, 6 + 14 * part, accent, 0.4);
    }
    if (names[index]) label(left, top, names[index], isThing ? accent : ink, isLast, taken);
    if (isLast) taken.push({ middle: left, half: 22, line: top + 22, high: 44 });
  }
}

/** Writes a name below a place, or above it where it would leave the sky or run into one that is taken. */
function label(left, top, name, colour, isLarge, taken = []) {
  const { fontFamily, backgroundColor } = getComputedStyle(canvas);
  context.font = `600 ${isLarge ? 20 : 13}px ${fontFamily}`;
  while (name.length > 1 && context.measureText(name).width > width - 16) name = name.replace(/..?…?$/u, '…');
  const half = context.measureText(name).width / 2 + 4, high = isLarge ? 24 : 17, gap = isLarge ? 34 : 18;
  const middle = Math.min(Math.max(left, half), width - half);
  const isFree = (line) =>
    line < height - 4 && line > high &&
    taken.every((other) => Math.abs(middle - other.middle) > half + other.half || line - high > other.line || other.line - other.high > line);
  const line = [top + gap, top - gap + 10].find(isFree);
  if (!line) return;
  taken.push({ middle, half, line, high });
  context.textAlign = 'center';
  context.lineWidth = 4;
  context.lineJoin = 'round';
  context.strokeStyle = backgroundColor;
  context.strokeText(name, middle, line);
  context.fillStyle = colour;
  context.fillText(name, middle, line);
}

/** Writes the name of the mark under the pointer. */
function point(left, top) {
  if (scene.kind !== 'play' || !scene.names.length) return;
  redraw();
  let best = -1, least = 18 ** 2;
  scene.marks.forEach((star, index) => {
    const distance = (x[star] - left) ** 2 + (y[star] - top) ** 2;
    if (distance < least) (best = index), (least = distance);
  });
  if (best < 0) return;
  const star = scene.marks[best];
  label(x[star], y[star], scene.names[best], getComputedStyle(canvas).color, false);
}
