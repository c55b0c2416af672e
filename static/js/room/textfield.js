// The text of a step: a text area, and in its place the Markdown editor as soon as it is there. Without it, as where it
// cannot be fetched, everything works on the text area.

import { Field } from "./fields.js";

export class TextField extends Field {
  #editor = null;
  #coming = null;

  constructor(area, url) {
    super(area);
    this.url = url;
  }

  // Fetches the editor when the text first comes to the front.
  async mount() {
    this.#coming ??= import(this.url);
    try {
      const { mountEditor } = await this.#coming;
      this.#editor ??= this.#put(mountEditor);
    } catch {
      // The next time the text comes to the front, the network may be back.
      this.#coming = null;
    }
  }

  #put(mountEditor) {
    const { area } = this;
    const [hadFocus, from, to] = [document.activeElement === area, area.selectionStart, area.selectionEnd];
    const editor = mountEditor(area);
    if (hadFocus) {
      editor.selection = { from, to };
      editor.focus();
    }
    return editor;
  }

  get readOnly() {
    return this.area.readOnly;
  }

  set readOnly(is) {
    if (this.#editor) this.#editor.readOnly = is;
    else this.area.readOnly = is;
  }

  focus() {
    if (this.#editor) this.#editor.focus();
    else super.focus();
  }

  // At the cursor, with a blank before it where words would run into each other.
  drop(text) {
    const { from } = this.#selection;
    const before = this.value.slice(0, from);
    this.insert(before && !/\s$/.test(before) ? ` ${text}` : text);
  }

  insert(text) {
    if (this.readOnly) return;
    if (this.#editor) this.#editor.insert(text);
    else {
      this.area.focus();
      // Deprecated, and still the only way to insert text that undo knows about.
      if (!document.execCommand("insertText", false, text)) {
        this.area.setRangeText(text, this.area.selectionStart, this.area.selectionEnd, "end");
        this.area.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
  }

  append(text) {
    if (this.readOnly) return;
    if (this.#editor) this.#editor.append(text);
    else {
      this.area.setSelectionRange(this.value.length, this.value.length);
      this.insert(text);
      this.area.scrollTop = this.area.scrollHeight;
    }
  }

  // A button of the toolbar; see PIECES.
  put(kind) {
    if (this.readOnly) return;
    const editor = this.#editor;
    const { text } = this.#selection;
    if (!editor || !(kind in EDITS)) this.insert(PIECES[kind](text));
    else EDITS[kind](editor);
    this.focus();
  }

  get #selection() {
    if (this.#editor) return this.#editor.selection;
    const { selectionStart: from, selectionEnd: to } = this.area;
    return { from, to, text: this.area.value.slice(from, to) };
  }
}

const EDITS = {
  bold: (editor) => editor.wrap("**", "**", "bold"),
  list: (editor) => editor.toggleList(),
  code: (editor) => editor.code(),
};

const PIECES = {
  bold: (chosen) => `**${chosen || "bold"}**`,
  list: (chosen) =>
    (chosen || "first\nsecond")
      .split("\n")
      .map((line) => `- ${line}`)
      .join("\n"),
  code: (chosen) => (chosen.includes("\n") ? `\`\`\`\n${chosen}\n\`\`\`` : `\`${chosen || "code"}\``),
  table: () => "\n| column | column |\n| --- | --- |\n| value | value |\n",
  diagram: () => "\n```mermaid\nflowchart LR\n  client[Client] --> api[API]\n  api --> store[(Database)]\n```\n",
};
