// Parts in layers from left to right, following the links. A link that passes a layer goes through a place of its own
// there, so no line crosses a box. Groups are laid out first and then treated as one part.

const GAP = { across: 80, down: 44 };
const LANE = 26;
const FRAME = { side: 28, top: 52 };

/**
 * Where everything goes: {places: id → {x, y, width, height}, bends: link's index → [{x, y}]}. `items` are {id, group,
 * width, height}, `groups` {id, group}, and `links` {from, to, room}, where room is what their words take.
 */
export function layout({ items, groups, links }) {
  const known = new Set(groups.map((group) => group.id));
  const groupOf = new Map([...items, ...groups].map(({ id, group }) => [id, known.has(group) ? group : ""]));
  const page = { items, groups, links, groupOf, places: new Map(), bends: new Map(), levels: new Map() };
  arrange("", page);
  return { places: page.places, bends: page.bends };
}

function arrange(parent, page) {
  const { items, groups, links, groupOf, places, bends, levels } = page;
  const inner = groups
    .filter(({ id }) => groupOf.get(id) === parent)
    .map(({ id }) => ({ id, ...framed(arrange(id, page)) }));
  const own = [...items.filter(({ id }) => groupOf.get(id) === parent), ...inner];
  const lifted = links
    .map(({ from, to, room = 0 }, index) => ({
      from: lift(from, parent, groupOf),
      to: lift(to, parent, groupOf),
      room,
      index,
    }))
    .filter(({ from, to }) => from && to && from !== to);
  const { at, ways, width, height } = layered(own, lifted);
  for (const [index, points] of ways) {
    bends.set(index, points);
    levels.set(index, parent);
  }
  for (const item of own) {
    const { x, y } = at.get(item.id);
    places.set(item.id, { x, y, width: item.width, height: item.height });
    move(item.id, x + FRAME.side, y + FRAME.top, page);
  }
  return { width, height };
}

/** What lies in a group was placed from its corner; now that the corner is known, it moves there. */
function move(group, dx, dy, page) {
  const by = ({ x, y, ...size }) => ({ x: x + dx, y: y + dy, ...size });
  for (const [index, level] of page.levels) if (level === group) page.bends.set(index, page.bends.get(index).map(by));
  for (const [id, parent] of page.groupOf) {
    if (parent !== group || !page.places.has(id)) continue;
    page.places.set(id, by(page.places.get(id)));
    move(id, dx, dy, page);
  }
}

function framed({ width, height }) {
  return { width: Math.max(width, 120) + 2 * FRAME.side, height: Math.max(height, 40) + FRAME.top + FRAME.side };
}

/** The one directly within `parent` that this is, or lies in. */
function lift(id, parent, groupOf) {
  for (let at = id; at; at = groupOf.get(at)) if (groupOf.get(at) === parent) return at;
  return "";
}

function layered(items, links) {
  const ranks = ranked(items, links);
  const { lanes, pieces } = passing(ranks, links);
  const columns = [];
  for (const item of [...items, ...lanes]) (columns[item.rank ?? ranks.get(item.id)] ??= []).push(item);
  const filled = columns.map((column) => column ?? []);
  const { at, width, height } = placed(ordered(filled, pieces), gapsOf(filled, ranks, links));
  const ways = new Map();
  for (const { id, link } of lanes) {
    const { x, y } = at.get(id);
    ways.set(link.index, [...(ways.get(link.index) ?? []), { x, y: y + LANE / 2 }]);
  }
  // Links that lead back pass from right to left.
  for (const { index, from, to } of links) if (ranks.get(from) > ranks.get(to)) ways.get(index)?.reverse();
  return { at, ways, width, height };
}

/** The longest way from a beginning; links that lead back do not count. */
function ranked(items, links) {
  const next = new Map(items.map(({ id }) => [id, links.filter(({ from }) => from === id).map(({ to }) => to)]));
  const [state, order, back] = [new Map(), [], new Set()];
  const visit = (id) => {
    state.set(id, "open");
    for (const to of next.get(id)) {
      if (state.get(to) === "open") back.add(`${id} ${to}`);
      else if (!state.has(to)) visit(to);
    }
    state.set(id, "done");
    order.unshift(id);
  };
  for (const { id } of items) if (!state.has(id)) visit(id);
  const ranks = new Map(items.map(({ id }) => [id, 0]));
  for (const id of order) {
    for (const to of next.get(id)) {
      if (!back.has(`${id} ${to}`)) ranks.set(to, Math.max(ranks.get(to), ranks.get(id) + 1));
    }
  }
  return ranks;
}

/** A lane in every layer that a link passes, and the pieces of links between neighbouring layers. */
function passing(ranks, links) {
  const [lanes, pieces] = [[], []];
  for (const link of links) {
    const [left, right] = ranks.get(link.from) < ranks.get(link.to) ? [link.from, link.to] : [link.to, link.from];
    let before = left;
    for (let rank = ranks.get(left) + 1; rank < ranks.get(right); rank += 1) {
      const id = `lane ${link.index} ${rank}`;
      lanes.push({ id, link, rank, width: 0, height: LANE });
      pieces.push([before, id]);
      before = id;
    }
    pieces.push([before, right]);
  }
  return { lanes, pieces };
}

/** Each layer in the order of what its parts are linked to, a few times over. */
function ordered(columns, pieces) {
  const near = new Map(columns.flat().map(({ id }) => [id, []]));
  for (const [a, b] of pieces) {
    near.get(a).push(b);
    near.get(b).push(a);
  }
  let rows = columns;
  for (let sweep = 0; sweep < 6; sweep += 1) {
    const place = new Map(rows.flatMap((column) => column.map(({ id }, index) => [id, (index + 0.5) / column.length])));
    const mean = (id) => near.get(id).reduce((sum, each) => sum + place.get(each), 0) / near.get(id).length;
    const weight = (id) => (near.get(id).length ? (mean(id) + place.get(id)) / 2 : place.get(id));
    rows = rows.map((column) =>
      [...column].sort((a, b) => weight(a.id) - weight(b.id) || place.get(a.id) - place.get(b.id)),
    );
  }
  return rows;
}

/** How much room there is after each layer: for the longest words that stand there. */
function gapsOf(columns, ranks, links) {
  return columns.map((_, rank) => {
    const rooms = links
      .filter(({ from, to }) => Math.min(ranks.get(from), ranks.get(to)) === rank)
      .map(({ room }) => room);
    return GAP.across + Math.min(160, Math.max(0, ...rooms));
  });
}

function placed(columns, gaps) {
  const tall = (column) => column.reduce((sum, { height }) => sum + height + GAP.down, -GAP.down);
  const height = Math.max(0, ...columns.map(tall));
  const at = new Map();
  let [x, width] = [0, 0];
  columns.forEach((column, rank) => {
    const wide = Math.max(0, ...column.map((item) => item.width));
    let y = (height - tall(column)) / 2;
    for (const item of column) {
      at.set(item.id, { x: x + (wide - item.width) / 2, y });
      y += item.height + GAP.down;
    }
    width = x + wide;
    x += wide + gaps[rank];
  });
  return { at, width, height };
}
