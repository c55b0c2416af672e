// Which elements of a board make one part, what it is called, and which part holds which. The same as
// scoring/engine/graph/parts.py, and one thing more: which text a part or an arrow has its name from, so that it can be
// renamed there.

import { around } from "./elements.js";
import { tidy } from "./names.js";

// A part holds another when most of that lies within it, and it is plainly the larger.
const WITHIN = 0.85;
const LARGER = 1.3;
// How near to an arrow a text must stand to be what it says.
const BESIDE = 14;
// More arrows than that are not looked through for each text, and that is how much of them is looked at in all.
const MAX_BARE = 300;
const MAX_TESTS = 200_000;
// Where on a piece of an arrow it is measured how far off a text is.
const MEASURED = [0.1, 0.3, 0.5, 0.7, 0.9];
const HOLDERS = new Set(["rectangle", "ellipse", "diamond", "frame", "polygon"]);
// Drawn for their own sake; others count only where they have a name or an arrow.
export const SOLID = new Set(["rectangle", "ellipse", "diamond"]);

/**
 * `shapes` are those that stand for a part, with the room that all of it takes. `owner` tells of any element which part it
 * belongs to, `parent` of a part which one holds it; `said` is what is written beside arrows, `saidBy` the text that says
 * it; `notes` is what belongs to nothing.
 */
export class Parts {
  constructor(elements) {
    this.owner = owners(elements);
    this.shapes = united(elements, this.owner);
    this.labels = new Map();
    this.said = new Map();
    this.saidBy = new Map();
    const free = boundLabels(elements, this);
    this.parent = parents(this.shapes);
    const remaining = freeTexts(elements, this, free);
    namedGroups(this, remaining);
    this.notes = [...remaining.values()];
  }

  /** The part that an element belongs to, "" for none. */
  resolve(element) {
    const key = this.owner.get(element) ?? element;
    return this.shapes.has(key) ? key : "";
  }

  /** The parts that hold this one, from the innermost outwards. */
  above(key) {
    const seen = new Set([key]);
    const found = [];
    for (let at = this.parent.get(key); at && !seen.has(at); at = this.parent.get(at)) {
      seen.add(at);
      found.push(at);
    }
    return found;
  }
}

// What was grouped to be one part

/** Element → the shape that stands for its part, for all that was grouped into one. */
function owners(elements) {
  const owner = new Map();
  for (const members of [...membersOf(elements).values()].sort((a, b) => a.length - b.length)) {
    const group = new Group(elements, members, owner);
    const main = group.main();
    if (!main) continue;
    for (const [key, other] of [...owner]) if (group.shapes.has(other)) owner.set(key, main);
    for (const key of [...group.own(), ...group.shapes]) owner.set(key, main);
  }
  return owner;
}

function membersOf(elements) {
  const rows = [elements.shapes, elements.texts, elements.wires].flatMap((each) =>
    [...each].map(([key, row]) => [key, row.groups]),
  );
  for (const [key, [, groups]] of elements.unread) rows.push([key, groups]);
  const found = new Map();
  for (const [key, groups] of rows) {
    for (const group of groups) {
      if (!found.has(group)) found.set(group, []);
      found.get(group).push(key);
    }
  }
  return found;
}

/** Elements that were grouped; `shapes` are its boxes, where smaller groups within it are one box each. */
class Group {
  constructor(elements, members, owner) {
    Object.assign(this, { elements, members, owner });
    this.shapes = new Set(members.map((key) => this.part(key)).filter((key) => elements.shapes.has(key)));
  }

  part(key) {
    return this.owner.get(key) ?? key;
  }

  /** The box that stands for the whole, "" where it is more than one part. */
  main() {
    const boxes = [...this.shapes].map((key) => this.elements.shapes.get(key));
    const kinds = boxes.filter((box) => box.saysKind);
    const named = new Set([...kinds.map((box) => box.id), ...this.named()]);
    if (!boxes.length || boxes.some((box) => box.form === "frame") || named.size > 1 || this.isJoinedWithin())
      return "";
    if (this.captions().length + named.size > 1 && !kinds.length) return "";
    const [first] = named;
    return first ?? boxes.reduce((best, box) => (box.box.area > best.box.area ? box : best)).id;
  }

  /** Its members, but for arrows that lead out of it. */
  own() {
    return this.members.filter((key) => [...this.ends(key)].every((end) => end === "" || this.shapes.has(end)));
  }

  named() {
    const texts = this.members.filter((key) => this.elements.texts.has(key));
    return texts.map((key) => this.part(holder(this.elements, key))).filter((key) => this.shapes.has(key));
  }

  captions() {
    return this.members.filter((key) => this.elements.texts.has(key) && !holder(this.elements, key));
  }

  ends(key) {
    const wire = this.elements.wires.get(key);
    return new Set(wire ? wire.bound.map((end) => this.part(end)) : []);
  }

  isJoinedWithin() {
    return this.members.some((key) => [...this.ends(key)].filter((end) => this.shapes.has(end)).length > 1);
  }
}

/** The shape or arrow that a text is bound to, as either of them says. */
function holder(elements, text) {
  const claims = [elements.texts.get(text).container, elements.labels.get(text) ?? ""];
  return claims.find((key) => elements.shapes.has(key) || elements.wires.has(key)) ?? "";
}

function united(elements, owner) {
  const boxes = new Map();
  for (const [key, { box }] of elements.shapes) {
    const main = owner.get(key) ?? key;
    boxes.set(main, [...(boxes.get(main) ?? []), box]);
  }
  return new Map(
    [...boxes].map(([key, own]) => {
      const shape = elements.shapes.get(key);
      return [key, own.length === 1 ? shape : { ...shape, box: aroundBoxes(own) }];
    }),
  );
}

function aroundBoxes(boxes) {
  const flat = boxes.map((box) => box.upright());
  return around(
    flat.flatMap((box) => [
      [box.x, box.y],
      [box.x + box.w, box.y + box.h],
    ]),
  );
}

// What it is called

/** Gives parts and arrows the texts that are bound to them; returns the others. */
function boundLabels(elements, parts) {
  const free = new Map();
  for (const [key, { name }] of parts.shapes) if (name) parts.labels.set(key, name);
  for (const [key, text] of elements.texts) {
    const held = holder(elements, key);
    const part = parts.resolve(held) || parts.resolve(key);
    if (elements.wires.has(held)) say(parts, held, text);
    else if (part) {
      parts.owner.set(key, part);
      parts.labels.set(part, tidy(`${parts.labels.get(part) ?? ""} ${text.text}`));
    } else free.set(key, text);
  }
  return free;
}

function say(parts, wire, text) {
  if (parts.said.has(wire)) return;
  parts.said.set(wire, text.text);
  parts.saidBy.set(wire, text.id);
}

/** Part → the smallest one that holds it, or the frame that it was put in. */
function parents(shapes) {
  const found = new Map();
  const holders = [...shapes.values()]
    .filter((shape) => HOLDERS.has(shape.form))
    .sort((a, b) => a.box.area - b.box.area);
  for (const [key, shape] of shapes) {
    const holds = holders.find((other) => isHeld(shape, other))?.id ?? "";
    const framed = shape.form !== "frame" && shapes.has(shape.frame) ? shape.frame : "";
    // Of two that are in each other the frame wins.
    const frameWins = holds && framed && shapes.get(holds).box.area > shapes.get(framed).box.area;
    const parent = frameWins ? framed : holds || framed;
    if (parent) found.set(key, parent);
  }
  return new Map([...found].filter(([key]) => !turnsBack(found, key)));
}

function isHeld(shape, other) {
  if (other.id === shape.id || other.box.area < LARGER * shape.box.area) return false;
  return other.box.distance(shape.box.centre) === 0 && shape.box.shareWithin(other.box) >= WITHIN;
}

function turnsBack(parent, key) {
  const seen = new Set();
  for (let at = parent.get(key); at; at = parent.get(at)) {
    if (at === key) return true;
    if (seen.has(at)) return false;
    seen.add(at);
  }
  return false;
}

/** Texts that stand on a box or beside an arrow without a name give it one; one that an arrow ends at is a part of its own.
 * Returns what is left. */
function freeTexts(elements, parts, free) {
  const ends = new Set([...elements.wires.values()].flatMap((wire) => wire.bound));
  const holders = new Set(parts.parent.values());
  const bare = new Bare([...elements.wires.values()].filter((wire) => isBare(wire, parts)));
  const hosts = [...parts.shapes.values()]
    .filter((shape) => HOLDERS.has(shape.form) && shape.form !== "frame")
    .sort((a, b) => a.box.area - b.box.area);
  const on = new Map();
  let left = new Map();
  for (const [key, text] of free) {
    const host = hosts.find((shape) => shape.box.distance(text.box.centre) === 0)?.id ?? "";
    const isInTheOpen = !host || holders.has(host) || parts.labels.has(host);
    const beside = !ends.has(key) && isInTheOpen ? bare.beside(text.box, parts.said) : "";
    if (beside) say(parts, beside, text);
    else if (host && !parts.labels.has(host)) on.set(host, [...(on.get(host) ?? []), text]);
    else if (ends.has(key)) {
      const { box, groups, frame } = text;
      parts.shapes.set(key, { id: key, form: "text", box, groups, frame, name: "", kind: null, saysKind: false });
      parts.labels.set(key, text.text);
    } else left.set(key, text);
  }
  for (const [host, texts] of on) left = new Map([...left, ...namedBy(parts, host, texts, holders.has(host))]);
  for (const [key, up] of parents(parts.shapes)) if (parts.shapes.get(key).form === "text") parts.parent.set(key, up);
  return left;
}

function isBare(wire, parts) {
  return !wire.isLine && !parts.said.has(wire.id) && !parts.owner.has(wire.id);
}

/** All that stands on a box is its name; of what stands in a frame only the uppermost. Returns the others. */
function namedBy(parts, host, texts, isHolder) {
  const rows = [...texts].sort((a, b) => a.box.y - b.box.y || a.box.x - b.box.x);
  const own = isHolder ? rows.slice(0, 1) : rows;
  parts.labels.set(host, tidy(own.map((text) => text.text).join(" ")));
  for (const text of own) parts.owner.set(text.id, host);
  return rows.slice(own.length).map((text) => [text.id, text]);
}

/** Arrows that say nothing yet. There may be so many texts and pieces of arrows that not all of them can be compared:
 * once `left` is used up, no text is beside anything. */
class Bare {
  constructor(wires) {
    this.reaches = wires.slice(0, MAX_BARE).map((wire) => [around(wire.points), wire]);
    this.left = MAX_TESTS;
  }

  /** The arrow that a text stands beside, the nearest one of those that nothing is said of. */
  beside(text, taken) {
    let [found, near] = ["", BESIDE];
    const flat = text.upright();
    for (const [reach, wire] of this.reaches) {
      if (this.left <= 0 || near === 0) break;
      if (taken.has(wire.id) || !touch(flat, reach)) continue;
      const far = this.far(text, flat, wire);
      if (far < near) [found, near] = [wire.id, far];
    }
    return found;
  }

  /** How far a text is from an arrow, as long as that is near. */
  far(text, flat, { points }) {
    let far = BESIDE;
    const [west, east] = [flat.x - BESIDE, flat.x + flat.w + BESIDE];
    const [north, south] = [flat.y - BESIDE, flat.y + flat.h + BESIDE];
    for (let at = 1; at < points.length; at += 1) {
      const [[ax, ay], [bx, by]] = [points[at - 1], points[at]];
      this.left -= 1;
      if (Math.max(ax, bx) < west || Math.min(ax, bx) > east) continue;
      if (Math.max(ay, by) < north || Math.min(ay, by) > south) continue;
      this.left -= MEASURED.length;
      far = Math.min(far, fromSegment(text, points[at - 1], points[at]));
    }
    return far;
  }
}

function touch(a, b) {
  const across = a.x - BESIDE <= b.x + b.w && b.x - BESIDE <= a.x + a.w;
  return across && a.y - BESIDE <= b.y + b.h && b.y - BESIDE <= a.y + a.h;
}

/** How far a box is from a straight piece of a line, looked at in a few places of it. */
function fromSegment(box, a, b) {
  return Math.min(...MEASURED.map((s) => box.distance([a[0] + s * (b[0] - a[0]), a[1] + s * (b[1] - a[1])])));
}

// Boxes that were grouped under a heading

/** Several parts that were grouped with one text are a group of that name. */
function namedGroups(parts, free) {
  const members = new Map();
  for (const [key, shape] of parts.shapes) {
    for (const group of shape.groups) members.set(group, [...(members.get(group) ?? []), key]);
  }
  for (const [group, keys] of [...members].sort(([, a], [, b]) => b.length - a.length)) {
    const headings = [...free.values()].filter((text) => text.groups.includes(group));
    if (keys.length < 2 || headings.length !== 1 || parts.shapes.has(group)) continue;
    const above = (key) => parts.parent.get(key) ?? "";
    const outer = new Set(keys.map(above).filter((up) => !keys.includes(up)));
    const box = aroundBoxes(keys.map((key) => parts.shapes.get(key).box));
    parts.shapes.set(group, {
      id: group,
      form: "frame",
      box,
      groups: [],
      frame: "",
      name: "",
      kind: null,
      saysKind: false,
    });
    parts.labels.set(group, headings[0].text);
    parts.owner.set(headings[0].id, group);
    if (outer.size === 1) parts.parent.set(group, [...outer][0]);
    for (const key of keys) if (!keys.includes(above(key))) parts.parent.set(key, group);
    free.delete(headings[0].id);
  }
}
