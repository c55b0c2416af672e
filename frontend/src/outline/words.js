// How the outline says things: once, for eyes and ears alike.

import { wordOf } from "../kinds.js";

export function nameOf(part) {
  return part?.label || "box without a name";
}

export function kindWord(part) {
  if (part.isDrawn !== undefined) return "area";
  return wordOf(part.variant || part.kind);
}

/** `→ Seat API: with token`, as seen from the part it stands under. */
export function linkLine(link, graph) {
  const arrow = { forward: "→", both: "↔", none: "–" }[link.direction];
  return `${arrow} ${nameOf(find(graph, link.to))}${link.label ? `: ${link.label}` : ""}`;
}

/** The same in a sentence, for somebody who hears it by itself. */
export function linkSentence(link, graph) {
  const [from, to] = [nameOf(find(graph, link.from)), nameOf(find(graph, link.to))];
  const way = {
    forward: `from ${from} to ${to}`,
    both: `both ways between ${from} and ${to}`,
    none: `between ${from} and ${to}, without a direction`,
  };
  const said = link.label ? `: ${link.label}` : "";
  return `Link ${way[link.direction]}${said}, ${link.isLater ? "happens later" : "waits for the answer"}`;
}

export function partSentence(part, graph) {
  const links = graph.links.filter((link) => link.from === part.id).length;
  const from = graph.links.filter((link) => link.to === part.id).map((link) => nameOf(find(graph, link.from)));
  const area = find(graph, part.group);
  const rest = [
    kindWord(part),
    area && `in ${nameOf(area)}`,
    counted(links, "link"),
    from.length && `reached from ${listed([...new Set(from)])}`,
    isAlone(part, graph) && "not joined to anything",
  ];
  return [nameOf(part), ...rest.filter(Boolean)].join(", ");
}

export function looseSentence(link, graph) {
  const known = find(graph, link.from) ?? find(graph, link.to);
  const at = known ? ` at ${nameOf(known)}` : "";
  return `Arrow${at}${link.label ? ` that says ${link.label}` : ""}, not attached`;
}

export function isAlone(part, graph) {
  if (!part?.label) return false;
  return graph.problems.some((problem) => problem.element === part.id && !problem.isGentle);
}

export function find(graph, id) {
  return id ? [...graph.parts, ...graph.groups].find((part) => part.id === id) : undefined;
}

export function counted(count, word) {
  return count === 0 ? "" : `${count} ${word}${count === 1 ? "" : "s"}`;
}

function listed(names) {
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} others`] : names;
  return shown.length > 1 ? `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}` : shown[0];
}

/** What is said where there is no part yet; `keys` are the single letters. */
export function firstStep(keys) {
  return keys ? "No parts yet. Press P to add the first." : "No parts yet. “Part” above adds the first.";
}

/** Why something cannot be done now. */
export function refusal(name, keys) {
  if (name === "addLink") return `A link needs two parts. ${keys ? "Press P to add them" : "“Part” above adds them"}.`;
  if (name === "turn") return "Only a link can be turned.";
  if (name === "undo" || name === "redo") return `Nothing to ${name}.`;
  return "Nothing is selected.";
}
