// What of a board is shown: readable, beside the panels, and without moving more than it takes.

import "./setup.js";

import assert from "node:assert/strict";
import { test } from "node:test";

import { fitted, nudged, openings } from "../src/board/sight.js";

const FREE = { x: 12, y: 70, width: 676, height: 400 };
const seen = (box, { scrollX, scrollY, zoom }) => ({
  left: (box.x + scrollX) * zoom,
  top: (box.y + scrollY) * zoom,
  right: (box.x + box.width + scrollX) * zoom,
  bottom: (box.y + box.height + scrollY) * zoom,
});

function isWithin({ left, top, right, bottom }, free) {
  return left >= free.x && top >= free.y && right <= free.x + free.width && bottom <= free.y + free.height;
}

test("a drawing that fits is shown whole, never larger than it is", () => {
  for (const box of [
    { x: -900, y: 40, width: 900, height: 300 },
    { x: 5000, y: -80, width: 90, height: 500 },
    { x: 0, y: 0, width: 140, height: 60 },
  ]) {
    const view = fitted(box, FREE);
    assert.ok(view.zoom <= 1 && view.zoom >= 0.65);
    assert.ok(isWithin(seen(box, view), FREE), JSON.stringify(seen(box, view)));
  }
});

test("a drawing too large to be read whole begins at its upper left corner", () => {
  const box = { x: 300, y: 200, width: 6000, height: 90 };
  const view = fitted(box, FREE);
  assert.equal(view.zoom, 0.65);
  assert.ok(Math.abs(seen(box, view).left - FREE.x - 16) < 1e-6);
  assert.ok(isWithin(seen(box, fitted(box, FREE, 0.1)), FREE));
});

test("what is in view does not move, and what is not comes in by the shortest way", () => {
  const view = { scrollX: 0, scrollY: 0, zoom: 1 };
  const inside = { x: 300, y: 200, width: 140, height: 60 };
  assert.deepEqual(nudged(inside, FREE, view), { scrollX: 0, scrollY: 0 });
  for (const zoom of [0.5, 1, 2]) {
    for (const [x, y] of [[1400, 200], [-900, 200], [300, 2000], [300, -500], [-900, 2000]]) {
      const box = { ...inside, x, y };
      const moved = { ...nudged(box, FREE, { ...view, zoom }), zoom };
      assert.ok(isWithin(seen(box, moved), FREE), `${x}, ${y} at ${zoom}`);
    }
  }
  const beyond = { ...inside, x: 700 };
  assert.deepEqual(nudged(beyond, FREE, view), { scrollX: -(700 + 140 + 16 - 688), scrollY: 0 });
});

test("panels are left free where there is room for them", () => {
  const state = { width: 700, height: 560, selectedElementIds: {} };
  assert.ok(openings(state, false).x < 50);
  assert.ok(openings({ ...state, selectedElementIds: { a: true } }, false).x > 176 + 16);
  assert.deepEqual(openings({ ...state, width: 180, height: 120 }, true), { x: 0, y: 0, width: 180, height: 120 });
});
