// The door to the editor: a few lines for every page that may open a board. The first `mount` fetches the editor itself.

/* global BOARD_MODULE, BOARD_STYLES: named by content, filled in by the build. */

let editor = null;

/**
 * Opens a board in `host` and returns, when it is ready, its handle: {setTheme, setReadOnly, getScene, setScene,
 * importScene, importMermaid, exportFile, exportSvg, exportPng, focus, destroy}. An empty board is the empty text.
 *
 * scene      the stored text; or `store`, one of outline.js, which board and outline then share
 * theme      "light", "dark" or "auto", which follows the page
 * readOnly   look, but do not touch
 * onChange   (sceneText, {parts, links, problems}), a moment after something was drawn
 * onLeave    Escape with nothing selected; without it, whatever comes after the board in the page gets the focus
 * labels     other words than those of board/labels.js
 */
export async function mount(host, options = {}) {
  editor ??= load();
  try {
    const { mountBoard } = await editor;
    return await mountBoard(host, options);
  } catch (reason) {
    // The network may be back at the next try.
    editor = null;
    throw reason;
  }
}

async function load() {
  const at = (name) => new URL(name, import.meta.url).href;
  // Where the editor looks for its fonts.
  window.EXCALIDRAW_ASSET_PATH = at("./board/");
  const [module] = await Promise.all([import(at(BOARD_MODULE)), styles(at(BOARD_STYLES))]);
  return module;
}

function styles(href) {
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: resolve });
    link.onerror = () => {
      link.remove();
      reject(new Error("The styles of the board did not load."));
    };
    document.head.append(link);
  });
}
