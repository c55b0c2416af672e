// One text with the licence of every package and font in a bundle, from the packages themselves where they bring it.

import fs from "node:fs";
import path from "node:path";

import { FONTS } from "./fonts.mjs";

const RULE = "=".repeat(100);

/** The board and the outline: what is changed of Excalidraw, the packages, the fonts. */
export function licencesOfTheBoard(here, inputs) {
  const notes = fs.readFileSync(path.join(here, "licences/notes.txt"), "utf8").trim();
  const fonts = FONTS.map((font) => fs.readFileSync(path.join(here, "licences/fonts", `${font}.txt`), "utf8").trim());
  const ofl = fs.readFileSync(path.join(here, "licences/fonts/OFL-1.1.txt"), "utf8").trim();
  return joined([notes, ...licencesOf(here, inputs), ...fonts, ofl]);
}

export function licencesOfTheEditor(here, inputs) {
  const notes = fs.readFileSync(path.join(here, "licences/editor.txt"), "utf8").trim();
  return joined([notes, ...licencesOf(here, inputs)]);
}

function licencesOf(here, inputs) {
  const packages = [...new Set(inputs.map(folderOf).filter(Boolean))];
  const sections = packages
    .map((folder) => ({ ...JSON.parse(fs.readFileSync(path.join(here, folder, "package.json"), "utf8")), folder }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(
      ({ name, version, license, folder }) =>
        `${name} ${version} (${license ?? "MIT"})\n\n${textOf(here, name, folder)}`,
    );
  return new Set(sections);
}

const joined = (sections) => sections.join(`\n\n${RULE}\n`) + "\n";

function folderOf(input) {
  return input.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/)?.[0];
}

function textOf(here, name, folder) {
  const own = fs.readdirSync(path.join(here, folder)).find((file) => /^licen[cs]e([-.]\w+)?$/i.test(file));
  // Packages of one family without a text of their own share that of the family.
  const ours = [name.replace("/", "__"), name.split("/")[0]].map((key) => path.join(here, "licences", `${key}.txt`));
  const file = own ? path.join(here, folder, own) : ours.find((each) => fs.existsSync(each));
  if (!file) throw new Error(`No licence text of ${name}: add licences/${name.replace("/", "__")}.txt.`);
  return fs.readFileSync(file, "utf8").replaceAll("\r\n", "\n").trim();
}
