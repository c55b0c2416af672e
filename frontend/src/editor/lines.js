// What Markdown says at the beginning of a line. Pure text: the editor asks, and Node's own test runner can ask as well.

const QUOTE = /^(?: {0,3}> ?)*/;
const ITEM = /^([ \t]*)(?:([-*+])|(\d{1,9})([.)]))([ \t]+|$)(\[[ xX]\](?:[ \t]+|$))?/;
const RULE = /^[ \t]*([-*])[ \t]*(?:\1[ \t]*){2,}$/;

/**
 * A line in its parts: `quote` and `indent` before everything, then the marker of an item, if it is one.
 * `start` is where its own words begin, `column` how far it is indented, `inner` where its words stand.
 */
export function readLine(text) {
  const quote = QUOTE.exec(text)[0];
  const rest = text.slice(quote.length);
  const found = RULE.test(rest) ? null : ITEM.exec(rest);
  if (!found) {
    const indent = /^[ \t]*/.exec(rest)[0];
    const start = quote.length + indent.length;
    return { text, quote, indent, column: width(indent), isItem: false, start, isBlank: start === text.length };
  }
  const [prefix, indent, bullet = "", number = "", dot = "", space, task = ""] = found;
  const start = quote.length + prefix.length;
  const marker = bullet || number + dot;
  return {
    text,
    quote,
    indent,
    column: width(indent),
    isItem: true,
    bullet,
    number: number ? Number(number) : null,
    digits: number,
    dot,
    space,
    task,
    start,
    inner: width(indent) + marker.length + Math.max(1, width(space)),
    isBlank: start === text.length,
  };
}

/** How many columns white space takes; a tab goes to the next multiple of four. */
export function width(space) {
  let columns = 0;
  for (const character of space) columns += character === "\t" ? 4 - (columns % 4) : 1;
  return columns;
}

/** The beginning of an item like this one, with another number where it has one. */
export function prefixLike(line, number = line.number) {
  const marker = line.bullet || `${number}${line.dot}`;
  return `${line.quote}${line.indent}${marker}${line.space || " "}${line.task ? "[ ] " : ""}`;
}

export const areSiblings = (one, other) =>
  one.isItem &&
  other.isItem &&
  one.quote.trim() === other.quote.trim() &&
  one.column === other.column &&
  one.bullet === other.bullet &&
  one.dot === other.dot;

export function countWords(text) {
  return text.match(/\S+/g)?.length ?? 0;
}
