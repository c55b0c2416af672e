// Graphs that the server has read from Mermaid, and files, come onto the board as what they say.

import "./setup.js";

import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { overlap } from "../src/geometry.js";
import { fromGraph, joinScenes, readGraph } from "../src/graph.js";
import { emptyScene, parseScene, writeScene } from "../src/scene.js";

const BOARDS = fileURLToPath(new URL("../../tests/boards/", import.meta.url));
const files = fs.readdirSync(BOARDS).filter((name) => name.endsWith(".graph.json"));

/** A graph without identifiers, which the board gives anew. */
function meaning({ nodes, groups, edges }) {
  const name = (id) => (nodes[id] ?? groups[id])?.label ?? "";
  const rows = (list) => list.map((row) => JSON.stringify(row)).sort();
  return {
    nodes: rows(Object.values(nodes).map(({ label = "", kind = null, group = "" }) => [label, kind, name(group)])),
    groups: rows(Object.values(groups).map(({ label = "", group = "" }) => [label, name(group)])),
    edges: rows(
      edges.map(({ from, to, label = "", loose = false, later = false }) => [
        ...(loose ? [name(from), name(to)].sort() : [name(from), name(to)]),
        label,
        loose,
        later,
      ]),
    ),
  };
}

function written({ parts, groups, links }) {
  const edges = links.flatMap(({ from, to, label, direction, isLater }) => {
    const edge = { label, loose: direction === "none", later: isLater };
    return [{ from, to, ...edge }, ...(direction === "both" ? [{ from: to, to: from, ...edge }] : [])];
  });
  const byId = (rows) => Object.fromEntries(rows.map((row) => [row.id, row]));
  return { nodes: byId(parts), groups: byId(groups), edges };
}

for (const file of files) {
  const graph = JSON.parse(fs.readFileSync(BOARDS + file, "utf8"));
  const { nodes, groups } = graph;
  // A box without a name says what it is by its form, which a drawing of a graph does not know.
  const isNamed = [...Object.values(nodes), ...Object.values(groups)].every(({ label }) => label);

  test(
    `the graph of ${file} becomes a board and the same graph again`,
    { skip: !isNamed && "has nameless parts" },
    () => {
      const scene = fromGraph(graph);
      assert.deepEqual(meaning(written(readGraph(scene))), meaning(graph));
      assert.equal(writeScene(parseScene(writeScene(scene))), writeScene(scene));
      const boxes = scene.elements.filter(({ type }) => ["rectangle", "ellipse"].includes(type));
      for (const a of boxes) for (const b of boxes) assert.ok(a === b || !overlap(a, b, 8), `${a.id} covers ${b.id}`);
    },
  );
}

test("what arrives is put beside what is there, and neither loses anything", () => {
  const graph = JSON.parse(fs.readFileSync(`${BOARDS}url-shortener.graph.json`, "utf8"));
  const board = parseScene(fs.readFileSync(`${BOARDS}url-shortener.json`, "utf8"));
  const both = joinScenes(board, fromGraph(graph)).scene;
  const [one, two] = [readGraph(board), readGraph(both)];
  assert.equal(two.parts.length, 2 * one.parts.length);
  assert.equal(two.links.length, 2 * one.links.length);
});

test("the same file twice gets names of its own", () => {
  const board = parseScene(fs.readFileSync(`${BOARDS}frame.json`, "utf8"));
  const { scene, added } = joinScenes(board, board);
  assert.equal(new Set(scene.elements.map(({ id }) => id)).size, scene.elements.length);
  assert.equal(added.length, scene.elements.length / 2);
  assert.equal(readGraph(scene).groups.length, 2 * readGraph(board).groups.length);
});

test("onto an empty board a file comes as it is", () => {
  const board = parseScene(fs.readFileSync(`${BOARDS}two-boxes.json`, "utf8"));
  assert.equal(writeScene(joinScenes(emptyScene(), board).scene), writeScene(board));
});
