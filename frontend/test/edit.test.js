// What the outline does to a scene, compared with a plain list of what there should be.

import "./setup.js";

import assert from "node:assert/strict";
import { test } from "node:test";

import { overlap } from "../src/geometry.js";
import * as graph from "../src/graph.js";
import { COMPONENTS, KINDS, LIBRARY } from "../src/kinds.js";
import { BoardError, emptyScene, parseScene, writeScene } from "../src/scene.js";
import { chance } from "./random.js";

const PART = ["rectangle", "ellipse", "diamond"];

function names(scene) {
  const { parts, groups, links } = graph.readGraph(scene);
  const label = Object.fromEntries([...parts, ...groups].map((part) => [part.id, part.label]));
  return {
    parts: parts.map((part) => [part.label, part.saidKind, label[part.group] ?? ""]),
    links: links.map((link) => [label[link.from], label[link.to], link.label, link.direction, link.isLater]),
  };
}

function drawn(count) {
  const ids = [];
  let scene = emptyScene();
  for (let index = 0; index < count; index += 1) {
    const made = graph.addPart(scene, { label: `Part ${index}` });
    ids.push(made.id);
    scene = made.scene;
  }
  return { scene, ids };
}

test("thirty parts stand apart, in rows", () => {
  const { scene } = drawn(30);
  const boxes = scene.elements.filter(({ type }) => PART.includes(type));
  assert.equal(boxes.length, 30);
  for (const a of boxes) for (const b of boxes) assert.ok(a === b || !overlap(a, b, 20), `${a.id} covers ${b.id}`);
  assert.ok(new Set(boxes.map(({ y }) => y)).size >= 6);
});

test("a part goes beside the one it is added to, and the drawing stays as wide as a board", () => {
  const { scene, ids } = drawn(7);
  const at = (made, id) => made.elements.find((element) => element.id === id);
  for (const near of ids) {
    const made = graph.addPart(scene, { label: "Near", near });
    const [here, there] = [at(made.scene, near), at(made.scene, made.id)];
    const steps = Math.abs(there.x - here.x) / 260 + Math.abs(there.y - here.y) / 132;
    assert.ok(steps <= 3, `${steps} steps from ${here.x}, ${here.y}`);
    assert.ok(there.x >= 0 && there.x + there.width <= 700, `${there.x}`);
  }
  // One after the other, each beside the last.
  let [chain, near] = [emptyScene(), ""];
  for (let index = 0; index < 12; index += 1) {
    const made = graph.addPart(chain, { label: `Part ${index}`, near });
    if (near) {
      const [here, there] = [at(made.scene, near), at(made.scene, made.id)];
      assert.equal(Math.abs(there.x - here.x) / 260 + Math.abs(there.y - here.y) / 132, 1);
    }
    [chain, near] = [made.scene, made.id];
  }
  const boxes = chain.elements.filter(({ type }) => PART.includes(type));
  assert.equal(new Set(boxes.map(({ x }) => x)).size, 3);
  assert.equal(new Set(boxes.map(({ y }) => y)).size, 4);
});

test("a part has a name, of words", () => {
  assert.throws(() => graph.addPart(emptyScene(), { label: " \n\t " }), BoardError);
  const { scene, id } = graph.addPart(emptyScene(), { label: "  Seat\n\tstore " });
  assert.equal(graph.readGraph(scene).parts[0].label, "Seat store");
  assert.throws(() => graph.renamePart(scene, id, ""), BoardError);
  assert.throws(() => graph.renamePart(scene, "gone", "X"), BoardError);
});

test("a long name makes its box larger, and the arrows still end at it", () => {
  const { scene, ids } = drawn(2);
  const linked = graph.addLink(scene, { from: ids[0], to: ids[1], label: "reads" });
  const name = "A service with a name that nobody would want to say twice in one meeting";
  const renamed = graph.renamePart(linked.scene, ids[1], name);
  const before = linked.scene.elements.find(({ id }) => id === ids[1]);
  const after = renamed.elements.find(({ id }) => id === ids[1]);
  assert.ok(after.height > before.height);
  assert.deepEqual(names(renamed).links, [["Part 0", name, "reads", "forward", false]]);
  const arrow = renamed.elements.find(({ id }) => id === linked.id);
  const tip = arrow.x + arrow.points.at(-1)[0];
  assert.ok(tip < after.x && tip > after.x - 12, `${tip} at ${after.x}`);
});

test("a replica is a database and a stream is a queue, and each is called what it is", () => {
  for (const [key, kind] of [["replica", "database"], ["stream", "queue"]]) {
    const { scene, id } = graph.addPart(emptyScene(), { label: "Thing", kind: key });
    const said = (drawing) => graph.readGraph(parseScene(writeScene(drawing))).parts[0];
    assert.deepEqual([said(scene).kind, said(scene).saidKind, said(scene).variant], [kind, kind, key]);
    const plain = graph.setKind(scene, id, kind);
    assert.deepEqual([said(plain).kind, said(plain).variant], [kind, ""]);
    assert.equal(said(graph.setKind(plain, id, key)).variant, key);
    const open = graph.setKind(scene, id, null);
    assert.deepEqual([said(open).saidKind, said(open).variant], [null, ""]);
    const drawings = [scene, plain].map(({ elements }) => elements.find((each) => each.id === id).backgroundColor);
    assert.equal(drawings[0], drawings[1]);
  }
  assert.deepEqual(
    COMPONENTS.map(([key]) => key),
    LIBRARY.map(({ key }) => key),
  );
  assert.deepEqual(new Set(LIBRARY.map(({ kind }) => kind)), new Set(Object.keys(KINDS)));
});

test("every kind is drawn, said and taken back", () => {
  for (const kind of Object.keys(KINDS)) {
    const { scene, id } = graph.addPart(emptyScene(), { label: "Thing", kind });
    assert.equal(graph.readGraph(scene).parts[0].kind, kind);
    const open = graph.setKind(scene, id, null);
    assert.deepEqual(names(open).parts, [["Thing", null, ""]]);
    assert.equal(graph.readGraph(graph.setKind(open, id, kind)).parts[0].kind, kind);
  }
});

test("a colour that somebody chose stays when the kind changes", () => {
  const { scene, id } = graph.addPart(emptyScene(), { label: "Thing", kind: "cache" });
  const colour = (from) => from.elements.find((element) => element.id === id).backgroundColor;
  const elements = scene.elements.map((element) =>
    element.id === id ? { ...element, backgroundColor: "#ff0000" } : element,
  );
  assert.equal(colour(graph.setKind({ ...scene, elements }, id, "queue")), "#ff0000");
  assert.notEqual(colour(graph.setKind(scene, id, "queue")), colour(scene));
});

test("removing a part takes its name, its links and what names it", () => {
  const { scene, ids } = drawn(3);
  const first = graph.addLink(scene, { from: ids[0], to: ids[1], label: "one" });
  const second = graph.addLink(first.scene, { from: ids[1], to: ids[2], label: "two" });
  const third = graph.addLink(second.scene, { from: ids[2], to: ids[0], label: "three" });
  const left = graph.removePart(third.scene, ids[1]);
  assert.deepEqual(names(left).links, [["Part 2", "Part 0", "three", "forward", false]]);
  assert.equal(left.elements.length, 2 * 2 + 2);
  for (const gone of [ids[1], first.id, second.id]) assert.ok(!JSON.stringify(left).includes(gone));
});

test("a link is turned, made mutual, loosed and made late", () => {
  const { scene, ids } = drawn(2);
  const { scene: linked, id } = graph.addLink(scene, { from: ids[0], to: ids[1] });
  const link = (from) => names(from).links[0];
  assert.deepEqual(link(linked), ["Part 0", "Part 1", "", "forward", false]);
  const turned = graph.turnLink(linked, id);
  assert.deepEqual(link(turned), ["Part 1", "Part 0", "", "forward", false]);
  assert.deepEqual(link(graph.turnLink(turned, id)), link(linked));
  assert.deepEqual(link(graph.setDirection(turned, id, "forward")), link(turned));
  assert.equal(link(graph.setDirection(linked, id, "both"))[3], "both");
  assert.equal(link(graph.setDirection(linked, id, "none"))[3], "none");
  assert.equal(link(graph.setLater(linked, id, true))[4], true);
  assert.deepEqual(link(graph.setEnds(turned, id, { from: ids[0], to: ids[1] })), link(linked));
});

test("what a link says is written, changed and wiped out", () => {
  const { scene, ids } = drawn(2);
  const { scene: linked, id } = graph.addLink(scene, { from: ids[0], to: ids[1], label: "SQL" });
  assert.equal(names(graph.renameLink(linked, id, " writes  only ")).links[0][2], "writes only");
  const silent = graph.renameLink(linked, id, "");
  assert.equal(names(silent).links[0][2], "");
  assert.equal(silent.elements.length, 2 * 2 + 1);
});

test("links between the same two parts run side by side", () => {
  const { scene, ids } = drawn(2);
  const there = graph.addLink(scene, { from: ids[0], to: ids[1] });
  const back = graph.addLink(there.scene, { from: ids[1], to: ids[0] });
  const [a, b] = [there.id, back.id].map((id) => back.scene.elements.find((element) => element.id === id));
  assert.ok(Math.abs(a.y - b.y) >= 15, `${a.y} and ${b.y}`);
  assert.equal(graph.readGraph(back.scene).problems.length, 0);
});

test("an arrow that hangs in the air is attached where somebody says", () => {
  const { scene, ids } = drawn(2);
  const arrow = {
    id: "loose",
    type: "arrow",
    x: 0,
    y: 900,
    width: 50,
    height: 0,
    points: [
      [0, 0],
      [50, 0],
    ],
    endArrowhead: "arrow",
  };
  const hanging = { ...scene, elements: [...scene.elements, arrow] };
  assert.equal(graph.readGraph(hanging).loose.length, 1);
  const attached = graph.setEnds(hanging, "loose", { from: ids[1], to: ids[0] });
  assert.deepEqual(names(attached).links, [["Part 1", "Part 0", "", "forward", false]]);
  assert.deepEqual(graph.readGraph(attached).problems, []);
});

test("a name that stands on a box as a text of its own is changed there", () => {
  const box = { id: "box", type: "rectangle", x: 0, y: 0, width: 200, height: 100 };
  const text = {
    id: "text",
    type: "text",
    x: 60,
    y: 40,
    width: 80,
    height: 20,
    text: "Old",
    fontSize: 20,
    fontFamily: 5,
  };
  const renamed = graph.renamePart({ ...emptyScene(), elements: [box, text] }, "box", "New name");
  assert.equal(graph.readGraph(renamed).parts[0].label, "New name");
  assert.deepEqual(
    renamed.elements.map(({ id }) => id),
    ["box", "text"],
  );
  assert.equal(renamed.elements[1].fontFamily, 5);
});

test("parts go into an area and out of it, and the area holds them", () => {
  const { scene, ids } = drawn(8);
  const area = graph.addArea(scene, { label: "Region A" });
  const full = ids.slice(0, 6).reduce((next, id) => graph.setArea(next, id, area.id), area.scene);
  assert.deepEqual(
    names(full).parts.map(([, , group]) => group),
    [...Array(6).fill("Region A"), "", ""],
  );
  const boxes = full.elements.filter(({ type }) => PART.includes(type));
  for (const a of boxes) for (const b of boxes) assert.ok(a === b || !overlap(a, b), `${a.id} covers ${b.id}`);
  const out = graph.setArea(full, ids[0], "");
  assert.equal(names(out).parts[0][2], "");
  assert.deepEqual(
    names(graph.removePart(out, area.id)).parts.map(([, , group]) => group),
    Array(8).fill(""),
  );
});

test("putting in order changes places and nothing else", () => {
  const { scene, ids } = drawn(9);
  const pairs = [
    [0, 1],
    [1, 2],
    [2, 0],
    [0, 3],
    [3, 4],
    [0, 4],
    [5, 6],
    [6, 5],
  ];
  const linked = pairs.reduce(
    (next, [a, b]) => graph.addLink(next, { from: ids[a], to: ids[b], label: `${a} to ${b}` }).scene,
    scene,
  );
  const area = graph.addArea(linked, { label: "Zone" });
  const zoned = graph.setArea(graph.setArea(area.scene, ids[3], area.id), ids[4], area.id);
  const ordered = graph.arrange(zoned);
  assert.deepEqual(names(ordered), names(zoned));
  const boxes = ordered.elements.filter(({ type }) => PART.includes(type));
  for (const a of boxes) for (const b of boxes) assert.ok(a === b || !overlap(a, b, 10), `${a.id} covers ${b.id}`);
  assert.equal(writeScene(graph.arrange(ordered)).length, writeScene(ordered).length);
});

test("putting in order does not lose what was merely drawn near", () => {
  const box = (id, x) => ({ id, type: "rectangle", x, y: 0, width: 120, height: 60 });
  const text = (id, on, x) => ({
    id,
    type: "text",
    x,
    y: 20,
    width: 40,
    height: 20,
    text: on,
    containerId: on,
    fontSize: 16,
  });
  const arrow = {
    id: "near",
    type: "arrow",
    x: 125,
    y: 30,
    width: 170,
    height: 0,
    points: [
      [0, 0],
      [170, 0],
    ],
    endArrowhead: "arrow",
  };
  const scene = {
    ...emptyScene(),
    elements: [box("a", 0), text("ta", "a", 40), box("b", 300), text("tb", "b", 340), arrow],
  };
  assert.equal(graph.readGraph(scene).problems.length, 1);
  const ordered = graph.arrange(scene);
  assert.deepEqual(names(ordered).links, names(scene).links);
  assert.equal(graph.readGraph(ordered).problems.length, 0);
});

for (let seed = 1; seed <= 6; seed += 1) {
  test(`two hundred random changes keep scene and list the same (${seed})`, () => {
    const { next, pick, below } = chance(seed);
    let scene = emptyScene();
    let [parts, links] = [[], []];
    const word = () => `W${below(1e6)}`;
    const changes = {
      addPart: () => {
        const [label, kind] = [word(), pick([null, ...Object.keys(KINDS)])];
        const made = graph.addPart(scene, { label, kind, near: parts.length ? pick(parts).id : "" });
        scene = made.scene;
        parts.push({ id: made.id, label, kind });
      },
      removePart: () => {
        const { id } = pick(parts);
        scene = graph.removePart(scene, id);
        parts = parts.filter((part) => part.id !== id);
        links = links.filter(({ from, to }) => from !== id && to !== id);
      },
      rename: () => {
        const part = pick(parts);
        part.label = next() < 0.2 ? `${word()} ${"and more ".repeat(8)}x` : word();
        scene = graph.renamePart(scene, part.id, part.label);
      },
      setKind: () => {
        const part = pick(parts);
        part.kind = pick([null, ...Object.keys(KINDS)]);
        scene = graph.setKind(scene, part.id, part.kind);
      },
      addLink: () => {
        const [from, to] = [pick(parts).id, pick(parts).id];
        if (from === to) return;
        const link = {
          from,
          to,
          label: next() < 0.5 ? "" : word(),
          direction: pick(["forward", "both", "none"]),
          isLater: next() < 0.3,
        };
        const made = graph.addLink(scene, link);
        scene = made.scene;
        links.push({ id: made.id, ...link });
      },
      removeLink: () => {
        if (!links.length) return;
        const { id } = pick(links);
        scene = graph.removeLink(scene, id);
        links = links.filter((link) => link.id !== id);
      },
      say: () => {
        if (!links.length) return;
        const link = pick(links);
        link.label = next() < 0.3 ? "" : word();
        scene = graph.renameLink(scene, link.id, link.label);
      },
      turn: () => {
        if (!links.length) return;
        const link = pick(links);
        scene = graph.turnLink(scene, link.id);
        if (link.direction === "forward") [link.from, link.to] = [link.to, link.from];
      },
      arrange: () => {
        scene = graph.arrange(scene);
      },
      store: () => {
        scene = parseScene(writeScene(scene));
      },
    };
    for (let step = 0; step < 200; step += 1) {
      changes[parts.length < 2 ? "addPart" : pick(["addPart", "addPart", ...Object.keys(changes)])]();
      if (step % 10 && step < 199) continue;
      const read = graph.readGraph(scene);
      assert.deepEqual(
        read.parts.map(({ id, label, saidKind }) => [id, label, saidKind]).sort(),
        parts.map(({ id, label, kind }) => [id, label.trim(), kind]).sort(),
      );
      const row = ({ id, from, to, label, direction, isLater }) => {
        const ends = direction === "forward" ? [from, to] : [from, to].sort();
        return [id, ...ends, label, direction, isLater];
      };
      assert.deepEqual(read.links.map(row).sort(), links.map(row).sort());
      assert.deepEqual(
        read.problems.filter(({ message }) => !message.includes("not joined")),
        [],
      );
      assert.equal(writeScene(parseScene(writeScene(scene))), writeScene(scene));
    }
  });
}

test("what is put in order covers no note and meets no arrow that hangs in the air", () => {
  const { scene, ids } = drawn(4);
  const linked = graph.addLink(scene, { from: ids[0], to: ids[2] }).scene;
  const note = { id: "note", type: "text", x: 200, y: 90, width: 90, height: 20, text: "A note", fontSize: 16 };
  const points = [
    [0, 0],
    [90, 90],
  ];
  const loose = { id: "loose", type: "arrow", x: 150, y: 150, width: 90, height: 90, points, endArrowhead: "arrow" };
  const before = { ...linked, elements: [...linked.elements, note, loose] };
  const after = graph.arrange(before);
  assert.deepEqual(names(after), names(before));
  assert.deepEqual(graph.readGraph(after).notes, graph.readGraph(before).notes);
  assert.equal(graph.readGraph(after).loose.length, 1);
});
