// The sky, as it is on the canvas.

/** How many pixels are drawn, and how many of them in the colour of the line at the end. Runs in the page. */
export function drawn(): { all: number; accent: number } {
  const canvas = document.querySelector<HTMLCanvasElement>('#sky')!;
  const accent = getComputedStyle(canvas).outlineColor.match(/\d+/g)!.map(Number);
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
  const drawn = { all: 0, accent: 0 };
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3]! > 0) drawn.all += 1;
    if (data[at + 3] === 255 && accent.every((part, index) => data[at + index] === part)) drawn.accent += 1;
  }
  return drawn;
}
