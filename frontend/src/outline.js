// What a page loads at once: the outline, and what a board says and how it is changed. The editor is not in here.

export * from "./graph.js";
export { KINDS, LIBRARY } from "./kinds.js";
export { BoardError, parseScene, writeScene } from "./scene.js";
export { createStore, summary } from "./store.js";
export { mountOutline } from "./outline/outline.js";
