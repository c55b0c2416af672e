// Changes of a scene, as the outline makes them: each takes a scene and returns another, and what it makes is what the
// editor would have made by mouse: boxes with bound text, arrows bound at both ends.

import { around, between, bounds, centre, loop } from "./geometry.js";
import { tidy } from "./graph/names.js";
import { readGraph, readParts } from "./graph/reading.js";
import { dataOf, look } from "./kinds.js";
import { boundWith, heads, newId, otherThan, part, sizeFor, STROKE, withName, words } from "./make.js";
import { freePlace, placeAbout } from "./place.js";
import { BoardError, live, withElements } from "./scene.js";
import { FONT, widthOf } from "./text.js";

// How far links between the same two parts stand off from each other.
const ASIDE = 22;

// Parts

/** A box with its name in a free place; `kind`, the key of a component, may be left open. It goes beside the part `near`, or about the point `at`. */
export function addPart(scene, { label, kind = null, near = "", at = null, id = newId() }) {
  const name = named(label);
  const size = sizeFor(name, look(dataOf(kind).kind).type);
  const beside = live(scene).find((element) => element.id === near) ?? null;
  const place = at ? placeAbout(scene, size, at) : freePlace(scene, size, beside);
  const shape = part({ id, kind, place: { ...place, ...size } });
  return { scene: withElements(scene, [...live(scene), ...withName(shape, name)]), id };
}

export function renamePart(scene, id, label) {
  const name = named(label);
  const shape = live(scene).find((element) => element.id === id);
  const own = textsOf(scene, id);
  if (shape?.type === "frame") return replaced(scene, { ...shape, name });
  if (shape?.type === "text") return replaced(scene, written(shape, name));
  const isBound = own.some((text) => text.containerId === id);
  // One text that was put on the box by hand stays where it is; several become one.
  if (!isBound && own.length === 1) return replaced(scene, written(own[0], name));
  const bare = without(scene, new Set(own.map((text) => text.id)));
  const large = grown(find(bare, id), name);
  const elements = bare.elements.flatMap((each) => (each.id === id ? withName(large, name) : [each]));
  return rerouted(withElements(bare, elements), new Set([id]));
}

/** The key of a component; `null` leaves it to the name what the part is. */
export function setKind(scene, id, kind) {
  const shape = find(scene, id);
  const { kind: before, as, ...data } = shape.customData ?? {};
  const said = dataOf(kind);
  const customData = { ...data, ...said };
  // What somebody has coloured keeps its colour.
  const isPlain = matches(shape, look(before)) || matches(shape, look(null));
  const isBox = ["rectangle", "ellipse", "diamond"].includes(shape.type);
  return rerouted(replaced(scene, { ...shape, ...(isPlain && isBox ? look(said.kind) : {}), customData }), new Set([id]));
}

/** Takes a part away with its name and its links; of a group only the frame goes, what is in it stays. */
export function removePart(scene, id) {
  const { owner } = readParts(scene);
  const { links, loose } = readGraph(scene);
  const gone = new Set([id]);
  for (const [element, part] of owner) if (part === id) gone.add(element);
  for (const link of [...links, ...loose]) if ([link.from, link.to].includes(id)) gone.add(link.id);
  for (const element of scene.elements) if (gone.has(element.containerId)) gone.add(element.id);
  return without(scene, gone);
}

// Links

export function addLink(
  scene,
  { from, to, label = "", direction = "forward", isLater = false, bends = [], id = newId() },
) {
  const arrow = {
    id,
    type: "arrow",
    ...STROKE,
    strokeStyle: isLater ? "dashed" : "solid",
    roundness: { type: 2 },
    elbowed: false,
    ...heads(direction),
  };
  const attached = bound(withElements(scene, [...live(scene), arrow]), id, from, to, bends);
  return { scene: renameLink(attached, id, label), id };
}

/** Attaches an arrow to these two parts and draws it between them. */
export function setEnds(scene, id, { from, to }) {
  return isBackward(find(scene, id)) ? bound(scene, id, to, from) : bound(scene, id, from, to);
}

/** Attaches what was merely drawn near to these parts, so that it follows when they move. */
export function attached(scene, ids) {
  const isLoosely = ({ startBinding, endBinding }) => !startBinding || !endBinding;
  const groups = readGraph(scene)
    .groups.filter(({ isDrawn }) => !isDrawn)
    .map(({ id }) => id);
  return readGraph(scene)
    .links.filter(({ id, from, to }) => (ids.has(from) || ids.has(to)) && isLoosely(find(scene, id)))
    .filter(({ from, to }) => !groups.includes(from) && !groups.includes(to))
    .reduce((next, { id, from, to }) => setEnds(next, id, { from, to }), scene);
}

export function renameLink(scene, id, label) {
  const said = tidy(label);
  const arrow = find(scene, id);
  const by = readParts(scene).saidBy.get(id);
  if (!said) return by ? without(scene, new Set([by])) : scene;
  if (by) return midway(replaced(scene, written(find(scene, by), said)), id);
  const text = { ...words(said), id: newId(), containerId: id, verticalAlign: "middle" };
  const elements = scene.elements.map((each) => (each.id === id ? boundWith(arrow, "text", text.id) : each));
  return midway(withElements(scene, [...elements, text]), id);
}

/** The other way round: the head goes to the other end, and the line stays as it was drawn. */
export function turnLink(scene, id) {
  const { startArrowhead = null, endArrowhead = null, ...arrow } = find(scene, id);
  return replaced(scene, { ...arrow, startArrowhead: endArrowhead, endArrowhead: startArrowhead });
}

/** `forward`, `both` or `none`; a link that led back leads forward from where it began. */
export function setDirection(scene, id, direction) {
  const arrow = find(scene, id);
  if (direction === "forward" && isBackward(arrow)) return scene;
  return replaced(scene, { ...arrow, ...heads(direction) });
}

/** Dashed is what happens later, and nobody waits for. */
export function setLater(scene, id, isLater) {
  const arrow = find(scene, id);
  if (["dashed", "dotted"].includes(arrow.strokeStyle) === isLater) return scene;
  return replaced(scene, { ...arrow, strokeStyle: isLater ? "dashed" : "solid" });
}

export function removeLink(scene, id) {
  const said = readParts(scene).saidBy.get(id);
  return without(scene, new Set(said ? [id, said] : [id]));
}

// How it is done

function named(label) {
  const name = tidy(label);
  if (!name) throw new BoardError("A part needs a name.");
  return name;
}

function find(scene, id) {
  const found = live(scene).find((element) => element.id === id);
  if (!found) throw new BoardError("This is no longer on the board.");
  return found;
}

function replaced(scene, element) {
  return withElements(
    scene,
    scene.elements.map((each) => (each.id === element.id ? element : each)),
  );
}

/** Without these, and with nothing left that names them. */
function without(scene, gone) {
  const kept = live(scene).filter((element) => !gone.has(element.id) && !gone.has(element.containerId));
  const bindings = (element, key) => (gone.has(element[key]?.elementId) ? { [key]: null } : {});
  return withElements(
    scene,
    kept.map((element) => ({
      ...element,
      ...bindings(element, "startBinding"),
      ...bindings(element, "endBinding"),
      ...(gone.has(element.frameId) ? { frameId: null } : {}),
      ...(element.boundElements ? { boundElements: element.boundElements.filter((each) => !gone.has(each.id)) } : {}),
    })),
  );
}

/** The texts that a part has its name from. */
function textsOf(scene, id) {
  const { owner } = readParts(scene);
  return live(scene).filter((element) => element.type === "text" && owner.get(element.id) === id);
}

/** The same text element with other words, in its own font and about the same middle. */
function written(text, name) {
  const { x, y } = centre(text);
  const scale = (text.fontSize ?? FONT.size) / FONT.size;
  const [width, height] = [widthOf(name) * scale, FONT.size * (text.lineHeight ?? FONT.lineHeight) * scale];
  return { ...text, text: name, originalText: name, x: x - width / 2, y: y - height / 2, width, height };
}

/** Large enough for its name, never smaller than it is. */
function grown(shape, name) {
  const size = sizeFor(name, shape.type);
  const [width, height] = [Math.max(size.width, shape.width), Math.max(size.height, shape.height)];
  return { ...shape, width, height, x: shape.x - (width - shape.width) / 2 };
}

function matches(shape, form) {
  return Object.entries(form).every(([key, value]) => JSON.stringify(shape[key] ?? null) === JSON.stringify(value));
}

/** Drawn from the part it leads to. */
function isBackward(arrow) {
  return Boolean(arrow.startArrowhead) && !arrow.endArrowhead;
}

/** An arrow from the first to the last, as it stands in the element. */
function bound(scene, id, first, last, bends = []) {
  const ends = [find(scene, first), find(scene, last)];
  const binding = (end) => ({ elementId: end.id, focus: 0, gap: 6 });
  const elements = scene.elements.map((element) => {
    // The editor attaches arrows only, and draws those with corners in its own way.
    const own = { type: "arrow", elbowed: false, startBinding: binding(ends[0]), endBinding: binding(ends[1]) };
    if (element.id === id) return { ...element, ...own };
    if (ends.includes(element)) return boundWith(element, "arrow", id);
    return element.boundElements ? { ...element, boundElements: otherThan(element, id) } : element;
  });
  return drawn(withElements(scene, elements), id, bends);
}

/** A line between the two parts, straight or by way of some points; a second straight one runs beside the first. */
function drawn(scene, id, bends = []) {
  const arrow = find(scene, id);
  const [first, last] = [find(scene, arrow.startBinding.elementId), find(scene, arrow.endBinding.elementId)];
  const same = live(scene).filter((each) => each.type === "arrow" && joins(each, first.id, last.id));
  const place = bends.length ? 0 : same.findIndex((each) => each.id === id);
  // Seen from the same side, whichever way an arrow leads.
  const side = first.id < last.id ? 1 : -1;
  const beside = side * Math.ceil(place / 2) * (place % 2 ? 1 : -1) * ASIDE;
  const [from, to] = [
    { ...first, ...flat(first) },
    { ...last, ...flat(last) },
  ];
  const way = first === last ? loop(from) : between(from, to, { beside, bends });
  const points = way.map(({ x, y }) => [x - way[0].x, y - way[0].y]);
  const { width, height } = around(way);
  return midway(replaced(scene, { ...arrow, ...way[0], angle: 0, points, width, height }), id);
}

/** Draws the link of these parts by way of these points. */
export function ledThrough(scene, id, bends) {
  const arrow = find(scene, id);
  return arrow.startBinding && arrow.endBinding && !arrow.elbowed ? drawn(scene, id, bends) : scene;
}

function flat(element) {
  return element.type === "text" ? bounds(element) : {};
}

function joins(arrow, a, b) {
  const ends = [arrow.startBinding?.elementId, arrow.endBinding?.elementId];
  return ends.includes(a) && ends.includes(b);
}

/** Puts what an arrow says onto its middle. */
function midway(scene, id) {
  const arrow = find(scene, id);
  const text = live(scene).find((element) => element.containerId === id);
  if (!text) return scene;
  const { points } = arrow;
  const half = Math.floor((points.length - 1) / 2);
  const [a, b] = points.length % 2 ? [points[half], points[half]] : [points[half], points[half + 1]];
  const [x, y] = [arrow.x + (a[0] + b[0]) / 2, arrow.y + (a[1] + b[1]) / 2];
  return replaced(scene, { ...text, x: x - text.width / 2, y: y - text.height / 2 });
}

/** Draws the straight arrows of these parts anew. */
export function rerouted(scene, ids) {
  const isStraight = (arrow) => arrow.type === "arrow" && !arrow.elbowed && arrow.points?.length === 2;
  const isTheirs = (arrow) => isStraight(arrow) && arrow.startBinding && arrow.endBinding;
  const ends = (arrow) => [arrow.startBinding.elementId, arrow.endBinding.elementId];
  return live(scene)
    .filter((element) => isTheirs(element) && ends(element).some((id) => ids.has(id)))
    .reduce((changed, arrow) => drawn(changed, arrow.id), scene);
}
