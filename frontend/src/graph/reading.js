// A board read: its parts, links and groups, and what could not be read while it can still be mended. The same as
// scoring/engine/graph/scene.py, which reads what is handed in; both are tested with the boards in tests/boards.

import { counted, MAX_EDGES, parse, SMALLER, TOO_LARGE } from "./elements.js";
import { kindOf } from "./names.js";
import { Parts, SOLID } from "./parts.js";
import { joined, Wiring } from "./wires.js";

const MAX_NODES = 300;
const MAX_DEPTH = 12;
const MAX_PROBLEMS = 60;
const NAME_IT = "Write into it what it is.";

/**
 * parts     {id, label, kind, saidKind, variant, group}, in the order they are drawn
 * groups    {id, label, group, isDrawn}; several parts under a heading are a group without a border to end at
 * links     {id, from, to, label, direction: "forward" | "both" | "none", isLater}; a part or a group at either end
 * loose     {id, from, to, label, …}: arrows that join nothing yet; "" where an end is in the air
 * problems  {element, message, remedy, isGentle}
 * notes     {id, text}
 */
export function readGraph(scene) {
  const elements = parse(scene);
  const parts = new Parts(elements);
  const drawing = new Drawing(elements, parts);
  const { links, loose, problems } = drawing.connect();
  const graph = {
    parts: [...drawing.nodes.values()],
    groups: [...drawing.groups.values()],
    links,
    loose,
    notes: parts.notes.map(({ id, text }) => ({ id, text })),
  };
  const all = [...elements.problems, ...problems, ...nameless(graph), ...alone(graph, drawing), ...drawing.unread()];
  return { ...graph, problems: all.slice(0, MAX_PROBLEMS) };
}

/** What the editing functions need to know: which text a name comes from, and what belongs to which part. */
export function readParts(scene) {
  return new Parts(parse(scene));
}

/** Sorts the parts of a board into nodes, groups, and what is there for its looks. */
class Drawing {
  constructor(elements, parts) {
    Object.assign(this, { elements, parts });
    this.ends = joined(elements, parts);
    const keys = [...parts.shapes.keys()];
    this.groups = new Map();
    const named = keys.filter((key) => this.isNamed(key) && this.isNode(key));
    const holds = new Set(named.flatMap((key) => parts.above(key)));
    const isGroup = (key) => holds.has(key) && (parts.labels.has(key) || this.ends.has(key));
    this.groups = new Map(
      keys
        .filter(isGroup)
        .map((key) => [key, { id: key, label: parts.labels.get(key) ?? "", isDrawn: elements.shapes.has(key) }]),
    );
    const kept = keys.filter((key) => !holds.has(key) && this.isNode(key));
    this.nodes = new Map(kept.slice(0, MAX_NODES).map((key) => [key, this.node(key)]));
    this.isCut = kept.length > MAX_NODES;
    this.settle();
  }

  /** Groups that hold nothing, or stand too deep, are none; parts stand in the nearest that is left. */
  settle() {
    const filled = new Set([...this.nodes.keys()].flatMap((key) => this.around(key)));
    const kept = [...filled].filter((key) => this.around(key).length < MAX_DEPTH);
    this.groups = new Map([...this.groups].filter(([key]) => kept.includes(key)));
    for (const rows of [this.nodes, this.groups]) {
      for (const [key, part] of rows) part.group = this.around(key)[0] ?? "";
    }
  }

  around(key) {
    return this.parts.above(key).filter((up) => this.groups.has(up));
  }

  isNamed(key) {
    return this.parts.labels.has(key) || this.ends.has(key) || this.parts.shapes.get(key).saysKind;
  }

  isNode(key) {
    const { form } = this.parts.shapes.get(key);
    if (this.isNamed(key)) return form !== "frame" || this.ends.has(key);
    const heldBy = this.parts.above(key)[0] ?? "";
    const isOrnament = this.parts.labels.has(heldBy) && this.parts.shapes.get(heldBy).form !== "frame";
    return SOLID.has(form) && !(isOrnament && !this.groups.has(heldBy));
  }

  node(key) {
    const { form, kind, saysKind, variant = "" } = this.parts.shapes.get(key);
    const label = this.parts.labels.get(key) ?? "";
    return { id: key, label, kind: saysKind ? kind : kindOf(label, form), saidKind: kind, variant, group: "" };
  }

  /** The links, the arrows that are none yet, and what is to be said of either. */
  connect() {
    const labels = (rows) => new Map([...rows].map(([key, { label }]) => [key, label]));
    const wiring = new Wiring(this.parts, labels(this.nodes), labels(this.groups));
    const [links, loose, problems] = [[], [], []];
    let edges = 0;
    for (const [key, wire] of this.elements.wires) {
      if (this.parts.owner.has(key)) continue;
      const { ends, isJoined, problem } = wiring.join(wire);
      if (problem) problems.push(problem);
      const link = {
        id: key,
        ...directed(ends, wire.heads),
        label: this.parts.said.get(key) ?? "",
        isLater: wire.isLater,
      };
      edges += isJoined ? (link.direction === "both" ? 2 : 1) : 0;
      if (isJoined && edges <= MAX_EDGES) links.push(link);
      else if (!isJoined && problem) loose.push(link);
    }
    if (this.isCut || edges > MAX_EDGES)
      problems.push({ element: "", message: TOO_LARGE, remedy: SMALLER, isGentle: false });
    return { links, loose, problems };
  }

  /** Drawings by hand and pictures, counted once; not those that adorn a part. */
  unread() {
    const words = [...this.elements.unread].filter(([key]) => !this.parts.owner.has(key)).map(([, [word]]) => word);
    for (const [key, { form }] of this.parts.shapes) {
      const isUnread = ["image", "embed"].includes(form) && !this.nodes.has(key) && !this.groups.has(key);
      if (isUnread) words.push(form === "image" ? "picture" : "embedded page");
    }
    if (!words.length) return [];
    const remedy = "Draw with boxes, arrows and text what is to count.";
    return [{ element: "", message: `Not read: ${counted(words)}.`, remedy, isGentle: true }];
  }
}

/** Heads decide: one at the end leads there, one at the start leads back, two lead both ways, none says nothing. */
function directed([first, last], [atStart, atEnd]) {
  if (atStart && !atEnd) return { from: last, to: first, direction: "forward" };
  const direction = atStart ? "both" : atEnd ? "forward" : "none";
  return { from: first, to: last, direction };
}

function nameless({ parts, groups, links }) {
  const ends = new Set(links.flatMap(({ from, to }) => [from, to]));
  const boxes = parts.filter(({ label }) => !label).map(({ id }) => [id, "A box has no name.", false]);
  const frames = groups
    .filter(({ id, label }) => !label && ends.has(id))
    .map(({ id }) => [id, "A frame that an arrow ends at has no name.", true]);
  return [...boxes, ...frames].map(([element, message, isGentle]) => ({ element, message, remedy: NAME_IT, isGentle }));
}

function alone({ parts, links }, drawing) {
  if (parts.length < 2) return [];
  const ends = new Set(links.flatMap(({ from, to }) => [from, to]));
  const isJoined = (id) => ends.has(id) || drawing.around(id).some((group) => ends.has(group));
  return parts
    .filter(({ id, label }) => label && !isJoined(id))
    .map(({ id, label }) => ({
      element: id,
      message: `“${label}” is not joined to anything.`,
      remedy: "Draw the arrow that is missing, or leave it out.",
      isGentle: false,
    }));
}
