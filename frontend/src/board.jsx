// The editor in a page: Excalidraw with the library, kept in step with one text.

import { createRoot } from "react-dom/client";
import { getSceneVersion } from "@excalidraw/excalidraw";
import "@excalidraw/excalidraw/index.css";

import { addPart, fromGraph, joinScenes, readGraph } from "./graph.js";
import { BoardError, leftOut, parseScene } from "./scene.js";
import { summary } from "./store.js";
import { fileOf, pngOf, save, svgOf } from "./board/files.js";
import { shareKeys } from "./board/keys.js";
import { LABELS } from "./board/labels.js";
import { Sight } from "./board/sight.js";
import { restored, select, show, textOf } from "./board/sync.js";
import { pageTheme, watchTheme } from "./board/theme.js";
import { View } from "./board/view.jsx";
import "./board/board.css";
import "./board/panel.css";

// How long nothing must change until it is told; shorter than anybody's autosave.
const PAUSE = 400;
// The smallest the editor can show.
const SMALLEST = 0.1;
const PICTURES = ["image", "embeddable", "iframe"];

export async function mountBoard(host, options) {
  const board = new Board(host, options);
  await board.ready;
  return {
    setTheme: (theme) => board.setTheme(theme),
    setReadOnly: (readOnly) => board.setReadOnly(readOnly),
    getScene: () => board.flush(),
    setScene: (text) => board.take(text),
    importScene: (json) => board.importScene(json),
    importMermaid: (graph) => board.importGraph(graph),
    exportFile: () => fileOf(board.flush()),
    exportSvg: () => svgOf(board.api),
    exportPng: () => pngOf(board.api),
    focus: () => board.focus(),
    destroy: () => board.destroy(),
  };
}

class Board {
  constructor(
    host,
    { scene = "", store = null, theme = "auto", readOnly = false, onChange = null, onLeave = null, labels = {} },
  ) {
    Object.assign(this, {
      host,
      store,
      onChange,
      onLeave,
      labels: { ...LABELS, ...labels },
      readOnly: store ? store.readOnly : readOnly,
      version: -1,
      selected: "",
      marked: "",
      isStale: true,
      stops: [],
    });
    this.given = store ? store.text : scene;
    const drawing = parseScene(this.given);
    this.initial = { elements: restored(drawing), background: drawing.appState.viewBackgroundColor };
    // Nobody can touch it before it has started.
    host.inert = true;
    this.root = createRoot(host);
    this.ready = new Promise((resolve) => (this.isReady = resolve));
    this.setTheme(theme);
  }

  // How it begins

  /** The editor is there, and takes its elements over with one of the next frames. */
  mounted(api) {
    this.api = api;
    const begin = () => {
      if (this.isGone) return;
      if (api.getAppState().isLoading) requestAnimationFrame(begin);
      else this.start();
    };
    requestAnimationFrame(() => requestAnimationFrame(begin));
  }

  /** Until here it heard and said nothing; meanwhile the design may have been changed elsewhere. */
  start() {
    const { api, host, store } = this;
    this.settled();
    this.sight = new Sight(api, host.querySelector(".wb-canvas"));
    this.stops.push(
      shareKeys(host, {
        state: () => api.getAppState(),
        closeMenu: () => api.updateScene({ appState: { openMenu: null } }),
        deselect: () => select(api, []),
        leave: () => this.leave(),
      }),
      listen(host, "drop", (event) => this.dropped(event)),
      listen(window, "pagehide", () => this.flush()),
      listen(document, "visibilitychange", () => document.hidden && this.flush()),
    );
    if (store) this.follow(store);
    this.watchSize();
    host.inert = false;
    this.isReady();
  }

  /** Takes over what the store holds by now, and from then on what it tells. */
  follow(store) {
    if (store.text !== this.given) this.take(store.text);
    if (store.readOnly !== this.readOnly) this.setReadOnly(store.readOnly);
    const heard = (_, origin) => {
      if (store.readOnly !== this.readOnly) this.setReadOnly(store.readOnly);
      // Not what was told: what had been drawn until now may just have gone into the store.
      if (origin !== "board") this.take(store.text, { isOrdered: origin === "order" });
    };
    this.stops.push(
      store.subscribe(heard),
      store.beforeChange(() => this.flush()),
      store.onSelect((id, origin) => origin !== "board" && this.pointAt(id)),
    );
  }

  get hasStarted() {
    return Boolean(this.sight);
  }

  render() {
    this.root.render(
      <View
        labels={this.labels}
        theme={this.theme}
        readOnly={this.readOnly}
        elements={this.initial.elements}
        background={this.initial.background}
        onReady={(api) => this.mounted(api)}
        onChange={(elements, state) => this.heard(elements, state)}
        actions={{
          add: (item) => this.add(item),
          open: () => this.open(),
          saveFile: () => save(fileOf(this.flush()), `${this.labels.fileName}.excalidraw`),
          saveSvg: async () => save(await svgOf(this.api), `${this.labels.fileName}.svg`),
          fit: () => this.sight.fit(this.api.getSceneElements(), SMALLEST),
          nearer: () => this.sight.zoom(1.25),
          farther: () => this.sight.zoom(0.8),
          savePng: async () => save(await pngOf(this.api), `${this.labels.fileName}.png`),
        }}
      />,
    );
  }

  /** A board that was put away and comes back shows what has changed meanwhile. */
  watchSize() {
    // The editor learns of its size by an observer of its own, and acts on it with the next frame.
    const observer = new ResizeObserver(() => requestAnimationFrame(() => requestAnimationFrame(() => this.sized())));
    observer.observe(this.host);
    this.stops.push(() => observer.disconnect());
  }

  sized() {
    if (!this.sight.isThere || !this.isStale) return;
    this.isStale = false;
    this.inView();
  }

  /** All of the drawing, unless it is in view already. */
  inView() {
    const elements = this.api.getSceneElements();
    if (!this.sight.shows(elements)) this.sight.fit(elements);
  }

  // What somebody draws

  heard(elements, state) {
    if (!this.hasStarted) return;
    this.point(state);
    const version = getSceneVersion(elements);
    const background = state.viewBackgroundColor;
    if (version === this.version && background === this.background) return;
    Object.assign(this, { version, background });
    this.withoutPictures(elements);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), PAUSE);
  }

  /** Tells of what has changed, and returns the text. */
  flush() {
    clearTimeout(this.timer);
    const text = textOf(this.api);
    if (text !== this.text && !this.readOnly) {
      this.text = text;
      this.store?.set(text, "board");
      this.onChange?.(text, summary(readGraph(parseScene(text))));
    }
    return text;
  }

  /** However a picture came onto the board, it does not stay. */
  withoutPictures(elements) {
    const pictures = elements.filter(({ type, isDeleted }) => PICTURES.includes(type) && !isDeleted);
    if (!pictures.length) return;
    const kept = this.api.getSceneElementsIncludingDeleted().filter(({ type }) => !PICTURES.includes(type));
    this.api.updateScene({ elements: kept });
    this.tell(this.labels.noPictures);
  }

  /** One part or link that is selected here is looked at in the outline, too. */
  point(state) {
    const ids = Object.keys(state.selectedElementIds).filter((id) => state.selectedElementIds[id]);
    const id = ids.length === 1 ? ids[0] : "";
    if (id === this.selected) return;
    this.selected = id;
    if (!id) return;
    this.mark("");
    this.store?.select(id, "board");
  }

  // What comes from elsewhere

  take(text, { isOrdered = false } = {}) {
    const scene = parseScene(text);
    show(this.api, scene);
    this.settled();
    this.mark(this.marked);
    if (!this.sight.isThere) this.isStale = true;
    else if (isOrdered) this.sight.fit(this.api.getSceneElements());
  }

  settled() {
    this.text = textOf(this.api);
    this.version = getSceneVersion(this.api.getSceneElementsIncludingDeleted());
    this.background = this.api.getAppState().viewBackgroundColor;
  }

  /** Shows what the outline looks at, without the panels that come with a selection; nothing else is selected then. */
  pointAt(id) {
    if (Object.keys(this.api.getAppState().selectedElementIds).length) {
      this.selected = "";
      select(this.api, []);
    }
    this.mark(id);
    const element = this.find(id);
    if (element) this.sight.reveal(element);
  }

  /** A frame round this element, as it is now; none where it is gone. */
  mark(id) {
    const element = this.find(id);
    if (!element && !this.marked) return;
    this.marked = element ? id : "";
    this.api.updateScene({ appState: { elementsToHighlight: element ? [element] : null } });
  }

  find(id) {
    return id ? this.api.getSceneElements().find((each) => each.id === id) : undefined;
  }

  importScene(json) {
    const arriving = parseScene(json);
    const count = leftOut(arriving);
    if (count) this.tell(this.labels.leftOut(count));
    return { ...this.bring(arriving), leftOut: count };
  }

  importGraph(graph) {
    return { ...this.bring(fromGraph(graph)), leftOut: 0 };
  }

  bring(arriving) {
    if (this.readOnly) return { added: 0 };
    const { scene, added } = joinScenes(parseScene(textOf(this.api)), arriving);
    show(this.api, scene);
    this.flush();
    this.sight.fit(this.api.getSceneElements().filter(({ id }) => added.includes(id)));
    return { added: added.length };
  }

  open() {
    const input = Object.assign(document.createElement("input"), {
      type: "file",
      accept: ".excalidraw,.json,application/json",
    });
    input.onchange = () => this.read(input.files[0]);
    input.click();
  }

  dropped(event) {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    event.stopPropagation();
    this.read(file);
  }

  async read(file) {
    if (!file || this.readOnly) return;
    try {
      this.importScene(await file.text());
    } catch (reason) {
      if (!(reason instanceof BoardError)) throw reason;
      this.tell(file.type.startsWith("image/") ? this.labels.noPictures : this.labels.unreadable);
    }
  }

  // What the library adds

  add({ key, label }) {
    const scene = parseScene(textOf(this.api));
    const chosen = Object.keys(this.api.getAppState().selectedElementIds);
    const near = readGraph(scene).parts.find(({ id }) => chosen.includes(id))?.id ?? "";
    const { scene: next, id } = addPart(scene, { label, kind: key, near, at: near ? null : this.middle() });
    show(this.api, next);
    this.flush();
    this.api.setActiveTool({ type: "selection" });
    select(this.api, [id]);
    this.sight.reveal(this.find(id));
    this.takeFocus();
    this.say(this.labels.added(label));
  }

  /** The middle of what can be seen, on the board. */
  middle() {
    const { scrollX, scrollY, width, height, zoom } = this.api.getAppState();
    return { x: width / 2 / zoom.value - scrollX, y: height / 2 / zoom.value - scrollY };
  }

  // The board in the page

  setTheme(theme) {
    this.unwatch?.();
    this.unwatch = theme === "auto" ? watchTheme((now) => this.become(now)) : null;
    this.become(theme === "auto" ? pageTheme() : theme);
  }

  become(theme) {
    this.theme = theme;
    this.render();
  }

  setReadOnly(readOnly) {
    if (readOnly) this.flush();
    this.readOnly = readOnly;
    this.render();
  }

  /** Takes the focus, and what the outline looked at, so that arrow keys move it. */
  focus() {
    const id = this.store?.selected;
    if (this.find(id)) select(this.api, [id]);
    this.takeFocus();
  }

  takeFocus() {
    this.mark("");
    this.host.querySelector(".excalidraw-container")?.focus();
  }

  leave() {
    if (this.onLeave) this.onLeave();
    else after(this.host)?.focus();
  }

  tell(message) {
    this.api.setToast({ message, closable: true, duration: 6000 });
    this.say(message);
  }

  say(text) {
    this.host.querySelector(".wb-status").textContent = text;
  }

  destroy() {
    this.isGone = true;
    if (this.hasStarted) this.flush();
    this.host.inert = false;
    this.unwatch?.();
    for (const stop of this.stops) stop();
    this.root.unmount();
  }
}

function listen(target, name, heard) {
  target.addEventListener(name, heard, true);
  return () => target.removeEventListener(name, heard, true);
}

/** The next thing in the page that takes the focus. */
function after(host) {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, [tabindex='0']")];
  return all.find(
    (each) =>
      host.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING &&
      !host.contains(each) &&
      each.checkVisibility?.() !== false,
  );
}
