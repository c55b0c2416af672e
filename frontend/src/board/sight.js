// What of the board can be seen, and how it comes into sight: with labels that can be read, beside the editor's own panels,
// and without moving the view more than it takes.

import { around, bounds } from "../geometry.js";

// Smaller than this, nobody reads a label.
const READABLE = 0.65;
const LARGEST = 1;
// A little more than the part itself, so that it does not stand at the very edge.
const AIR = 16;
// Nothing stands at the right.
const RIGHT = 12;

/** Where the editor's panels leave the canvas free, in pixels of the page. */
export function openings(state, isNarrow) {
  const { width, height } = state;
  const isSelecting = Object.keys(state.selectedElementIds).length > 0;
  const beside = isSelecting ? 196 : 12;
  const left = isNarrow ? 60 : beside;
  // Beneath the tools stands a hint.
  const [top, bottom] = isNarrow ? [64, 72] : [100, 60];
  // A canvas that is hardly larger than its panels is taken whole.
  if (width < left + RIGHT + 120 || height < top + bottom + 80) return { x: 0, y: 0, width, height };
  return { x: left, y: top, width: width - left - RIGHT, height: height - top - bottom };
}

/** How much smaller a box must be drawn to be seen whole. */
function shareOf(box, free) {
  return Math.min((free.width - 2 * AIR) / box.width, (free.height - 2 * AIR) / box.height);
}

export function isReadable(box, free) {
  return shareOf(box, free) >= READABLE;
}

/** The zoom and scroll that show all of a box, or, where its labels could not be read then, its upper left corner. */
export function fitted(box, free, least = READABLE) {
  const zoom = Math.max(least, Math.min(LARGEST, shareOf(box, free)));
  const start = (from, size, place, length) => {
    const rest = length / zoom - size;
    return place / zoom - from + (rest >= 0 ? rest / 2 : AIR / zoom);
  };
  return {
    zoom,
    scrollX: start(box.x, box.width, free.x, free.width),
    scrollY: start(box.y, box.height, free.y, free.height),
  };
}

/** How far the view must move so that a box is within what is free; nothing where it is. */
export function nudged(box, free, { scrollX, scrollY, zoom }) {
  const by = (from, size, scroll, place, length) => {
    const [start, end] = [(from + scroll) * zoom - AIR, (from + size + scroll) * zoom + AIR];
    if (end - start > length || start < place) return (place - start) / zoom;
    return Math.min(0, place + length - end) / zoom;
  };
  return {
    scrollX: scrollX + by(box.x, box.width, scrollX, free.x, free.width),
    scrollY: scrollY + by(box.y, box.height, scrollY, free.y, free.height),
  };
}

/** The board seen through the editor's own view. `canvas` is the element it fills. */
export class Sight {
  constructor(api, canvas) {
    Object.assign(this, { api, canvas });
  }

  get free() {
    const isNarrow = this.canvas.querySelector(".excalidraw--mobile") !== null;
    return openings(this.api.getAppState(), isNarrow);
  }

  get isThere() {
    return this.canvas.clientWidth > 0 && this.canvas.clientHeight > 0;
  }

  /** Shows these, as large as they are or as small as can be read; `least` 0.1 shows all whatever it takes. */
  fit(elements, least) {
    if (!elements.length || !this.isThere) return;
    const { zoom, ...scroll } = fitted(around(elements.map(bounds)), this.free, least);
    this.become({ ...scroll, zoom: { value: zoom } });
  }

  /** Brings one into view, if it is not: with all the others, where they can be read together. */
  reveal(element) {
    if (!this.isThere) return;
    const state = this.api.getAppState();
    const { scrollX, scrollY } = nudged(bounds(element), this.free, { ...state, zoom: state.zoom.value });
    if (scrollX === state.scrollX && scrollY === state.scrollY) return;
    const all = this.api.getSceneElements();
    // Whoever has gone nearer stays there.
    if (state.zoom.value <= LARGEST && isReadable(around(all.map(bounds)), this.free)) this.fit(all);
    else this.become({ scrollX, scrollY });
  }

  /** Nearer or farther, about the middle. */
  zoom(times) {
    const { scrollX, scrollY, width, height, zoom } = this.api.getAppState();
    const value = Math.max(0.1, Math.min(4, zoom.value * times));
    const shift = (length) => length / 2 / value - length / 2 / zoom.value;
    this.become({ scrollX: scrollX + shift(width), scrollY: scrollY + shift(height), zoom: { value } });
  }

  /** Whether these are all in view, if smaller than can be read. */
  shows(elements) {
    const { scrollX, scrollY, zoom, width, height } = this.api.getAppState();
    return elements.map(bounds).every((box) => {
      const [left, top] = [(box.x + scrollX) * zoom.value, (box.y + scrollY) * zoom.value];
      return left >= 0 && top >= 0 && left + box.width * zoom.value <= width && top + box.height * zoom.value <= height;
    });
  }

  become(appState) {
    this.api.updateScene({ appState });
  }
}
