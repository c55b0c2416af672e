// Areas: frames around parts, such as a region or a network, and how a part gets into one without being drawn there.

import { bounds, overlap } from "./geometry.js";
import { tidy } from "./graph/names.js";
import { readParts } from "./graph/reading.js";
import { newId, STROKE } from "./make.js";
import { belonging, moved } from "./move.js";
import { CELL, freePlace } from "./place.js";
import { BoardError, live, withElements } from "./scene.js";
import { attached, rerouted } from "./edit.js";

const INSIDE = 32;
const COLUMNS = 3;
const GAP = 24;
const SIZE = { width: 220 + 2 * INSIDE, height: 60 + 2 * INSIDE };

/** An empty frame of this name, in a free place. */
export function addArea(scene, { label, id = newId() }) {
  const name = tidy(label);
  if (!name) throw new BoardError("An area needs a name.");
  const frame = { id, type: "frame", ...STROKE, ...freePlace(scene, SIZE), ...SIZE, name };
  return { scene: withElements(scene, [...live(scene), frame]), id };
}

/** Moves a part into an area, which grows where it must; "" moves it out of all. */
export function setArea(drawing, id, area) {
  const scene = attached(drawing, new Set([id]));
  const part = live(scene).find((element) => element.id === id);
  if (!part) throw new BoardError("This is no longer on the board.");
  if (!area) return rerouted(movedTo(scene, id, freePlace(scene, part, part), null), new Set([id]));
  const frame = live(scene).find((element) => element.id === area);
  if (!frame) throw new BoardError("This area has no border on the board.");
  const { x, y, ...room } = placeWithin(scene, frame, part);
  const put = movedTo(scene, id, { x, y }, frame.type === "frame" ? area : null);
  const grown = { ...room, id: area };
  const large = withElements(
    put,
    put.elements.map((each) => (each.id === area ? { ...each, ...grown } : each)),
  );
  return clear(rerouted(large, new Set([id])), area);
}

/** The first free of the places in rows of three, and how large the frame must be for it. */
function placeWithin(scene, frame, part) {
  const inside = held(scene, frame.id)
    .filter((element) => element.id !== part.id)
    .map(bounds);
  for (let step = 0; ; step += 1) {
    const x = frame.x + INSIDE + (step % COLUMNS) * CELL.width;
    const y = frame.y + INSIDE + Math.floor(step / COLUMNS) * CELL.height;
    if (inside.some((box) => overlap(box, { x, y, width: part.width, height: part.height }, GAP))) continue;
    const width = Math.max(frame.width, x + part.width + INSIDE - frame.x);
    return { x, y, width, height: Math.max(frame.height, y + part.height + INSIDE - frame.y) };
  }
}

/** An area that has grown over something moves, with all in it, to where there is room. */
function clear(scene, area) {
  const frame = live(scene).find((element) => element.id === area);
  const inside = held(scene, area);
  const own = new Set([area, ...inside.map((element) => element.id)]);
  const others = live(scene).filter(
    (element) => !own.has(element.id) && !own.has(element.containerId) && element.type !== "arrow",
  );
  if (!others.some((element) => overlap(bounds(element), bounds(frame)))) return scene;
  const to = freePlace(scene, frame, frame);
  const [dx, dy] = [to.x - frame.x, to.y - frame.y];
  const isMoved = (element) => own.has(element.id) || (own.has(element.containerId) && element.type === "text");
  const elements = scene.elements.map((each) => (isMoved(each) ? { ...each, x: each.x + dx, y: each.y + dy } : each));
  return rerouted(withElements(scene, elements), own);
}

/** The shapes and free texts in an area. */
function held(scene, area) {
  const parts = readParts(scene);
  const isWithin = (id) => parts.above(parts.resolve(id) || id).includes(area);
  return live(scene).filter(
    ({ id, type, frameId }) => type !== "arrow" && id !== area && (frameId === area || isWithin(id)),
  );
}

function movedTo(scene, id, place, frameId) {
  const ids = belonging(scene, id);
  const elements = moved(scene, ids, place).elements.map((each) => (ids.has(each.id) ? { ...each, frameId } : each));
  return withElements(scene, elements);
}
