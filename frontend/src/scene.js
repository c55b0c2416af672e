// A board is one text: an Excalidraw file with what matters and nothing that changes by itself, so that equal drawings are
// equal texts, and saving one is saving text. One element a line, in the order they are drawn.

/** What cannot be done with a board, in words for whoever asked for it. */
export class BoardError extends Error {}

// Counters, times and random numbers of the editor, and what this product does not use.
const VOLATILE = new Set(["version", "versionNonce", "updated", "index", "isDeleted", "lastCommittedPoint", "link"]);
// What the editor fills in by itself. An arrowhead is not among them: there, nothing means something else than null.
const DEFAULTS = {
  angle: 0,
  opacity: 100,
  locked: false,
  frameId: null,
  roundness: null,
  containerId: null,
  startBinding: null,
  endBinding: null,
  groupIds: [],
  boundElements: [],
  customData: {},
  autoResize: true,
};
const FIRST = ["id", "type", "x", "y", "width", "height"];
// Pictures and pages of other sites: a board is parts, arrows, words and strokes.
const PICTURES = new Set(["image", "embeddable", "iframe"]);
const REFUSED = new Set([...PICTURES, "selection"]);
const BACKGROUND = "#ffffff";
// The text of fonts that are not bundled is drawn in the nearest that is.
const FONTS = { 2: 6, 3: 8, 9: 6 };

export function emptyScene() {
  return { type: "excalidraw", version: 2, elements: [], appState: { viewBackgroundColor: BACKGROUND } };
}

/** The scene in a stored text; nothing at all is an empty board. */
export function parseScene(text) {
  if (!text.trim()) return emptyScene();
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    throw new BoardError("This is not an Excalidraw file.");
  }
  const elements = data?.elements;
  if (data?.type !== "excalidraw" || !Array.isArray(elements) || !elements.every(isElement)) {
    throw new BoardError("This is not an Excalidraw file.");
  }
  return withElements(
    { ...emptyScene(), appState: { viewBackgroundColor: background(data.appState) } },
    elements.map(takenOver),
  );
}

/** The one text of a scene. */
export function writeScene(scene) {
  const elements = live(scene).map((element) => JSON.stringify(canonical(element)));
  const appState = JSON.stringify({ viewBackgroundColor: background(scene.appState) });
  const head = `{"type":"excalidraw","version":2,"appState":${appState}`;
  return elements.length ? `${head},"elements":[\n${elements.join(",\n")}\n]}\n` : "";
}

/** Elements that are there and may be, in the order they are drawn. */
export function live(scene) {
  return scene.elements.filter((element) => !element.isDeleted && !REFUSED.has(element.type));
}

/** How many pictures and embedded pages of an opened file are left out. */
export function leftOut(scene) {
  return scene.elements.filter(({ isDeleted, type }) => !isDeleted && PICTURES.has(type)).length;
}

export function withElements(scene, elements) {
  return { ...scene, elements };
}

/** An element of a file, as this board can have it. */
function takenOver(element) {
  if (element.type === "magicframe") return { ...element, type: "frame" };
  if (element.type === "text" && element.fontFamily in FONTS)
    return { ...element, fontFamily: FONTS[element.fontFamily] };
  // A picture that is a part of the design, with an arrow or a caption, leaves an empty box for it.
  const isPart = PICTURES.has(element.type) && (element.boundElements?.length || element.groupIds?.length);
  if (!isPart) return element;
  const { fileId, status, scale, crop, link, ...rest } = element;
  return { ...rest, type: "rectangle", strokeStyle: "dashed", strokeColor: "#1e1e1e" };
}

/** An element as it is stored, without what the editor fills in. */
export function canonical(element) {
  const keys = [
    ...FIRST,
    ...Object.keys(element)
      .filter((key) => !FIRST.includes(key))
      .sort(),
  ];
  const kept = keys.filter((key) => element[key] !== undefined && !VOLATILE.has(key) && !isDefault(key, element));
  return Object.fromEntries(kept.map((key) => [key, rounded(element[key])]));
}

function isDefault(key, element) {
  // The random look of a stroke without roughness is no look.
  if (key === "seed") return element.roughness === 0;
  return key in DEFAULTS && (element[key] === null || JSON.stringify(element[key]) === JSON.stringify(DEFAULTS[key]));
}

function rounded(value) {
  if (typeof value === "number") return Math.round(value * 1000) / 1000 || 0;
  if (Array.isArray(value)) return value.map(rounded);
  if (value && typeof value === "object") {
    return Object.fromEntries(
      Object.keys(value)
        .sort()
        .map((key) => [key, rounded(value[key])]),
    );
  }
  return value;
}

function isElement(element) {
  return Boolean(element) && typeof element.id === "string" && typeof element.type === "string";
}

function background(appState) {
  const colour = appState?.viewBackgroundColor;
  return typeof colour === "string" ? colour : BACKGROUND;
}
