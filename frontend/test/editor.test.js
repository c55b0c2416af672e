// The editor's rules of lists and marks, as text. That keys follow them is tested in a browser, tests/whiteboard/test_editor.py.

import assert from "node:assert/strict";
import test from "node:test";

import { difference } from "../src/editor/difference.js";
import { countWords, readLine } from "../src/editor/lines.js";
import { goOn, indentLines, lift, nest, toggleItems } from "../src/editor/lists.js";
import { asCode, wrapped } from "../src/editor/marks.js";
import { chance as seeded } from "./random.js";

/** A text after edits as lists.js gives them; of two at one place, the first comes first. */
function edited(text, edits) {
  const lines = text.split("\n");
  const sorted = [...edits].reverse().sort((a, b) => b.line - a.line || b.from - a.from);
  for (const { line, from, to, insert } of sorted) lines[line] = lines[line].slice(0, from) + insert + lines[line].slice(to);
  return lines.join("\n");
}

const changed = (text, changes) =>
  [...changes].sort((a, b) => b.from - a.from).reduce((so, { from, to, insert }) => so.slice(0, from) + insert + so.slice(to), text);

const at = (text, line, how) => edited(text, how(text.split("\n"), line));

function enter(text) {
  const [above] = text.split("|");
  const lines = text.replace("|", "").split("\n");
  const line = above.split("\n").length - 1;
  const edits = goOn(lines, line, above.split("\n").at(-1).length);
  return edits && edited(lines.join("\n"), edits);
}

test("Enter goes on with a list, and ends it on an empty item", () => {
  const cases = [
    ["- a|", "- a\n- "],
    ["- a|b", "- a\n- b"],
    ["+ a|", "+ a\n+ "],
    ["  1) a|", "  1) a\n  2) "],
    ["-   a|", "-   a\n-   "],
    ["- [X] a|", "- [X] a\n- [ ] "],
    ["> > - a|", "> > - a\n> > - "],
    ["- a\n- |", "- a\n"],
    ["> - a\n> - |", "> - a\n> "],
    ["- [ ] |", ""],
    ["- a\n  - b\n  - |", "- a\n  - b\n- "],
    ["1. a\n   - |\n2. c", "1. a\n2. \n3. c"],
    ["1. a|\n1. b\n1. c", "1. a\n2. \n3. b\n1. c"],
    ["1. a|\n2. b\n   - x\n\n3. c\n5. d", "1. a\n2. \n3. b\n   - x\n\n4. c\n5. d"],
    ["1. a|\nwords\n2. b", "1. a\n2. \nwords\n2. b"],
  ];
  for (const [before, after] of cases) assert.equal(enter(before), after, before);
});

test("Enter leaves alone what is no list", () => {
  for (const text of ["words|", "|- a", "-| a", "-a|", "> quoted|", "---|", "* * *|", "1.a|", "1234567890. a|", "|"])
    assert.equal(enter(text), null, text);
});

test("an item goes below the one before it, and back, with what belongs to it", () => {
  const cases = [
    ["- a\n- b", 1, "- a\n  - b"],
    ["10. a\n11. b", 1, "10. a\n    1. b"],
    ["1. a\n2. b\n3. c", 1, "1. a\n   1. b\n2. c"],
    ["1. a\n   1. x\n2. b\n   y\n\n   z\n3. c", 2, "1. a\n   1. x\n   2. b\n      y\n\n      z\n2. c"],
    ["> - a\n> - b", 1, "> - a\n>   - b"],
  ];
  for (const [before, line, after] of cases) {
    assert.equal(at(before, line, nest), after, before);
    assert.equal(at(after, line, lift), before, after);
  }
});

test("an item stays where there is nothing to go below, or beside", () => {
  for (const [text, line] of [["- a", 0], ["words\n- a", 1], ["- a\n  - b", 1], ["- a\n\nwords\n- b", 3], ["> - a\n- b", 1]])
    assert.deepEqual(nest(text.split("\n"), line), [], text);
  for (const text of ["- a", "words"]) assert.deepEqual(lift([text], 0), [], text);
});

test("lines go in and out by two", () => {
  assert.equal(edited("a\n\n> b", indentLines(["a", "", "> b"], 0, 2, false)), "  a\n\n>   b");
  assert.equal(edited("   a\n\tb\n c\nd", indentLines(["   a", "\tb", " c", "d"], 0, 3, true)), " a\nb\nc\nd");
});

test("lines become items and lines again", () => {
  const toggled = (text) => edited(text, toggleItems(text.split("\n"), 0, text.split("\n").length - 1));
  assert.equal(toggled(""), "- ");
  assert.equal(toggled("a\n\n  b"), "- a\n\n  - b");
  assert.equal(toggled("- a\n\n  - b"), "a\n\n  b");
  assert.equal(toggled("- a\nb"), "- a\n- b");
  assert.equal(toggled("> 1. a"), "> a");
});

test("marks are put and taken away by the same key", () => {
  const cases = [
    ["a b c", 2, 3, ["**", "**"], "a **b** c"],
    ["a b c", 2, 3, ["_", "_"], "a _b_ c"],
    ["a  c", 2, 2, ["**", "**", "bold"], "a **bold** c"],
  ];
  for (const [text, from, to, marks, after] of cases) {
    const put = wrapped(text, from, to, ...marks);
    assert.equal(changed(text, put.changes), after);
    const taken = wrapped(after, put.from, put.to, ...marks);
    assert.equal(changed(after, taken.changes), after.replaceAll(marks[0], ""));
    const whole = wrapped(after, put.from - marks[0].length, put.to + marks[1].length, ...marks);
    assert.equal(changed(after, whole.changes), after.replaceAll(marks[0], ""));
  }
  assert.equal(changed("**b**", wrapped("**b**", 2, 3, "*", "*").changes), "***b***", "one of two is not one");
  assert.deepEqual(wrapped("", 0, 0, "**", "**"), { changes: [{ from: 0, to: 0, insert: "****" }], from: 2, to: 2 });
});

test("several lines of code get a fence that nothing in them closes", () => {
  const coded = (text, from, to) => changed(text, asCode(text, from, to).changes);
  assert.equal(coded("a b", 2, 3), "a `b`");
  assert.equal(coded("x a\nb y", 2, 5), "x \n```\na\nb\n```\n y");
  assert.equal(coded("a\n```\nb", 0, 7), "````\na\n```\nb\n````");
});

test("the difference of two texts makes one of the other, and cuts no character in two", () => {
  const { next: chance } = seeded(7);
  const pieces = ["a", "b", "\n", "😀", "😁", "👩‍💻", "é"];
  const text = () => Array.from({ length: Math.floor(chance() * 8) }, () => pieces[Math.floor(chance() * pieces.length)]).join("");
  for (let turn = 0; turn < 3000; turn += 1) {
    const [before, after] = [text(), text()];
    const change = difference(before, after);
    if (before === after) assert.equal(change, null);
    else {
      assert.equal(changed(before, [change]), after);
      assert.ok(change.from <= change.to);
      for (const piece of [before.slice(0, change.from), change.insert, before.slice(change.to)])
        assert.ok(piece.isWellFormed?.() ?? true, JSON.stringify([before, after, change]));
    }
  }
});

test("a line is put together again from its parts", () => {
  for (const text of ["- a", "  12) [x] b", "> > * c", "\t- d", "words", "> words", "", "  ", "1."]) {
    const line = readLine(text);
    const marker = line.isItem ? (line.bullet || line.digits + line.dot) + line.space + line.task : "";
    assert.equal(line.quote + line.indent + marker + text.slice(line.start), text);
  }
  assert.equal(readLine("\t- d").column, 4);
});

test("words are what stands between white space", () => {
  assert.equal(countWords(""), 0);
  assert.equal(countWords(" \n\t"), 0);
  assert.equal(countWords("one  two\nthree-and four, 👩‍💻"), 5);
});
