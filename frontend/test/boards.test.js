// The boards in tests/boards are read here as the server reads them: the outline must not show another design than the one
// that is scored.

import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { readGraph } from "../src/graph.js";
import { parseScene, writeScene } from "../src/scene.js";
import { asWritten } from "./written.js";

const BOARDS = fileURLToPath(new URL("../../tests/boards/", import.meta.url));
const names = fs
  .readdirSync(BOARDS)
  .filter((name) => name.endsWith(".graph.json"))
  .map((name) => name.replace(".graph.json", ""));

function drawn(problems) {
  return problems.filter(({ message }) => !message.startsWith("Not read:"));
}

test("there are boards to read", () => assert.ok(names.length >= 20, `${names.length} boards`));

for (const name of names) {
  const text = fs.readFileSync(`${BOARDS}${name}.json`, "utf8");
  const expected = JSON.parse(fs.readFileSync(`${BOARDS}${name}.graph.json`, "utf8"));

  test(`${name} is read as the server reads it`, () => {
    assert.deepEqual(asWritten(readGraph(JSON.parse(text))), expected);
  });

  test(`${name} says the same after it was stored`, (context) => {
    let scene;
    try {
      scene = parseScene(text);
    } catch {
      context.skip("is no file that can be opened");
      return;
    }
    const stored = writeScene(scene);
    assert.equal(writeScene(parseScene(stored)), stored);
    // Pictures are the one thing that is not stored.
    const { problems, ...design } = asWritten(readGraph(parseScene(stored)));
    assert.deepEqual({ problems: drawn(problems), ...design }, { ...expected, problems: drawn(expected.problems) });
  });
}
