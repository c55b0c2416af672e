// Where a new part goes: a free place next to the part it is made beside, in a grid no wider than a board beside its panes,
// so that nothing covers anything and a drawing made from the keyboard can be read.

import { around, bounds, overlap } from "./geometry.js";
import { live } from "./scene.js";

// As many fit beside each other where the outline is open, too. What is wider already may be filled up.
const COLUMNS = 3;
export const CELL = { width: 260, height: 132 };
const MARGIN = 28;
const STEP = 40;
// Of places that are equally near: a row is filled before the next one begins.
const TASTE = { right: 0, left: 0.1, below: 0.2, above: 0.3 };

/** The upper left corner for something of this size: next to `near`, else next to what was made last. */
export function freePlace(scene, { width, height }, near = null) {
  const there = live(scene).filter(inTheWay);
  if (!there.length) return { x: 0, y: 0 };
  const taken = there.map(bounds);
  const whole = around(taken);
  const right = whole.x + Math.max(whole.width, (COLUMNS - 1) * CELL.width + width);
  // A name follows its box, and is no place to begin a row at.
  const { x, y } = bounds(near ?? there.findLast(({ containerId }) => !containerId) ?? there.at(-1));
  const isFree = (place) =>
    place.x >= whole.x &&
    place.y >= whole.y &&
    place.x + width <= right &&
    !taken.some((box) => overlap(box, { ...place, width, height }, MARGIN));
  for (let ring = 1; ; ring += 1) {
    const found = cellsAt(ring)
      .map(([across, down]) => ({ x: x + across * CELL.width, y: y + down * CELL.height }))
      .find(isFree);
    if (found) return found;
  }
}

/** Steps across and down to all cells so many steps off, the best first. */
function cellsAt(ring) {
  const steps = Array.from({ length: 2 * ring + 1 }, (_, index) => index - ring);
  const taste = ([across, down]) =>
    Math.abs(down) * (down > 0 ? TASTE.below : TASTE.above) + Math.abs(across) * (across > 0 ? TASTE.right : TASTE.left);
  return steps
    .flatMap((across) => [...new Set([ring - Math.abs(across), Math.abs(across) - ring])].map((down) => [across, down]))
    .sort((a, b) => taste(a) - taste(b));
}

/** The free place nearest to a point. */
export function placeAbout(scene, { width, height }, { x, y }) {
  const taken = live(scene).filter(inTheWay).map(bounds);
  const corner = { x: Math.round(x - width / 2), y: Math.round(y - height / 2), width, height };
  for (let ring = 0; ; ring += 1) {
    const found = ringOf(ring, corner).find((box) => !taken.some((other) => overlap(other, box, MARGIN)));
    if (found) return { x: found.x, y: found.y };
  }
}

/** Places in a square about one, from the nearest on. */
function ringOf(ring, corner) {
  const steps = Array.from({ length: 2 * ring + 1 }, (_, index) => index - ring);
  return steps
    .flatMap((down) => steps.map((across) => [across, down]))
    .filter(([across, down]) => Math.max(Math.abs(across), Math.abs(down)) === ring)
    .sort((a, b) => Math.hypot(...a) - Math.hypot(...b))
    .map(([across, down]) => ({ ...corner, x: corner.x + across * STEP, y: corner.y + down * STEP }));
}

/** An arrow that is attached at both ends may pass behind a part; one that is not would seem to end there. */
function inTheWay(element) {
  return !(element.type === "arrow" && element.startBinding && element.endBinding);
}
