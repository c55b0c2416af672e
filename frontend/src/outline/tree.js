// The list of parts with their links. It is a tree, so that arrow keys and single letters reach it in a screen reader as
// well; one item of it is in the tab order.

import { make } from "./dom.js";
import { find, isAlone, kindWord, linkLine, linkSentence, looseSentence, nameOf, partSentence } from "./words.js";

export class Tree {
  constructor({ onMove, onOpen }) {
    this.onMove = onMove;
    this.items = new Map();
    this.current = "";
    this.list = make("ul", { class: "outline", role: "tree", "aria-label": "Parts and links" });
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("focusin", (event) => this.become(idOf(event.target)));
    this.list.addEventListener("click", (event) => this.focus(idOf(event.target)));
    this.list.addEventListener("dblclick", () => onOpen());
  }

  /** Shows a graph. Items that say the same stay, so that focus and place are kept. */
  show(graph) {
    const before = this.items;
    const hadFocus = this.list.contains(document.activeElement);
    const order = [...before.keys()];
    this.items = new Map();
    const rows = [...graph.groups, ...graph.parts].map((part) => this.part(part, graph, before));
    const loose = graph.loose.map((link) => this.loose(link, graph, before));
    this.list.replaceChildren(...rows, ...loose);
    if (!this.items.has(this.current)) this.current = this.nearest(order);
    this.mark();
    if (hadFocus && this.current) this.focus(this.current);
  }

  part(part, graph, before) {
    const links = graph.links.filter((link) => link.from === part.id);
    const area = find(graph, part.group);
    // A cache that is called Cache needs no more words.
    const kind = kindWord(part).toLowerCase() === part.label.toLowerCase() ? "" : kindWord(part);
    const remark = [kind, area ? `in ${nameOf(area)}` : ""].filter(Boolean).join(", ");
    const isLonely = isAlone(part, graph);
    const item = this.item(part.id, 1, partSentence(part, graph), before, () => [
      make(
        "p",
        { class: "head" },
        make("b", {}, nameOf(part)),
        " ",
        make("small", {}, remark),
        isLonely ? badge("no link") : null,
      ),
    ]);
    const group = make("ul", { role: "group" }, ...links.map((link) => this.link(link, graph, before)));
    item.replaceChildren(item.firstChild, ...(links.length ? [group] : []));
    if (links.length) item.setAttribute("aria-expanded", "true");
    else item.removeAttribute("aria-expanded");
    return item;
  }

  link(link, graph, before) {
    return this.item(link.id, 2, linkSentence(link, graph), before, () => [
      make("span", {}, linkLine(link, graph)),
      make("i", {}, link.isLater ? "later" : "waits"),
    ]);
  }

  loose(link, graph, before) {
    const at = find(graph, link.from) ?? find(graph, link.to);
    return this.item(link.id, 1, looseSentence(link, graph), before, () => [
      make(
        "p",
        { class: "head" },
        make("b", {}, link.label || "Arrow"),
        " ",
        make("small", {}, at ? `at ${nameOf(at)}` : ""),
        badge("not attached"),
      ),
    ]);
  }

  item(id, level, sentence, before, fill) {
    let item = before.get(id);
    if (item?.getAttribute("aria-label") !== sentence || item.getAttribute("aria-level") !== String(level)) {
      item = make(
        "li",
        { role: "treeitem", "aria-level": level, "aria-label": sentence, "data-id": id, tabindex: "-1" },
        ...fill(),
      );
    }
    this.items.set(id, item);
    return item;
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const ids = [...this.items.keys()];
    const at = ids.indexOf(this.current);
    const level = (id) => this.items.get(id)?.getAttribute("aria-level");
    const to = {
      ArrowDown: () => ids[at + 1],
      ArrowUp: () => ids[at - 1],
      ArrowRight: () => (level(ids[at]) === "1" && level(ids[at + 1]) === "2" ? ids[at + 1] : undefined),
      ArrowLeft: () => (level(ids[at]) === "2" ? ids.slice(0, at).findLast((id) => level(id) === "1") : undefined),
      Home: () => ids[0],
      End: () => ids.at(-1),
    }[event.key];
    if (!to) return;
    event.preventDefault();
    this.focus(to() ?? this.current);
  }

  focus(id) {
    this.become(id);
    this.items.get(this.current)?.focus();
  }

  become(id) {
    if (!this.items.has(id) || id === this.current) return;
    this.current = id;
    this.mark();
    this.onMove(id);
  }

  mark() {
    for (const [id, item] of this.items) {
      item.tabIndex = id === this.current ? 0 : -1;
      item.setAttribute("aria-selected", String(id === this.current));
    }
  }

  /** What stands where something was that is gone. */
  nearest(order) {
    const at = order.indexOf(this.current);
    const ids = [...this.items.keys()];
    return order.slice(0, Math.max(0, at)).findLast((id) => this.items.has(id)) ?? ids[0] ?? "";
  }
}

function badge(text) {
  return make("span", { class: "badge", "data-tone": "warn" }, text);
}

function idOf(target) {
  return target.closest("[role=treeitem]")?.dataset.id ?? "";
}
