// Excalidraw as it is published asks other hosts for fonts, links to them, and brings what nobody here needs. This plugin
// changes its files on the way into the bundle. Every change must find what it expects, so an upgrade cannot undo one
// silently.

import fs from "node:fs";
import { fileURLToPath } from "node:url";

import { FOREIGN } from "./hosts.mjs";
import { WITHOUT } from "./fonts.mjs";

const EXCALIDRAW = /@excalidraw[\\/]excalidraw[\\/]dist[\\/]prod[\\/]/;

const SUBSET = fileURLToPath(new URL("../without/subset.js", import.meta.url));

// [what for, what to find, what to put there]
const CHANGES = [
  ["fonts come from the asset path only", /([\w$]+)\.push\(new URL\([\w$]+,[\w$]+\.ASSETS_FALLBACK_URL\)\),\1/, "$1"],
  [
    "no address to fall back to",
    /"ASSETS_FALLBACK_URL",`https:\/\/esm\.sh\/.*?\/dist\/prod\/`\)/,
    '"ASSETS_FALLBACK_URL","")',
  ],
  // An attribute would need 'unsafe-hashes' in style-src; the property gives the same text in the exported file.
  ["no style attributes in SVG", /([\w$]+)\.setAttribute\("style","white-space: pre;"\)/, '$1.style.whiteSpace="pre"'],
  ["fonts are embedded whole, without a worker", /([\w$]+)=typeof Worker<"u"/, "$1=!1"],
  [
    "Excalifont is drawn with Virgil",
    /([\w$]+)\("Excalifont",\.\.\.[\w$]+\)(.*?)\1\("Virgil",\.\.\.([\w$]+)\)/,
    '$1("Excalifont",...$3)$2$1("Virgil",...$3)',
  ],
  ["Cascadia is not bundled", /([\w$]+)\("Cascadia",\.\.\.[\w$]+\)/, '$1("Cascadia")'],
  ["Liberation is not bundled", /([\w$]+)\("Liberation Sans",\.\.\.[\w$]+\)/, '$1("Liberation Sans")'],
  ["Xiaolai is not bundled", /([\w$]+\("Virgil",\.\.\.[\w$]+\),([\w$]+)\([\w$]+),\.\.\.[\w$]+\)/, "$1)"],
  // Its dialog puts the focus on the second thing in it, which must not be a link that is hidden.
  [
    "no links to other sites in the help",
    /([\w$]+)=\(\)=>([\w$]+)\("div",\{className:"HelpDialog__header"/,
    '$1=()=>null,wbNoLinks=()=>$2("div",{className:"HelpDialog__header"',
  ],
  // Without links the help has nothing that takes the focus; Escape closes what has it.
  [
    "a dialog without buttons takes the focus itself",
    /let ([\w$]+)=([\w$]+\(([\w$]+)\));setTimeout\(\(\)=>\{\1\.length>0&&([\w$]+)\.autofocus!==!1&&\(\1\[1\]\|\|\1\[0\]\)\.focus\(\)\}\)/,
    "let $1=$2;setTimeout(()=>{$4.autofocus!==!1&&($1[1]||$1[0]||$3.parentElement).focus()})",
  ],
  // What axe finds serious.
  ["fonts are buttons in a list", /(className:[\w$]+\("ScrollableList__wrapper",[\w$]+\)),role:"menu"/, "$1"],
  [
    "a swatch that is no button",
    /(tabIndex:-1,className:"color-picker__button color-picker__button--large color-picker__button--no-focus-visible")/,
    '$1,"aria-hidden":!0',
  ],
  [
    "the menu has a name",
    '"data-testid":"main-menu-trigger"',
    '"data-testid":"main-menu-trigger","aria-label":"Menu of the board"',
  ],
  [
    "colours are no dialog",
    'role:"dialog","aria-modal":"true",className:"color-picker-container"',
    'className:"color-picker-container"',
  ],
  [
    "fonts are no dialog",
    'role:"dialog","aria-modal":"true",className:"FontPicker__container"',
    'className:"FontPicker__container"',
  ],
  [
    "what opens the fonts is a button within a div that says nothing",
    /var ([\w$]+)=\(\{selectedFontFamily:e\}\)=>\{(.{0,60}?)([\w$]+)\(([\w$]+)\.Trigger,\{asChild:!0,children:\3\("div",\{/,
    'var wbTrigger=({ref,onClick,children})=>$3("div",{ref,onClick,children}),$1=({selectedFontFamily:e})=>{$2$3($4.Trigger,{asChild:!0,children:$3(wbTrigger,{',
  ],
  // Its layout for phones has no zoom; what stands beside the panes of a page is narrow, and no phone.
  [
    "a board beside panes has the layout of a desk",
    /"isMobileBreakpoint",\(([\w$]+),([\w$]+)\)=>\1<[\w$]+\|\|\2<[\w$]+&&\1<[\w$]+\)/,
    '"isMobileBreakpoint",($1,$2)=>$1<560||$2<320)',
  ],
  ["the interface uses the fonts of the page", /(?:@font-face\{font-family:Assistant;[^}]*\}){4}/, ""],
];

export const offline = {
  name: "offline",
  setup(build) {
    const found = new Map();
    build.onStart(() => found.clear());

    build.onResolve({ filter: /subset-(shared|worker)\.chunk\.js$/ }, () => ({ path: SUBSET }));

    // English only: the other fifty languages are one empty module.
    build.onResolve({ filter: /\/locales\/.*\.js$/ }, ({ path }) =>
      /\/(en|percentages)-/.test(path) ? undefined : { path: "no-locale", namespace: "nothing" },
    );
    build.onLoad({ filter: /.*/, namespace: "nothing" }, () => ({ contents: "export default {}", loader: "js" }));

    build.onLoad({ filter: /node_modules.*\.(js|mjs|css)$/ }, async ({ path }) => {
      let contents = await fs.promises.readFile(path, "utf8");
      if (EXCALIDRAW.test(path)) {
        for (const [why, what, instead] of CHANGES) {
          contents = contents.replace(what, (...match) => {
            found.set(why, (found.get(why) ?? 0) + 1);
            return match[0].replace(what, instead);
          });
        }
      }
      return { contents: contents.replace(FOREIGN, "about:blank#"), loader: path.endsWith(".css") ? "css" : "js" };
    });

    build.onEnd(() => {
      const wrong = CHANGES.filter(([why]) => found.get(why) !== 1).map(([why]) => why);
      if (wrong.length) throw new Error(`Excalidraw has changed; look again at: ${wrong.join("; ")}.`);
    });
  },
};
