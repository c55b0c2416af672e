// Builds static/whiteboard and static/editor from the packages of the lock: `npm ci && npm run build`. The same inputs give
// the same bytes, so the suite can compare what is committed with what comes out.
//
//   whiteboard/outline.js     the outline and the scene functions; loads nothing else
//   whiteboard/whiteboard.js  `mount`: a few lines that fetch board/ when somebody opens the board
//   whiteboard/board/         Excalidraw with what it needs, named by content. These are .mjs, which Django's manifest storage
//                             leaves alone: it would go in circles over chunks that import each other, or load one twice
//   editor/editor.js          the Markdown editor, one module with its styles in it
//   */LICENSES.txt            the licences of everything beside it

import * as esbuild from "esbuild";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { codemirror } from "./build/codemirror.mjs";
import { offline } from "./build/offline.mjs";
import { assertNoForeignHosts } from "./build/hosts.mjs";
import { licencesOfTheBoard, licencesOfTheEditor } from "./build/licences.mjs";
import { FONTS } from "./build/fonts.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const built = path.resolve(process.argv[2] ?? path.join(here, "../static"));
const out = path.join(built, "whiteboard");
const outOfTheEditor = path.join(built, "editor");

const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  charset: "utf8",
  legalComments: "none",
  conditions: ["production"],
  define: { "process.env.NODE_ENV": '"production"', "process.env.IS_PREACT": '"false"' },
  metafile: true,
  logLevel: "warning",
};

for (const folder of [out, outOfTheEditor]) fs.rmSync(folder, { recursive: true, force: true });

const board = await esbuild.build({
  ...common,
  entryPoints: { board: "src/board.jsx" },
  outdir: path.join(out, "board"),
  outExtension: { ".js": ".mjs" },
  splitting: true,
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  plugins: [offline],
});
const [module, { cssBundle }] = Object.entries(board.metafile.outputs).find(
  ([, output]) => output.entryPoint === "src/board.jsx",
);
for (const family of FONTS) {
  const from = path.join(here, "node_modules/@excalidraw/excalidraw/dist/prod/fonts", family);
  fs.cpSync(from, path.join(out, "board/fonts", family), { recursive: true });
}

const outline = await esbuild.build({
  ...common,
  entryPoints: { outline: "src/outline.js", whiteboard: "src/whiteboard.js" },
  outdir: out,
  define: {
    ...common.define,
    BOARD_MODULE: JSON.stringify(`./board/${path.basename(module)}`),
    BOARD_STYLES: JSON.stringify(`./board/${path.basename(cssBundle)}`),
  },
});
const styles = await esbuild.build({ ...common, entryPoints: { outline: "src/outline.css" }, outdir: out });

const inputs = [board, outline, styles].flatMap((result) => Object.keys(result.metafile.inputs));
fs.writeFileSync(path.join(out, "LICENSES.txt"), licencesOfTheBoard(here, inputs));

const editor = await esbuild.build({
  ...common,
  entryPoints: { editor: "src/editor.js" },
  outdir: outOfTheEditor,
  plugins: [codemirror],
});
// What was read and found unused is not in there, and owes nobody a licence.
const [{ inputs: used }] = Object.values(editor.metafile.outputs);
const bundled = Object.keys(used).filter((name) => used[name].bytesInOutput > 0);
fs.writeFileSync(path.join(outOfTheEditor, "LICENSES.txt"), licencesOfTheEditor(here, bundled));

for (const folder of [out, outOfTheEditor]) assertNoForeignHosts(folder);
