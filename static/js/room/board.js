// The board and the outline beside it: one store, two ways to see and change it. The outline comes when a step that
// draws is entered; the editor, which is large, only where there is room for it or somebody asks.

import { setting } from "./settings.js";

export class Board {
  #outlining = null;
  #drawing = null;

  constructor(room, { part, draft, side, ways, announce }) {
    Object.assign(this, { room, element: part, draft, field: draft.field, side, ways, announce });
    this.host = this.element.querySelector("[data-host]");
    this.waits = this.element.querySelector("[data-waits]");
    this.outline = null;
    room.addEventListener("click", (event) => {
      const problem = event.target.closest("[data-element]");
      if (problem) this.lookAt(problem.dataset.element);
    });
  }

  // A step that draws is in front, with its board or with its text.
  async enter(editor) {
    const place = editor.querySelector(".boardplace");
    if (!place.contains(this.element)) place.append(this.element);
    const isOutlined = await this.outlined();
    if (isOutlined && this.ways.of(editor) === "board") await this.drawn();
  }

  get store() {
    return this.field.store;
  }

  // Fetches the outline and makes the store; false where that does not succeed.
  async outlined() {
    this.#outlining ??= this.#outline();
    try {
      await this.#outlining;
      return true;
    } catch {
      this.#outlining = null;
      this.#cannot("The board and its outline could not be fetched. What is on the board is kept; a Mermaid flowchart in the text does the same. It is tried again when you come back to this step.");
      return false;
    }
  }

  async #outline() {
    const { outline: script, outlineStyles } = this.room.dataset;
    const [outline] = await Promise.all([import(script), styles(outlineStyles)]);
    this.tools = outline;
    const host = document.getElementById("outline");
    this.draft.become(() => {
      const store = outline.createStore(readable(outline, this.field.value), { readOnly: this.field.readOnly });
      this.field.attach(store, (text) => outline.readGraph(outline.parseScene(text)));
    });
    host.replaceChildren();
    this.outline = outline.mountOutline(host, this.store, { keys: setting("single-keys", true) });
    this.store.subscribe(() => this.#show());
    this.#show();
  }

  // Fetches the editor and opens it; false where that does not succeed, and the outline has to do.
  async drawn() {
    if (!(await this.outlined())) return false;
    this.#drawing ??= this.#draw();
    try {
      await this.#drawing;
      return true;
    } catch {
      this.#drawing = null;
      this.#cannot("The board could not be fetched. The outline holds the same design, and everything works there. It is tried again when you come back to the board.");
      return false;
    }
  }

  async #draw() {
    this.waits.hidden = false;
    const { mount } = await import(this.room.dataset.whiteboard);
    const handle = await mount(this.host, { store: this.store, theme: "auto", onLeave: () => this.#leave() });
    this.field.drawing = handle;
    this.waits.hidden = true;
  }

  // Escape with nothing selected leaves the board for what stands beside it.
  #leave() {
    this.side.open("outline", { focus: false });
    this.outline.focus();
  }

  #cannot(text) {
    this.waits.hidden = false;
    this.waits.querySelector("p").textContent = text;
    this.announce(text);
  }

  // Looks at a part or link, in the outline where it is, on the board and wherever it can be mended.
  lookAt(id) {
    this.side.open("outline", { focus: false });
    this.store.select(id, "page");
    this.outline.focus();
  }

  setKeys(are) {
    this.outline?.setKeys(are);
  }

  #show() {
    const { parts, links, problems } = this.store.graph;
    const drawn = parts.length || links.length ? `${counted(parts.length, "part")}, ${counted(links.length, "link")}` : "";
    for (const each of this.room.querySelectorAll("[data-drawn]")) each.textContent = drawn;
    for (const box of this.room.querySelectorAll("[data-problems]")) this.#problems(box, problems);
  }

  #problems(box, problems) {
    box.hidden = !problems.length || this.store.readOnly;
    const [first] = problems;
    box.querySelector("summary span").textContent = problems.length === 1 ? first.message : `${problems.length} to mend`;
    const list = document.createElement("ul");
    list.append(...problems.map(item));
    box.querySelector("ul")?.remove();
    box.append(list);
  }
}

function item({ element, message, remedy }) {
  const row = document.createElement("li");
  const words = document.createElement(element ? "button" : "span");
  words.textContent = message;
  if (element) {
    words.type = "button";
    words.className = "linkbtn";
    words.dataset.element = element;
  }
  const how = document.createElement("small");
  how.textContent = ` ${remedy}`;
  row.append(words, how);
  return row;
}

const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

// A stored text that is no board any more is no reason to have none; its versions are kept on the server.
function readable({ parseScene, BoardError }, text) {
  try {
    parseScene(text);
    return text;
  } catch (reason) {
    if (reason instanceof BoardError) return "";
    throw reason;
  }
}

function styles(href) {
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: resolve });
    link.onerror = () => {
      link.remove();
      reject(new Error("The styles of the outline did not load."));
    };
    document.head.append(link);
  });
}
