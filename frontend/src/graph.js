// One graph: what a board says, and every change that can be made to it without drawing. Pure functions over scenes.

export { readGraph } from "./graph/reading.js";
export {
  addLink,
  addPart,
  removeLink,
  removePart,
  renameLink,
  renamePart,
  setDirection,
  setEnds,
  setKind,
  setLater,
  turnLink,
} from "./edit.js";
export { addArea, setArea } from "./areas.js";
export { arrange } from "./move.js";
export { fromGraph, joinScenes } from "./arrive.js";
