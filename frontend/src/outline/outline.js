// The outline: the same design as on the board, as a list that is read and changed without drawing. Everything has a key
// and a button, and says aloud what it did.

import * as graph from "../graph.js";
import { make } from "./dom.js";
import { areaForm, chosenEnds, linkForm, partForm, saidOf } from "./forms.js";
import { Toolbar } from "./toolbar.js";
import { Tree } from "./tree.js";
import { counted, find, firstStep, isAlone, kindWord, linkSentence, nameOf, refusal } from "./words.js";

const KEYS = {
  p: "addPart",
  l: "addLink",
  a: "addArea",
  t: "turn",
  o: "arrange",
  Enter: "edit",
  Delete: "remove",
  Backspace: "remove",
};

const COMMANDS = { z: "undo", y: "redo", "shift z": "redo" };

/**
 * Shows the board of a store in `host`. `keys: false` leaves the single-letter keys to the page. Returns
 * {focus, setKeys, destroy}.
 */
export function mountOutline(host, store, { keys = true } = {}) {
  const outline = new Outline(host, store, keys);
  return {
    focus: () => outline.focus(),
    setKeys: (value) => outline.setKeys(value),
    destroy: () => outline.destroy(),
  };
}

class Outline {
  constructor(host, store, keys) {
    Object.assign(this, { host, store, keys, form: null });
    const names = ["addPart", "addLink", "addArea", "edit", "turn", "remove", "arrange", "undo", "redo"];
    this.toolbar = new Toolbar(Object.fromEntries(names.map((name) => [name, () => this.run(name)])));
    this.tree = new Tree({ onMove: (id) => this.store.select(id, "outline"), onOpen: () => this.run("edit") });
    this.place = make("div");
    this.empty = make("p", { class: "outline-empty" });
    this.problems = make("ul", { class: "outline-problems", "aria-label": "To mend" });
    this.notes = make("ul", { class: "outline-notes", "aria-label": "Notes on the board" });
    this.toolbar.setKeys(keys);
    this.hint = hint(keys);
    this.status = make("p", { class: "vh", role: "status", "aria-live": "polite" });
    const parts = [
      this.toolbar.element,
      this.place,
      this.empty,
      this.tree.list,
      this.problems,
      this.notes,
      this.hint,
      this.status,
    ];
    this.root = make("section", { class: "outline-pane", "aria-label": "Outline" }, ...parts);
    this.root.addEventListener("keydown", (event) => this.key(event));
    host.append(this.root);
    this.stops = [
      store.subscribe((text, origin) => this.show(origin)),
      store.onSelect((id, origin) => this.follow(id, origin)),
    ];
    this.show();
  }

  get graph() {
    return this.store.graph;
  }

  /** Whether single letters are worth a word: they are on, and there is a keyboard to press them on. */
  get showsKeys() {
    return this.keys && !matchMedia("(hover: none) and (pointer: coarse)").matches;
  }

  setKeys(keys) {
    this.keys = keys;
    this.toolbar.setKeys(keys);
    const before = this.hint;
    this.hint = hint(keys);
    this.hint.hidden = before.hidden;
    before.replaceWith(this.hint);
    this.show();
  }

  get current() {
    const id = this.tree.current;
    const { links, loose } = this.graph;
    const part = find(this.graph, id);
    const link = [...links, ...loose].find((each) => each.id === id);
    return { id, part, link };
  }

  // What is shown

  show(origin = "") {
    this.tree.show(this.graph);
    const isEmpty = !this.tree.items.size;
    const isReadOnly = this.store.readOnly;
    this.tree.list.hidden = isEmpty;
    this.empty.textContent = isReadOnly ? "Nothing is on the board." : firstStep(this.showsKeys);
    this.empty.hidden = !isEmpty;
    // Parts without a link say so themselves, where they stand.
    const problems = this.graph.problems.filter(({ element }) => !isAlone(find(this.graph, element), this.graph));
    this.problems.replaceChildren(...(isReadOnly ? [] : problems.map((problem) => this.problem(problem))));
    this.problems.hidden = !this.problems.childElementCount;
    this.notes.replaceChildren(...this.graph.notes.map(({ text }) => make("li", {}, text)));
    this.notes.hidden = !this.notes.childElementCount;
    this.toolbar.element.hidden = this.hint.hidden = isReadOnly;
    if (isReadOnly) this.close();
    this.allow();
    // What was selected while it was drawn is only now in the list.
    if (origin === "board") {
      this.tree.become(this.store.selected);
      this.announceBoard();
    }
  }

  problem({ element, message, remedy }) {
    const isThere = this.tree.items.has(element);
    const words = isThere
      ? make("button", { class: "linklike", type: "button", onclick: () => this.tree.focus(element) }, message)
      : message;
    return make("li", {}, words, " ", make("small", {}, remedy));
  }

  allow() {
    const { part, link } = this.current;
    const allowed = new Set(["addPart", "addArea"]);
    if (this.ends().length > 1) allowed.add("addLink");
    if (part || link) allowed.add("edit").add("remove");
    if (link) allowed.add("turn");
    if (this.graph.parts.length > 1) allowed.add("arrange");
    if (this.store.canUndo) allowed.add("undo");
    if (this.store.canRedo) allowed.add("redo");
    this.toolbar.allow(allowed);
    return allowed;
  }

  /** The board says what is on it when it changes, but not with every stroke. */
  announceBoard() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.say(this.count()), 1500);
  }

  count() {
    const { parts, links } = this.graph;
    return `${counted(parts.length, "part") || "No parts"}, ${counted(links.length, "link") || "no links"}.`;
  }

  follow(id, origin) {
    if (origin !== "outline") this.tree.become(id);
    this.allow();
  }

  say(text) {
    this.status.textContent = "";
    this.status.textContent = text;
  }

  focus() {
    if (this.tree.items.size) this.tree.focus(this.tree.current);
    else this.toolbar.buttons.get("addPart").focus();
  }

  // What is done

  key(event) {
    if (this.form?.contains(event.target)) return;
    const isCommand = event.ctrlKey || event.metaKey;
    const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    let name;
    if (isCommand) name = COMMANDS[event.shiftKey ? `shift ${letter}` : letter];
    else if (!event.altKey && (this.keys || letter.length > 1)) name = KEYS[letter];
    // A button that has the focus answers to Enter by itself.
    if (!name || (letter === "Enter" && event.target.closest("button"))) return;
    event.preventDefault();
    event.stopPropagation();
    this.run(name);
  }

  run(name) {
    if (this.store.readOnly) return;
    if (!this.allow().has(name)) this.say(refusal(name, this.showsKeys));
    else this[name]();
  }

  addPart() {
    const near = find(this.graph, this.tree.current)?.id ?? "";
    this.open(
      partForm({
        areas: this.areas(),
        save: ({ label, kind, area = "" }) => {
          const id = this.make((scene) => {
            const made = graph.addPart(scene, { label, kind: kind || null, near });
            return area ? { ...made, scene: graph.setArea(made.scene, made.id, area) } : made;
          });
          this.done(id, `Added ${label.trim()}. ${this.count()}`);
        },
        ...this.cancelling(),
      }),
    );
  }

  addArea() {
    this.open(
      areaForm({
        save: ({ label }) => {
          this.make((scene) => graph.addArea(scene, { label }));
          this.done(this.tree.current, `Added the area ${label.trim()}. Edit a part to put it there.`);
        },
        ...this.cancelling(),
      }),
    );
  }

  addLink() {
    const { part, link } = this.current;
    const from = part?.id ?? link?.from ?? "";
    this.open(
      linkForm({
        from: this.ends().some(([id]) => id === from) ? from : "",
        ends: this.ends(),
        save: (data) => {
          const { label, direction } = data;
          const link = { ...chosenEnds(data), label, direction, isLater: "isLater" in data };
          const id = this.make((scene) => graph.addLink(scene, link));
          this.done(id, `${this.sentence(id)}. ${this.count()}`);
        },
        ...this.cancelling(),
      }),
    );
  }

  edit() {
    const { part, link } = this.current;
    if (link) this.editLink(link);
    else if (part.isDrawn === undefined) this.editPart(part);
    else this.open(areaForm({ area: part, save: ({ label }) => this.renamed(part, label), ...this.cancelling() }));
  }

  editPart(part) {
    this.open(
      partForm({
        part,
        areas: this.areas(part.group),
        save: ({ label, kind, area }) => {
          this.store.change((scene) => {
            let next = label.trim() === part.label ? scene : graph.renamePart(scene, part.id, label);
            if ((kind || null) !== saidOf(part)) next = graph.setKind(next, part.id, kind || null);
            return area === undefined || area === part.group ? next : graph.setArea(next, part.id, area);
          });
          const now = find(this.graph, part.id);
          this.done(part.id, `${nameOf(now)}, ${kindWord(now)}.`);
        },
        ...this.cancelling(),
      }),
    );
  }

  renamed(part, label) {
    this.store.change((scene) => graph.renamePart(scene, part.id, label));
    this.done(part.id, `Renamed to ${label.trim()}.`);
  }

  editLink(link) {
    this.open(
      linkForm({
        link,
        ends: this.ends(),
        save: (data) => {
          const ends = chosenEnds(data);
          this.store.change((scene) => {
            const isElsewhere = ends.from !== link.from || ends.to !== link.to || this.graph.loose.includes(link);
            let next = isElsewhere ? graph.setEnds(scene, link.id, ends) : scene;
            next = graph.setLater(graph.setDirection(next, link.id, data.direction), link.id, "isLater" in data);
            return graph.renameLink(next, link.id, data.label);
          });
          this.done(link.id, `${this.sentence(link.id)}.`);
        },
        ...this.cancelling(),
      }),
    );
  }

  turn() {
    const { link } = this.current;
    this.store.change((scene) => graph.turnLink(scene, link.id));
    this.done(link.id, `Turned. ${this.sentence(link.id)}.`);
  }

  remove() {
    const { id, part, link } = this.current;
    const isLoose = this.graph.loose.some((each) => each.id === id);
    const links = part ? this.graph.links.filter(({ from, to }) => [from, to].includes(part.id)).length : 0;
    this.store.change((scene) => (part ? graph.removePart(scene, part.id) : graph.removeLink(scene, link.id)));
    const what = part ? [nameOf(part), counted(links, "link")].filter(Boolean).join(" and ") : isLoose ? "the arrow" : "the link";
    this.done(this.tree.current, `Removed ${what}. Control Z brings it back.`);
  }

  arrange() {
    this.store.change(graph.arrange, "order");
    this.done(this.tree.current, "Put in order, from left to right. Control Z brings the old places back.");
  }

  undo() {
    this.store.undo();
    this.done(this.tree.current, `Undone. ${this.count()}`);
  }

  redo() {
    this.store.redo();
    this.done(this.tree.current, `Done again. ${this.count()}`);
  }

  // How it is done

  make(edit) {
    let made = "";
    this.store.change((scene) => {
      const { scene: next, id } = edit(scene);
      made = id;
      return next;
    });
    return made;
  }

  done(id, text) {
    this.close();
    this.tree.current = this.tree.items.has(id) ? id : this.tree.current;
    this.tree.mark();
    this.store.select(this.tree.current, "outline");
    this.focus();
    this.allow();
    this.say(text);
  }

  open(form) {
    this.close();
    this.form = form;
    this.place.append(form);
    // What is known already is passed over.
    const first = form.elements.from?.value ? form.elements.to : form.elements[0];
    first.focus();
  }

  close() {
    this.form?.remove();
    this.form = null;
  }

  cancelling() {
    return {
      cancel: () => {
        this.close();
        this.focus();
      },
    };
  }

  sentence(id) {
    const link = this.graph.links.find((each) => each.id === id);
    return link ? linkSentence(link, this.graph) : "This arrow is not attached yet";
  }

  /** What a link may join, each under a name of its own. */
  ends() {
    const drawn = [...this.graph.parts, ...this.graph.groups.filter((group) => group.isDrawn)];
    const seen = new Map();
    return drawn.map((part) => {
      const name = nameOf(part);
      seen.set(name, (seen.get(name) ?? 0) + 1);
      return [part.id, seen.get(name) > 1 ? `${name} (${seen.get(name)})` : name];
    });
  }

  /** Frames, also those that are still empty and so no group yet. */
  areas(current = "") {
    const frames = this.store.scene.elements
      .filter(({ type }) => type === "frame")
      .map(({ id, name }) => ({ id, label: name ?? "" }));
    const own = this.graph.groups.find(({ id }) => id === current);
    return own && !frames.some(({ id }) => id === current) ? [...frames, own] : frames;
  }

  destroy() {
    clearTimeout(this.timer);
    for (const stop of this.stops) stop();
    this.root.remove();
  }
}

/** The keys, in one line; without the single letters where these are the page's. */
function hint(letters) {
  const keys = [
    ["P", "part"],
    ["L", "link"],
    ["A", "area"],
    ["Enter", "edit"],
    ["T", "turn"],
    ["Del", "remove"],
    ["O", "put in order"],
  ].filter(([key]) => letters || key.length > 1);
  const words = keys.flatMap(([key, word]) => [make("kbd", {}, key), ` ${word} · `]);
  const arrows = [make("kbd", {}, "↑"), " ", make("kbd", {}, "↓")];
  return make("p", { class: "outline-hint" }, ...words, ...arrows, " move. All of it works here without the board.");
}
