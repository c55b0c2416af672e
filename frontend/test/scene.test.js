// The one text of a board.

import assert from "node:assert/strict";
import { test } from "node:test";

import { BoardError, leftOut, parseScene, writeScene } from "../src/scene.js";

const BOX = { id: "a", type: "rectangle", x: 1.23456, y: -0.00001, width: 10, height: 20, roughness: 0 };

function file(...elements) {
  return JSON.stringify({ type: "excalidraw", version: 2, elements });
}

function stored(...elements) {
  return writeScene(parseScene(file(...elements)));
}

test("nothing is an empty board, and an empty board is nothing", () => {
  assert.deepEqual(parseScene(" \n").elements, []);
  assert.equal(stored(), "");
  assert.equal(stored({ ...BOX, isDeleted: true }), "");
});

test("what is no Excalidraw file is refused in words", () => {
  for (const text of [
    "{",
    "[]",
    "null",
    '{"type":"excalidraw"}',
    file({ type: "rectangle" }),
    '{"type":"x","elements":[]}',
  ]) {
    assert.throws(() => parseScene(text), BoardError, text);
  }
});

test("what changes by itself is not stored", () => {
  const first = { version: 4, versionNonce: 77, updated: 1, index: "a0", seed: 5, isDeleted: false, link: null };
  const later = { version: 9, versionNonce: 12, updated: 2, index: "a1", seed: 6, isDeleted: false, link: null };
  assert.equal(stored({ ...BOX, ...first }), stored({ ...BOX, ...later }));
});

test("the order of keys and noise behind the third place do not matter", () => {
  const { id, type, ...rest } = BOX;
  assert.equal(stored({ ...rest, type, id }), stored(BOX));
  assert.equal(stored({ ...BOX, x: 1.2345600001 }), stored(BOX));
  assert.ok(!stored(BOX).includes("-0"));
});

test("the order in which elements are drawn does", () => {
  const other = { ...BOX, id: "b" };
  assert.notEqual(stored(BOX, other), stored(other, BOX));
});

test("an arrow without a head stays without", () => {
  const arrow = {
    id: "a",
    type: "arrow",
    x: 0,
    y: 0,
    width: 9,
    height: 0,
    points: [
      [0, 0],
      [9, 0],
    ],
    startArrowhead: null,
    endArrowhead: null,
  };
  assert.match(stored(arrow), /"endArrowhead":null/);
});

test("a rough stroke keeps its look", () => {
  assert.match(stored({ ...BOX, roughness: 1, seed: 42 }), /"seed":42/);
});

test("pictures and pages are left out and counted; one that is a part leaves its box", () => {
  const picture = { ...BOX, id: "p", type: "image", fileId: "f", boundElements: [] };
  const part = { ...BOX, id: "q", type: "image", fileId: "f", boundElements: [{ type: "arrow", id: "z" }] };
  const scene = parseScene(file(picture, part, { ...BOX, id: "e", type: "embeddable", link: "https://example.org" }));
  assert.equal(leftOut(scene), 2);
  const text = writeScene(scene);
  assert.deepEqual(
    JSON.parse(text).elements.map(({ id, type }) => [id, type]),
    [["q", "rectangle"]],
  );
  assert.ok(!text.includes("fileId") && !text.includes("example.org"));
});

test("text in fonts that are not there is written in the nearest", () => {
  const text = { id: "t", type: "text", x: 0, y: 0, width: 9, height: 9, text: "x", fontFamily: 3 };
  assert.match(stored(text), /"fontFamily":8/);
});

test("one element stands on one line", () => {
  const lines = stored(BOX, { ...BOX, id: "b" })
    .trimEnd()
    .split("\n");
  assert.equal(lines.length, 4);
  assert.equal(JSON.parse(lines[1].replace(/,$/, "")).id, "a");
});
