// Moving a part with all that belongs to it, and putting a whole board in order.

import { around, bounds, overlap } from "./geometry.js";
import { readGraph, readParts } from "./graph/reading.js";
import { layout } from "./layout.js";
import { live, withElements } from "./scene.js";
import { attached, ledThrough } from "./edit.js";
import { widthOf } from "./text.js";

const AIR = 60;

/** The elements that a part consists of. */
export function belonging(scene, id) {
  const { owner } = readParts(scene);
  const isIts = (element) => element.id === id || owner.get(element.id) === id || element.containerId === id;
  return new Set(
    live(scene)
      .filter(isIts)
      .map((element) => element.id),
  );
}

/** Moves these elements so that their upper left corner is here. */
export function moved(scene, ids, { x, y }) {
  const corner = cornerOf(scene, ids);
  const by = (each) => ({ ...each, x: each.x + x - corner.x, y: each.y + y - corner.y });
  return withElements(
    scene,
    scene.elements.map((each) => (ids.has(each.id) ? by(each) : each)),
  );
}

/** Everything in layers from left to right, following the links. Notes and drawings by hand stay where they are. */
export function arrange(drawing) {
  const graph = readGraph(drawing);
  const all = [...graph.parts, ...graph.groups].map(({ id }) => id);
  const scene = attached(drawing, new Set(all));
  const own = new Map(all.map((id) => [id, belonging(scene, id)]));
  const items = graph.parts.map(({ id, group }) => ({ id, group, ...cornerOf(scene, own.get(id)) }));
  if (!items.length) return scene;
  const links = graph.links.map((link) => ({ ...link, room: widthOf(link.label) }));
  const { places, bends } = layout({ items, groups: graph.groups, links });
  const start = roomFor(scene, own, links, places);
  const at = ({ x, y }) => ({ x: start.x + x, y: start.y + y });
  const inPlace = items.reduce((next, { id }) => moved(next, own.get(id), at(places.get(id))), scene);
  const framed = graph.groups.reduce(
    (next, { id }) => enclosed(next, id, own.get(id), { ...places.get(id), ...at(places.get(id)) }),
    inPlace,
  );
  const way = (index) => (bends.get(index) ?? []).map(at);
  return links.reduce((next, { id }, index) => ledThrough(next, id, way(index)), framed);
}

/** Where the whole begins: where it was, or below what else is on the board and would be covered by it. */
function roomFor(scene, own, links, places) {
  const ours = new Set([...own.values()].flatMap((ids) => [...ids]).concat(links.map(({ id }) => id)));
  const [mine, others] = [[], []];
  for (const element of live(scene)) {
    if (ours.has(element.containerId)) continue;
    if (!ours.has(element.id)) others.push(bounds(element));
    else if (own.has(element.id)) mine.push(bounds(element));
  }
  const { x, y } = around(mine);
  const whole = { ...around([...places.values()]), x, y };
  if (!others.some((other) => overlap(other, whole, AIR))) return { x, y };
  const rest = around(others);
  return { x, y: rest.y + rest.height + AIR };
}

/** A group takes its place; it has a border, or only a heading. */
function enclosed(scene, id, ids, place) {
  const { x, y, width, height } = place;
  const texts = new Set([...ids].filter((each) => each !== id));
  const headed = texts.size ? moved(scene, texts, { x: x + 16, y: y + 12 }) : scene;
  return withElements(
    headed,
    headed.elements.map((each) => (each.id === id ? { ...each, x, y, width, height } : each)),
  );
}

function cornerOf(scene, ids) {
  const its = live(scene).filter(({ id }) => ids.has(id));
  const shapes = its.filter(({ type }) => type !== "text");
  return around((shapes.length ? shapes : its).map(bounds));
}
