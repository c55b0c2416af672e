// What comes from elsewhere: a graph that the server has read from Mermaid, or a scene from a file. It is put beside what
// is on the board, so nothing of that is ever lost.

import { addLink } from "./edit.js";
import { around, bounds } from "./geometry.js";
import { isKind, look } from "./kinds.js";
import { layout } from "./layout.js";
import { newId, part, sizeFor, STROKE, withName } from "./make.js";
import { emptyScene, live, withElements } from "./scene.js";
import { widthOf } from "./text.js";

const AIR = 80;

/**
 * A scene of a graph, laid out from left to right. `nodes` {id, label, kind, group} and `groups` {id, label, group}, as
 * lists or by identifier; `edges` {from, to, label, loose, later}.
 */
export function fromGraph(graph) {
  const [nodes, groups] = [rows(graph.nodes), rows(graph.groups)];
  const ids = new Map([...nodes, ...groups].map(({ id }) => [id, newId()]));
  const items = nodes.map((node) => ({ ...node, ...sizeFor(node.label || "?", look(node.kind).type) }));
  const links = arrows((graph.edges ?? []).filter(({ from, to }) => ids.has(from) && ids.has(to)));
  const { places, bends } = layout({ items, groups, links });
  const elements = [
    ...groups.map((group) => frame(group, places.get(group.id), ids)),
    ...items.flatMap((node) => box(node, places.get(node.id), ids)),
  ];
  return links.reduce(
    (scene, { from, to, ...link }, index) =>
      addLink(scene, { ...link, from: ids.get(from), to: ids.get(to), bends: bends.get(index) }).scene,
    withElements(emptyScene(), elements),
  );
}

/** Both scenes in one, the second to the right of the first and under names of its own. Returns what was added, too. */
export function joinScenes(scene, arriving) {
  const [here, there] = [live(scene), live(arriving)];
  const taken = new Set(here.map(({ id }) => id));
  const names = new Map(there.map(({ id }) => [id, taken.has(id) ? newId() : id]));
  const shift = here.length && there.length ? apart(here, there) : { x: 0, y: 0 };
  const added = there.map((element) => renamed({ ...element, x: element.x + shift.x, y: element.y + shift.y }, names));
  return { scene: withElements(scene, [...here, ...added]), added: added.map(({ id }) => id) };
}

function rows(given) {
  if (Array.isArray(given)) return given;
  return Object.entries(given ?? {}).map(([id, row]) => ({ id, ...row }));
}

/** An edge and the way back with the same words are one arrow with two heads. */
function arrows(edges) {
  const found = [];
  for (const { from, to, label = "", loose = false, later: isLater = false } of edges) {
    const isBack = (each) =>
      each.direction === "forward" &&
      from !== to &&
      each.from === to &&
      each.to === from &&
      each.label === label &&
      each.isLater === isLater;
    const back = loose ? undefined : found.find(isBack);
    if (back) back.direction = "both";
    else found.push({ from, to, label, isLater, room: widthOf(label), direction: loose ? "none" : "forward" });
  }
  return found;
}

function frame({ id, label, group }, place, ids) {
  return { id: ids.get(id), type: "frame", ...STROKE, ...place, name: label || null, frameId: ids.get(group) ?? null };
}

function box({ id, label, kind, group }, place, ids) {
  const known = isKind(kind) ? kind : null;
  // Of no kind is something else than of a kind that nobody has said.
  const own = {
    ...part({ id: ids.get(id), kind: known, place, frameId: ids.get(group) ?? null }),
    customData: { kind: known },
  };
  return label ? withName(own, label) : [own];
}

function apart(here, there) {
  const [a, b] = [around(here.map(bounds)), around(there.map(bounds))];
  return { x: a.x + a.width + AIR - b.x, y: a.y - b.y };
}

/** Everything that names an element names it by its new name. */
function renamed(element, names) {
  const to = (id) => names.get(id) ?? id;
  const binding = (value) => (value ? { ...value, elementId: to(value.elementId) } : value);
  return {
    ...element,
    id: to(element.id),
    ...(element.containerId ? { containerId: to(element.containerId) } : {}),
    ...(element.frameId ? { frameId: to(element.frameId) } : {}),
    ...(element.startBinding ? { startBinding: binding(element.startBinding) } : {}),
    ...(element.endBinding ? { endBinding: binding(element.endBinding) } : {}),
    ...(element.boundElements
      ? { boundElements: element.boundElements.map((each) => ({ ...each, id: to(each.id) })) }
      : {}),
  };
}
