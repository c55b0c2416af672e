// Which parts the arrows of a board join. The same as scoring/engine/graph/wires.py: an end that is bound is believed; one
// that merely ends at a part is taken for bound, and whoever drew it is told; one that ends in the air joins nothing.

// A part that is farther off than this is not what an arrow was meant for.
const MEANT = 150;
const BORDER = 16;

const ATTACH = "It is read as if it were attached. Drag its end onto the box, and it will follow when you move it.";
const DRAG = "Drag that end onto the box it belongs to.";
const DRAG_BOTH = "Drag its ends onto the boxes that it joins, or delete it.";

/** The parts of a board as arrows see them: boxes to end in, and groups to end at the border of. */
export class Wiring {
  constructor(parts, nodes, groups) {
    this.parts = parts;
    this.labels = new Map([...groups, ...nodes]);
    const boxed = ([key]) => [key, parts.shapes.get(key).box];
    this.boxes = [...nodes].map(boxed).sort(([, a], [, b]) => a.area - b.area);
    this.frames = [...groups].map(boxed);
  }

  /** What became of an arrow: {ends, problem}; `ends` are the two parts it joins, or what is known of them. */
  join(wire) {
    const [first, last] = [this.end(wire.bound[0], wire.points[0]), this.end(wire.bound[1], wire.points.at(-1))];
    const ends = [first.part, last.part];
    if (first.part && last.part) return { ends, ...this.between(wire, first, last) };
    // A line that touches nothing is a stroke of the pen.
    if (wire.isLine && !first.part && !last.part) return { ends, isJoined: false, problem: null };
    return { ends, isJoined: false, problem: this.unattached(wire, first, last) };
  }

  end(bound, point) {
    const part = this.parts.resolve(bound);
    return this.labels.has(part) ? { part, isBound: true } : { part: this.at(point), isBound: false };
  }

  /** The part that a point is in, the smallest of them; else the nearest within reach; else a frame's border. */
  at(point) {
    const far = this.boxes.map(([key, box]) => [box.distance(point), key, box]);
    const inside = far.find(([distance]) => distance === 0);
    if (inside) return inside[1];
    const near = far.filter(([distance, , box]) => distance <= box.reach);
    if (near.length) return nearest(near)[1];
    const borders = this.frames.map(([key, box]) => [Math.max(box.distance(point), box.depth(point)), key]);
    return nearest(borders.filter(([distance]) => distance <= BORDER))?.[1] ?? "";
  }

  between(wire, first, last) {
    const loosely = [first, last].filter((end) => !end.isBound).map((end) => end.part);
    if (first.part === last.part && loosely.length) {
      const message = `An arrow begins and ends at ${this.name(first.part)}.`;
      return { isJoined: false, problem: wire.isLine ? null : problem(wire, message, DRAG_BOTH) };
    }
    if (!loosely.length || wire.isLine) return { isJoined: true, problem: null };
    const arrow = this.arrow(wire, first.isBound ? first.part : last.isBound ? last.part : "");
    const names = loosely.map((part) => this.name(part)).join(" and ");
    return {
      isJoined: true,
      problem: problem(wire, `${arrow} ends at ${names} without being attached.`, ATTACH, true),
    };
  }

  unattached(wire, first, last) {
    if (!first.part && !last.part) {
      const said = this.parts.said.get(wire.id);
      return problem(wire, `An arrow${said ? ` that says “${said}”` : ""} is not attached to anything.`, DRAG_BOTH);
    }
    const [known, point] = first.part ? [first.part, wire.points.at(-1)] : [last.part, wire.points[0]];
    const ends = first.part ? "ends" : "begins";
    return problem(wire, `${this.arrow(wire, known)} ${ends} in the air${this.near(point, known)}.`, DRAG);
  }

  near(point, other) {
    const far = this.boxes.filter(([key]) => key !== other).map(([key, box]) => [box.distance(point), key]);
    const found = nearest(far);
    return found && found[0] < MEANT ? ` near ${this.name(found[1])}` : "";
  }

  /** The arrow by its one sure end: a list of problems has to make sense without the board. */
  arrow(wire, known) {
    if (!known) return "An arrow";
    const isFirst = this.parts.resolve(wire.bound[0]) === known || this.at(wire.points[0]) === known;
    const pointsAway = wire.heads[1] || !wire.heads[0];
    return `The ${wire.isLine ? "line" : "arrow"} ${isFirst === pointsAway ? "from" : "to"} ${this.name(known)}`;
  }

  name(part) {
    const label = this.labels.get(part);
    return label ? `“${label}”` : "a box without a name";
  }
}

function problem(wire, message, remedy, isGentle = false) {
  return { element: wire.id, message, remedy, isGentle };
}

/** The first of the nearest, by name where two are equally near. */
function nearest(pairs) {
  return [...pairs].sort(([a, left], [b, right]) => a - b || (left < right ? -1 : 1))[0];
}

/** The parts that arrows are bound to; those need no name to count. */
export function joined(elements, parts) {
  const ends = [...elements.wires.values()].flatMap((wire) => wire.bound.map((end) => parts.resolve(end)));
  return new Set(ends.filter(Boolean));
}
