// The board as something to save: a text as well, held by a store once somebody comes to draw.

import { Field } from "./fields.js";

export class BoardField extends Field {
  #heard = [];
  #isClosed;

  constructor(area, isClosed) {
    super(area);
    this.store = null;
    this.drawing = null; // the editor's handle, once there is one
    this.#isClosed = isClosed;
  }

  // `read(text)` makes a graph of a scene.
  attach(store, read) {
    this.store = store;
    this.read = read;
    store.subscribe((text, origin) => {
      if (origin !== "read-only") for (const heard of this.#heard) heard();
    });
  }

  get value() {
    return this.store ? this.store.text : this.area.value;
  }

  set value(text) {
    if (this.store) this.store.replace(text);
    else this.area.value = text;
  }

  get readOnly() {
    return this.#isClosed;
  }

  set readOnly(is) {
    this.#isClosed = is;
    this.store?.setReadOnly(is);
  }

  focus() {
    this.drawing?.focus();
  }

  onInput(heard) {
    this.#heard.push(heard);
  }

  settle() {
    this.drawing?.getScene();
  }

  async describe(text) {
    if (!this.read) return "";
    const { parts, links } = this.read(text);
    const names = new Map(parts.map(({ id, label }) => [id, label || "a part without a name"]));
    const lines = links.map(({ from, to, label }) => `${names.get(from) ?? "an area"} → ${names.get(to) ?? "an area"}${label ? `: ${label}` : ""}`);
    const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
    return [`${counted(parts.length, "part")}, ${counted(links.length, "link")}`, [...names.values()].join(", "), ...lines].join("\n");
  }
}
