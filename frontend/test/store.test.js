// One board, seen by outline and editor at once.

import "./setup.js";

import assert from "node:assert/strict";
import { test } from "node:test";

import { addLink, addPart } from "../src/graph.js";
import { BoardError } from "../src/scene.js";
import { createStore, summary } from "../src/store.js";

function add(store, label, origin) {
  let made = "";
  store.change((scene) => {
    const { scene: next, id } = addPart(scene, { label });
    made = id;
    return next;
  }, origin);
  return made;
}

test("everybody hears of a change, with its origin", () => {
  const store = createStore();
  const heard = [];
  const stop = store.subscribe((text, origin) => heard.push([origin, text === store.text]));
  add(store, "One");
  add(store, "Two", "host");
  stop();
  add(store, "Three");
  assert.deepEqual(heard, [
    ["outline", true],
    ["host", true],
  ]);
});

test("the same text is no change", () => {
  const store = createStore();
  add(store, "One");
  const { text } = store;
  let heard = 0;
  store.subscribe(() => (heard += 1));
  assert.equal(store.set(`${text}\n`), false);
  assert.equal(heard, 0);
  assert.equal(store.canUndo, true);
});

test("steps go back and forth over whoever made them", () => {
  const store = createStore();
  const texts = [store.text];
  for (const label of ["One", "Two", "Three"]) {
    add(store, label, label === "Two" ? "board" : "outline");
    texts.push(store.text);
  }
  for (const text of texts.slice(0, -1).reverse()) {
    assert.ok(store.undo());
    assert.equal(store.text, text);
  }
  assert.equal(store.undo(), false);
  assert.ok(store.redo());
  assert.equal(store.text, texts[1]);
  add(store, "Another");
  assert.equal(store.redo(), false);
});

test("another text from elsewhere leaves no way back", () => {
  const store = createStore();
  add(store, "Mine");
  store.replace("");
  assert.equal(store.text, "");
  assert.equal(store.undo(), false);
});

test("a board to look at is not changed", () => {
  const store = createStore("", { readOnly: true });
  add(store, "One");
  assert.equal(store.text, "");
  store.setReadOnly(false);
  add(store, "One");
  store.setReadOnly(true);
  assert.equal(store.undo(), false);
  assert.equal(store.graph.parts.length, 1);
});

test("what was drawn a moment ago is heard before others change the scene", () => {
  const store = createStore();
  const drawn = createStore();
  add(drawn, "Drawn");
  store.beforeChange(() => store.set(drawn.text, "board"));
  add(store, "Typed");
  assert.deepEqual(
    store.graph.parts.map(({ label }) => label),
    ["Drawn", "Typed"],
  );
});

test("what is looked at is known to all, once", () => {
  const store = createStore();
  const heard = [];
  store.onSelect((id, origin) => heard.push([id, origin]));
  store.select("a", "board");
  store.select("a", "outline");
  store.select("b");
  assert.deepEqual(heard, [
    ["a", "board"],
    ["b", "outline"],
  ]);
});

test("one that fails keeps nobody from hearing, and is not hidden", (context) => {
  const later = [];
  context.mock.method(globalThis, "queueMicrotask", (act) => later.push(act));
  const store = createStore();
  const heard = [];
  const broken = (name) => () => {
    throw new Error(name);
  };
  store.subscribe(broken("listener"));
  store.subscribe((_, origin) => heard.push(origin));
  store.beforeChange(broken("drawer"));
  store.beforeChange(() => heard.push("drawer"));
  store.onSelect(broken("watcher"));
  store.onSelect((id) => heard.push(id));
  const id = add(store, "One");
  store.select(id);
  assert.deepEqual(
    store.graph.parts.map(({ label }) => label),
    ["One"],
  );
  assert.deepEqual(heard, ["drawer", "outline", id]);
  assert.equal(later.length, 3);
  for (const [index, name] of ["drawer", "listener", "watcher"].entries()) assert.throws(later[index], { message: name });
});

test("what cannot be done is for whoever wanted it", () => {
  const store = createStore();
  assert.throws(() => add(store, " "), BoardError);
  assert.equal(store.canUndo, false);
});

test("a summary counts, and says what is wrong", () => {
  const store = createStore();
  const [a, b] = [add(store, "One"), add(store, "Two")];
  assert.deepEqual(
    summary(store.graph).problems.map(({ element }) => element),
    [a, b],
  );
  store.change((scene) => addLink(scene, { from: a, to: b }).scene);
  assert.deepEqual(summary(store.graph), { parts: 2, links: 1, problems: [] });
});
