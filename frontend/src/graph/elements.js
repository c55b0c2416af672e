// The elements of a scene, as far as they can be believed. The same as scoring/engine/graph/elements.py: what is no element
// is left out and counted, and nothing here raises.

import { variantOf } from "../kinds.js";
import { kindNamed, tidy } from "./names.js";

export const MAX_EDGES = 2000;
const MAX_ELEMENTS = 10_000;
const MAX_SHAPES = 400;
const MAX_TEXTS = 600;
const MAX_GROUPS = 20;
const MAX_POINTS = 60;
const MAX_NUMBER = 1e6;
// What the editor itself takes for a closed line.
const CLOSED = 8;
const UNDO = "Undo the last change, or import the file once more.";
export const TOO_LARGE = "This board is too large to be read.";
export const SMALLER = "Draw the parts that matter, and leave out pictures.";

const TURN = 2 * Math.PI;

/** A rectangle that may be turned about its middle. */
export class Box {
  constructor(x, y, w, h, angle = 0) {
    Object.assign(this, { x, y, w, h, angle });
  }

  get centre() {
    return [this.x + this.w / 2, this.y + this.h / 2];
  }

  get area() {
    return this.w * this.h;
  }

  /** How far from it the editor would still bind an arrow. */
  get reach() {
    return Math.max(16, Math.min(0.25 * Math.min(this.w, this.h), 32));
  }

  /** How far off a point is; 0 inside. */
  distance(point) {
    const [x, y] = turned(point, this.centre, -this.angle);
    return Math.hypot(Math.max(this.x - x, 0, x - this.x - this.w), Math.max(this.y - y, 0, y - this.y - this.h));
  }

  /** How far within the border a point is; 0 outside. */
  depth(point) {
    const [x, y] = turned(point, this.centre, -this.angle);
    return Math.max(0, Math.min(x - this.x, this.x + this.w - x, y - this.y, this.y + this.h - y));
  }

  /** The smallest box around it that is not turned. */
  upright() {
    if (!this.angle) return this;
    const corners = [0, 1].flatMap((i) => [0, 1].map((j) => [this.x + i * this.w, this.y + j * this.h]));
    return around(corners.map((corner) => turned(corner, this.centre, this.angle)));
  }

  /** Which part of it lies within another. */
  shareWithin(other) {
    const [a, b] = [this.upright(), other.upright()];
    const across = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
    const down = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
    return (Math.max(0, across) * Math.max(0, down)) / Math.max(a.area, 1);
  }
}

export function turned(point, centre, angle) {
  if (!angle) return point;
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const [x, y] = [point[0] - centre[0], point[1] - centre[1]];
  return [centre[0] + x * cosine - y * sine, centre[1] + x * sine + y * cosine];
}

export function around(points) {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return new Box(x, y, Math.max(...xs) - x, Math.max(...ys) - y);
}

/**
 * What stands in a scene: `shapes`, `texts` and `wires` by identifier; `labels`, what shapes and arrows claim for their
 * texts (text → container); `unread`, what has no meaning as it is (→ [word, groups]); `problems`.
 */
export function parse(scene) {
  const found = {
    shapes: new Map(),
    texts: new Map(),
    wires: new Map(),
    labels: new Map(),
    unread: new Map(),
    problems: [],
  };
  const raw = Array.isArray(scene?.elements) ? scene.elements : [];
  const skipped = raw.slice(0, MAX_ELEMENTS).filter((element) => !add(element, found)).length;
  if (skipped) {
    const message = `${skipped} elements of this board are damaged and were left out.`;
    found.problems.push({ element: "", message, remedy: UNDO, isGentle: true });
  }
  if (raw.length > MAX_ELEMENTS) {
    found.problems.push({ element: "", message: TOO_LARGE, remedy: SMALLER, isGentle: false });
  }
  return found;
}

/** Files an element; false for what is none, or one too many. */
function add(raw, found) {
  if (!isMapping(raw)) return false;
  const { id, type } = raw;
  if (typeof id !== "string" || typeof type !== "string" || !id || [...id].length > 200 || knows(found, id))
    return false;
  if (raw.isDeleted) return true;
  if (Object.hasOwn(READERS, type)) return READERS[type](raw, id, found);
  return unread(raw, id, found);
}

function knows(found, id) {
  return [found.shapes, found.texts, found.wires, found.unread].some((rows) => rows.has(id));
}

function shape(raw, id, found) {
  if (found.shapes.size >= MAX_SHAPES) return false;
  const data = isMapping(raw.customData) ? raw.customData : {};
  const kind = kindNamed(data.kind);
  found.shapes.set(id, {
    id,
    form: FORMS[raw.type] ?? raw.type,
    box: boxOf(raw),
    groups: groupsOf(raw),
    frame: word(raw.frameId),
    name: tidy(word(raw.name)),
    kind,
    // Which sort of its kind, for those who draw; it weighs nothing on the server.
    variant: variantOf({ kind, as: data.as }),
    // Somebody may have said that it is of no kind.
    saysKind: Object.hasOwn(data, "kind") && (data.kind === null || kind !== null),
  });
  claim(raw, id, found);
  return true;
}

function text(raw, id, found) {
  // The original is what was typed; the other one has the line breaks that made it fit.
  const words = tidy(word(raw.originalText) || word(raw.text));
  if (!words) return true;
  if (found.texts.size >= MAX_TEXTS) return false;
  const container = word(raw.containerId);
  found.texts.set(id, { id, text: words, box: boxOf(raw), container, groups: groupsOf(raw), frame: word(raw.frameId) });
  return true;
}

function wire(raw, id, found) {
  const isLine = raw.type === "line";
  const points = pointsOf(raw);
  if (isLine && points.length > 3 && apart(points[0], points.at(-1)) <= CLOSED) return shape(raw, id, found);
  if (found.wires.size >= MAX_EDGES) return false;
  found.wires.set(id, {
    id,
    bound: [boundTo(raw.startBinding), boundTo(raw.endBinding)],
    points,
    heads: [Boolean(raw.startArrowhead), Boolean(raw.endArrowhead)],
    groups: groupsOf(raw),
    isLine,
    isLater: raw.strokeStyle === "dashed" || raw.strokeStyle === "dotted",
  });
  claim(raw, id, found);
  return true;
}

function unread(raw, id, found) {
  const what = raw.type === "freedraw" ? "freehand drawing" : "other element";
  if (raw.type !== "selection") found.unread.set(id, [what, groupsOf(raw)]);
  return true;
}

const FORMS = { magicframe: "frame", line: "polygon", iframe: "embed", embeddable: "embed" };
const SHAPES = ["rectangle", "ellipse", "diamond", "frame", "magicframe", "image", "iframe", "embeddable"];
const READERS = { ...Object.fromEntries(SHAPES.map((type) => [type, shape])), arrow: wire, line: wire, text };

/** A shape names its text, and the text its shape; either will do. */
function claim(raw, id, found) {
  for (const one of Array.isArray(raw.boundElements) ? raw.boundElements.slice(0, MAX_TEXTS) : []) {
    const isText = isMapping(one) && one.type === "text" && typeof one.id === "string";
    if (isText && !found.labels.has(one.id)) found.labels.set(one.id, id);
  }
}

function boxOf(raw) {
  if (raw.type === "line") return around(pointsOf(raw));
  const [x, y, w, h] = [raw.x, raw.y, raw.width, raw.height].map(number);
  return new Box(Math.min(x, x + w), Math.min(y, y + h), Math.abs(w), Math.abs(h), angleOf(raw));
}

/** Where a line goes, on the board; from corner to corner where it does not say. */
function pointsOf(raw) {
  const [x, y] = [number(raw.x), number(raw.y)];
  let pairs = (Array.isArray(raw.points) ? raw.points : []).filter((row) => Array.isArray(row) && row.length >= 2);
  if (pairs.length < 2)
    pairs = [
      [0, 0],
      [raw.width, raw.height],
    ];
  const kept = pairs.length > MAX_POINTS ? [...pairs.slice(0, MAX_POINTS - 1), pairs.at(-1)] : pairs;
  const points = kept.map(([px, py]) => [x + number(px), y + number(py)]);
  const { centre } = around(points);
  return points.map((point) => turned(point, centre, angleOf(raw)));
}

function angleOf(raw) {
  return ((number(raw.angle) % TURN) + TURN) % TURN;
}

function boundTo(binding) {
  return isMapping(binding) ? word(binding.elementId) : "";
}

/** The groups an element is in, the innermost first. */
function groupsOf(raw) {
  const given = Array.isArray(raw.groupIds) ? raw.groupIds.slice(0, MAX_GROUPS) : [];
  return [...new Set(given.filter((name) => typeof name === "string"))];
}

function isMapping(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function word(value) {
  return typeof value === "string" ? value : "";
}

/** A finite number that fits on a board; 0 for anything else. */
function number(value) {
  return Number.isFinite(value) ? Math.max(-MAX_NUMBER, Math.min(MAX_NUMBER, value)) : 0;
}

export function apart([ax, ay], [bx, by]) {
  return Math.hypot(ax - bx, ay - by);
}

/** `2 freehand drawings and 1 picture`. */
export function counted(words) {
  const counts = new Map();
  for (const each of words) counts.set(each, (counts.get(each) ?? 0) + 1);
  const parts = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([each, count]) => `${count} ${each}${count > 1 ? "s" : ""}`);
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : parts.join("");
}
