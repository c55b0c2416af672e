// CodeMirror as the editor takes it. Its rules come in a <style> element, which the product's policy forbids; only within
// a shadow root it adopts a sheet, as any document has been able to for years: so it does everywhere. It draws what is
// near the visible part; a longer stretch lets the browser's own search, and a screen reader, find the whole text. And two
// packages are left out of which next to nothing is used. As in offline.mjs, every change must find what it expects.

import fs from "node:fs";
import { fileURLToPath } from "node:url";

// [what for, in which package, what to find, what to put there, how often]
const CHANGES = [
  [
    "rules are adopted, without an element",
    "style-mod",
    "if (!root.head && root.adoptedStyleSheets && win.CSSStyleSheet)",
    "if (root.adoptedStyleSheets && win.CSSStyleSheet)",
    1,
  ],
  ["some 2,000 lines are drawn", "@codemirror/view", "1000 /* VP.Margin */", "50000 /* VP.Margin */", 7],
];
const WITHOUT = [
  [/^@codemirror\/language$/, "../without/language.js"],
  [/^@lezer\/highlight$/, "../without/highlight.js"],
];

export const codemirror = {
  name: "codemirror",
  setup(build) {
    const found = new Map();
    build.onStart(() => found.clear());
    for (const [filter, file] of WITHOUT)
      build.onResolve({ filter }, () => ({ path: fileURLToPath(new URL(file, import.meta.url)) }));
    build.onLoad({ filter: /node_modules[\\/](?:style-mod|@codemirror[\\/]view)[\\/].*\.js$/ }, async ({ path }) => {
      let contents = await fs.promises.readFile(path, "utf8");
      for (const [why, where, what, instead] of CHANGES) {
        if (!path.replaceAll("\\", "/").includes(`/node_modules/${where}/`)) continue;
        found.set(why, (found.get(why) ?? 0) + contents.split(what).length - 1);
        contents = contents.replaceAll(what, instead);
      }
      return { contents, loader: "js" };
    });
    build.onEnd(() => {
      const wrong = CHANGES.filter(([why, , , , times]) => found.get(why) !== times).map(([why]) => why);
      if (wrong.length) throw new Error(`CodeMirror has changed; look again at: ${wrong.join("; ")}.`);
    });
  },
};
