// Nothing in the bundle names another host: not to fetch from, and not to link to.

import fs from "node:fs";
import path from "node:path";

// Names of XML vocabularies look like addresses; nothing is fetched from there.
const VOCABULARIES = "www\\.w3\\.org/(?:1999|2000)/";
export const FOREIGN = new RegExp(`\\b(?:https?|wss?)://(?!${VOCABULARIES})[\\w-]+(?:\\.[\\w-]+)+`, "g");

export function assertNoForeignHosts(folder) {
  const found = files(folder)
    .filter((file) => /\.(m?js|css)$/.test(file))
    .flatMap((file) =>
      (fs.readFileSync(file, "utf8").match(FOREIGN) ?? []).map((host) => `${path.basename(file)}: ${host}`),
    );
  if (found.length) throw new Error(`The bundle names other hosts:\n${found.join("\n")}`);
}

function files(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    return entry.isDirectory() ? files(name) : [name];
  });
}
