// One board, seen by the outline and by the editor at once: whoever changes it, the other hears of it. The text is what is
// saved; steps back and forth go over both.

import { readGraph } from "./graph.js";
import { parseScene, writeScene } from "./scene.js";

const STEPS = 100;

export function createStore(text = "", { readOnly = false } = {}) {
  let scene = parseScene(text);
  let current = writeScene(scene);
  let graph = null;
  let isReadOnly = readOnly;
  let selected = "";
  const [past, future] = [[], []];
  const [listeners, watchers, drawers] = [new Set(), new Set(), new Set()];

  const tell = (origin) => each(listeners, (listener) => listener(current, origin));

  const become = (nextText, origin) => {
    scene = parseScene(nextText);
    current = nextText;
    graph = null;
    tell(origin);
  };

  /** What was drawn a moment ago may not have been told yet. */
  const hearDrawers = () => each(drawers, (drawer) => drawer());

  const step = (from, to, origin) => {
    hearDrawers();
    if (!from.length || isReadOnly) return false;
    to.push(current);
    become(from.pop(), origin);
    return true;
  };

  return {
    get text() {
      return current;
    },
    get scene() {
      return scene;
    },
    get graph() {
      graph ??= readGraph(scene);
      return graph;
    },
    get readOnly() {
      return isReadOnly;
    },
    get canUndo() {
      return past.length > 0 && !isReadOnly;
    },
    get canRedo() {
      return future.length > 0 && !isReadOnly;
    },

    /** Takes over a text; false where it says the same. `origin` tells listeners who it was. */
    set(nextText, origin = "") {
      const next = writeScene(parseScene(nextText));
      if (next === current) return false;
      past.push(current);
      past.splice(0, past.length - STEPS);
      future.length = 0;
      become(next, origin);
      return true;
    },

    /** Changes the scene by one of the functions of graph.js. */
    change(edit, origin = "outline") {
      if (isReadOnly) return false;
      hearDrawers();
      return this.set(writeScene(edit(scene)), origin);
    },

    /** Another text from elsewhere, with no way back: the version that was kept, or one of another device. */
    replace(nextText, origin = "host") {
      past.length = future.length = 0;
      become(writeScene(parseScene(nextText)), origin);
    },

    undo: (origin = "undo") => step(past, future, origin),
    redo: (origin = "redo") => step(future, past, origin),

    setReadOnly(value) {
      isReadOnly = value;
      tell("read-only");
    },

    /** The part or link that is looked at, in the outline and on the board alike; "" for none. */
    get selected() {
      return selected;
    },
    select(id, origin = "outline") {
      if (id === selected) return;
      selected = id;
      each(watchers, (watcher) => watcher(id, origin));
    },

    /** Hears (text, origin) of every change. Returns how to stop listening. */
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Is called before others change the scene, to tell what it has not told yet. */
    beforeChange(drawer) {
      drawers.add(drawer);
      return () => drawers.delete(drawer);
    },
    onSelect(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}

/** One that fails says so by itself: the others hear all the same, and whoever changed something has changed it. */
function each(hearers, tell) {
  for (const hearer of [...hearers]) {
    try {
      tell(hearer);
    } catch (reason) {
      queueMicrotask(() => {
        throw reason;
      });
    }
  }
}

/** What a page says about a board: how much is on it, and what is wrong. */
export function summary({ parts, links, problems }) {
  return { parts: parts.length, links: links.length, problems };
}
