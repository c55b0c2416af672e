// Files that come from a board, and how a browser saves them.

import { exportToBlob, exportToSvg } from "@excalidraw/excalidraw";

const PADDING = 16;

function drawing(api) {
  const { viewBackgroundColor } = api.getAppState();
  const appState = { viewBackgroundColor, exportBackground: true, exportWithDarkMode: false, exportEmbedScene: false };
  return { elements: api.getSceneElements(), appState, files: null, exportPadding: PADDING };
}

export async function svgOf(api) {
  const svg = await exportToSvg(drawing(api));
  return new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" });
}

export function pngOf(api) {
  return exportToBlob({
    ...drawing(api),
    mimeType: "image/png",
    getDimensions: (width, height) => ({ width: width * 2, height: height * 2, scale: 2 }),
  });
}

export function fileOf(text) {
  return new Blob([text], { type: "application/vnd.excalidraw+json" });
}

export function save(blob, name) {
  const href = URL.createObjectURL(blob);
  Object.assign(document.createElement("a"), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
