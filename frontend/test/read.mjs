// Reads scenes from standard input, one a line, and writes the graph of each: for comparing with the server's reader.

import readline from "node:readline";

import { readGraph } from "../src/graph.js";
import { asWritten } from "./written.js";

for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  process.stdout.write(`${JSON.stringify(asWritten(readGraph(JSON.parse(line))))}\n`);
}
