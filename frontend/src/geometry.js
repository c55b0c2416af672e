// Where elements are, and where lines between them end. All of it is plain arithmetic on what a scene stores.

/** The smallest upright box around an element, turned as it is drawn. */
export function bounds(element) {
  const corners = element.points
    ? element.points.map(([x, y]) => ({ x: element.x + x, y: element.y + y }))
    : [
        { x: element.x, y: element.y },
        { x: element.x + element.width, y: element.y },
        { x: element.x, y: element.y + element.height },
        { x: element.x + element.width, y: element.y + element.height },
      ];
  const pivot = { x: element.x + (element.width ?? 0) / 2, y: element.y + (element.height ?? 0) / 2 };
  return around(corners.map((corner) => turned(corner, pivot, element.angle ?? 0)));
}

/** The box around boxes. */
export function around(points) {
  const xs = points.flatMap((point) => [point.x, point.x + (point.width ?? 0)]);
  const ys = points.flatMap((point) => [point.y, point.y + (point.height ?? 0)]);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

export function centre({ x, y, width, height }) {
  return { x: x + width / 2, y: y + height / 2 };
}

export function overlap(a, b, margin = 0) {
  return (
    a.x < b.x + b.width + margin &&
    b.x < a.x + a.width + margin &&
    a.y < b.y + b.height + margin &&
    b.y < a.y + a.height + margin
  );
}

/** Whether a point lies within the drawn outline of a shape. */
export function covers(shape, point) {
  const middle = centre(shape);
  const { x, y } = turned(point, middle, -(shape.angle ?? 0));
  const [dx, dy] = [Math.abs(x - middle.x) / (shape.width / 2 || 1), Math.abs(y - middle.y) / (shape.height / 2 || 1)];
  if (shape.type === "ellipse") return dx * dx + dy * dy <= 1;
  if (shape.type === "diamond") return dx + dy <= 1;
  return dx <= 1 && dy <= 1;
}

/** The first and last point of an arrow or a line. */
export function ends(element) {
  const pivot = { x: element.x + (element.width ?? 0) / 2, y: element.y + (element.height ?? 0) / 2 };
  const at = ([x, y]) => turned({ x: element.x + x, y: element.y + y }, pivot, element.angle ?? 0);
  return [at(element.points[0]), at(element.points.at(-1))];
}

/** A line between two shapes, from edge to edge with a little air: by way of `bends`, or straight and moved aside. */
export function between(from, to, { gap = 6, beside = 0, bends = [] } = {}) {
  const [a, b] = [centre(from), centre(to)];
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const aside = { x: (-(b.y - a.y) / length) * beside, y: ((b.x - a.x) / length) * beside };
  const [start, end] = bends.length ? [a, b] : [moved(a, aside), moved(b, aside)];
  return [edge(from, start, bends[0] ?? end, gap), ...bends, edge(to, end, bends.at(-1) ?? start, gap)];
}

/** The way from a shape back to itself, about its upper right corner. */
export function loop({ x, y, width }) {
  const corner = { x: x + width, y };
  return [
    [-30, -6],
    [-20, -40],
    [30, -10],
    [6, 20],
  ].map(([dx, dy]) => ({ x: corner.x + dx, y: corner.y + dy }));
}

/** Where a line from within a shape begins that leads somewhere else. */
function edge(shape, inside, outside, gap) {
  const at = exit(shape, inside, outside);
  const far = Math.hypot(outside.x - at.x, outside.y - at.y) || 1;
  return moved(at, { x: (outside.x - at.x) / far, y: (outside.y - at.y) / far }, Math.min(gap, far / 2));
}

/** Where the way from a point within a shape to one outside leaves it. */
function exit(shape, inside, outside) {
  let [near, far] = [0, 1];
  const at = (share) => ({
    x: inside.x + (outside.x - inside.x) * share,
    y: inside.y + (outside.y - inside.y) * share,
  });
  for (let step = 0; step < 24; step += 1) {
    const middle = (near + far) / 2;
    if (covers(shape, at(middle))) near = middle;
    else far = middle;
  }
  return at(near);
}

function moved(point, by, times = 1) {
  return { x: point.x + by.x * times, y: point.y + by.y * times };
}

function turned({ x, y }, pivot, angle) {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return {
    x: pivot.x + (x - pivot.x) * cos - (y - pivot.y) * sin,
    y: pivot.y + (x - pivot.x) * sin + (y - pivot.y) * cos,
  };
}
