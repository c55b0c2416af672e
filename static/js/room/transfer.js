// What goes onto the board and comes off it as files or as text. Whatever comes in is put beside what is there; Mermaid is
// read and written by the server, as it is when the board is handed in.

import { post } from "./csrf.js";

const FILE = "board";

export class Transfer {
  constructor(room, board) {
    this.room = room;
    this.board = board;
    this.dialog = document.getElementById("transfer");
    this.said = document.getElementById("transfer-said");
    this.file = document.getElementById("file-in");
    const shown = this.dialog.querySelector("[data-mermaid-shown]");
    const wire = (name, run) => {
      this.dialog.querySelector(`[data-${name}]`).addEventListener("click", () => this.#try(run));
    };
    wire("mermaid-in", () => this.#mermaidIn());
    wire("file-in", () => this.file.click());
    wire("mermaid-out", () => this.#mermaidOut(shown));
    wire("file-out", () => this.#save(new Blob([this.board.field.value], { type: "application/json" }), "excalidraw"));
    wire("svg-out", async () => this.#save(await (await this.#drawing()).exportSvg(), "svg"));
    wire("png-out", async () => this.#save(await (await this.#drawing()).exportPng(), "png"));
    shown.querySelector("textarea").readOnly = true;
    this.file.addEventListener("change", () => this.#try(() => this.#fileIn()));
    room.addEventListener("click", (event) => {
      if (event.target.closest("[data-transfer]")) this.open();
    });
  }

  async open() {
    if (!(await this.board.outlined()) || this.dialog.open) return;
    this.dialog.querySelector("[data-bring-in]").hidden = this.board.field.readOnly;
    this.dialog.querySelector("[data-mermaid-shown]").hidden = true;
    this.#say("");
    this.dialog.showModal();
  }

  async #try(run) {
    this.#say("");
    try {
      await run();
    } catch (reason) {
      this.#say(reason instanceof Told ? reason.message : "That did not work. Is the network away?");
    }
  }

  async #mermaidIn() {
    const area = document.getElementById("mermaid-in");
    const graph = await this.#ask(this.room.dataset.readMermaid, { text: area.value });
    this.#bring(this.board.tools.fromGraph(graph), (drawing) => drawing.importMermaid(graph));
    area.value = "";
  }

  async #fileIn() {
    const [file] = this.file.files;
    this.file.value = "";
    if (!file) return;
    const { parseScene, BoardError } = this.board.tools;
    const text = await file.text();
    let scene;
    try {
      scene = parseScene(text);
    } catch (reason) {
      if (reason instanceof BoardError) throw new Told("That is no Excalidraw file that can be read.");
      throw reason;
    }
    this.#bring(scene, (drawing) => drawing.importScene(text));
  }

  // The editor, where it is open, goes to what has come; the outline does without it.
  #bring(scene, draw) {
    const { store, tools, field } = this.board;
    if (store.readOnly) throw new Told("This step is closed.");
    let added = 0;
    if (field.drawing) ({ added } = draw(field.drawing));
    else {
      store.change((here) => {
        const joined = tools.joinScenes(here, scene);
        added = joined.added.length;
        return joined.scene;
      }, "import");
    }
    if (!added) throw new Told("Nothing in it could go on the board.");
    const { parts, links } = store.graph;
    this.#say(`It is on the board, which now has ${parts.length} parts and ${links.length} links. Undo takes it away again.`);
  }

  async #mermaidOut(shown) {
    this.board.field.settle();
    const { text } = await this.#ask(this.room.dataset.writeMermaid, { scene: this.board.field.value });
    const area = shown.querySelector("textarea");
    area.value = text;
    shown.hidden = false;
    area.focus();
    area.select();
    this.#say("Copy it from here.");
  }

  // A picture is made by the editor: it is opened for it where it was not yet.
  async #drawing() {
    if (!this.board.field.value) throw new Told("Nothing is on the board yet.");
    if (!(await this.board.drawn())) throw new Told("A picture needs the board, and that could not be fetched.");
    return this.board.field.drawing;
  }

  async #ask(url, values) {
    const response = await post(url, values);
    if (!response.ok) throw new Told("The server is busy. Try again in a moment.");
    const answer = await response.json();
    if (answer.error) throw new Told(answer.error);
    return answer;
  }

  #save(blob, ending) {
    const href = URL.createObjectURL(blob);
    Object.assign(document.createElement("a"), { href, download: `${FILE}.${ending}` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
    this.#say("Saved among your downloads.");
  }

  #say(text) {
    this.said.textContent = text;
  }
}

// Something went wrong for a reason that can be said.
class Told extends Error {}
