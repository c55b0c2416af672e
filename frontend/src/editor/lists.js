// Lists that go on, end, and move in and out. Each function takes the lines of a text and says what to change:
// `[{ line, from, to, insert }]`, columns within a line; the editor makes one undoable step of it.

import { areSiblings, prefixLike, readLine } from "./lines.js";

const NOTHING = [];
const BULLET = "- ";
const STEP = 2; // columns, where no item says how far

/**
 * Enter with the cursor at a column of a line. Null where this is no matter of lists: then a line is just broken.
 * What is written below a quote is not part of it: only an item inside a quote goes on as one.
 */
export function goOn(lines, at, column) {
  const line = readLine(lines[at]);
  if (!line.isItem || column < line.start) return null;
  if (!line.isBlank) {
    const next = line.number === null ? null : line.number + 1;
    const edit = { line: at, from: column, to: column, insert: `\n${prefixLike(line, next)}` };
    return [edit, ...renumber(lines, at + 1, line, next === null ? null : next + 1)];
  }
  const parent = parentOf(lines, at, line);
  const whole = { line: at, from: 0, to: line.text.length };
  if (!parent) return [{ ...whole, insert: line.quote }];
  const next = parent.number === null ? null : parent.number + 1;
  return [
    { ...whole, insert: prefixLike(parent, next) },
    ...renumber(lines, at + 1, parent, next === null ? null : next + 1),
  ];
}

/** An item goes below the one before it, with everything that is below itself. The first of a list stays. */
export function nest(lines, at) {
  const line = readLine(lines[at]);
  const sibling = line.isItem ? above(lines, at, line, (other) => other.column <= line.column) : null;
  if (!sibling || line.column >= sibling.inner) return NOTHING;
  const last = lastChild(lines, at, line, sibling);
  const number = line.number === null ? null : last && last.number !== null ? last.number + 1 : 1;
  return [
    ...shift(lines, at, line, sibling.inner - line.column, number),
    ...renumber(lines, end(lines, at, line), line, line.number),
  ];
}

/** The other way: an item goes beside the one it is below. */
export function lift(lines, at) {
  const line = readLine(lines[at]);
  if (!line.isItem || line.column === 0) return NOTHING;
  const parent = parentOf(lines, at, line);
  const by = (parent?.column ?? 0) - line.column;
  if (!parent || line.number === null || parent.number === null) return shift(lines, at, line, by, line.number);
  const next = parent.number + 1;
  return [...shift(lines, at, line, by, next), ...renumber(lines, end(lines, at, line), parent, next + 1)];
}

/** Lines that belong to no list, or to none alone: all of them by two columns. */
export function indentLines(lines, first, last, isOut) {
  return range(first, last).flatMap((at) => {
    const { quote, indent, isBlank, isItem } = readLine(lines[at]);
    if (!isOut) return isBlank && !isItem ? [] : [{ line: at, from: quote.length, to: quote.length, insert: " ".repeat(STEP) }];
    const less = /^(?:\t| {1,2})/.exec(indent)?.[0].length ?? 0;
    return less ? [{ line: at, from: quote.length, to: quote.length + less, insert: "" }] : [];
  });
}

/** Lines become items; where all of them are items already, they become lines again. */
export function toggleItems(lines, first, last) {
  const rows = range(first, last).map((at) => [at, readLine(lines[at])]);
  const said = rows.filter(([, row]) => !row.isBlank || row.isItem);
  const meant = said.length ? said : rows.slice(0, 1);
  const areItems = meant.every(([, row]) => row.isItem);
  return meant.flatMap(([line, row]) => {
    const from = row.quote.length + row.indent.length;
    if (areItems) return [{ line, from, to: row.start, insert: "" }];
    return row.isItem ? [] : [{ line, from, to: from, insert: BULLET }];
  });
}

// --- Who stands where -------------------------------------------------------------------------------------

/** The nearest item above that `matches`, while the list lasts. */
function above(lines, at, line, matches) {
  for (let index = at - 1; index >= 0; index -= 1) {
    const other = readLine(lines[index]);
    if (other.quote.trim() !== line.quote.trim()) return null;
    if (other.isItem && matches(other)) return other;
    // Words at the margin below an empty line: the list has ended.
    if (!other.isItem && !other.isBlank && other.column === 0 && isEmpty(lines, index - 1)) return null;
  }
  return null;
}

const parentOf = (lines, at, line) => above(lines, at, line, (other) => other.column < line.column);

const isEmpty = (lines, at) => at < 0 || !lines[at].trim();

/** The last of the items just below the sibling above, to whose list this one comes. */
function lastChild(lines, at, line, sibling) {
  const last = above(lines, at, line, () => true);
  return last && last.column >= sibling.inner
    ? above(lines, at, line, (other) => other.column < last.column || other.column === sibling.inner)
    : null;
}

/** The line after everything that belongs to an item. */
function end(lines, at, line) {
  let index = at + 1;
  for (let seen = index; seen < lines.length; seen += 1) {
    const other = readLine(lines[seen]);
    if (other.quote.trim() !== line.quote.trim()) break;
    if (other.isBlank && !other.isItem) continue;
    if (other.column <= line.column) break;
    index = seen + 1;
  }
  return index;
}

/** An item and what belongs to it, by so many columns; its number, where it has one, becomes another. */
function shift(lines, at, line, by, number) {
  return range(at, end(lines, at, line) - 1).flatMap((index) => {
    const { quote, indent, isBlank, isItem, digits } = readLine(lines[index]);
    if (isBlank && !isItem) return [];
    const from = quote.length;
    const to = from + indent.length;
    const less = { line: index, from, to: from + Math.min(indent.length, -by), insert: "" };
    const edit = by > 0 ? { line: index, from: to, to, insert: " ".repeat(by) } : less;
    if (index !== at || number === null || digits === String(number)) return [edit];
    return [edit, { line: index, from: to, to: to + digits.length, insert: String(number) }];
  });
}

/** The items of a list from a line on get the numbers that follow, as long as they had been counting. */
function renumber(lines, from, like, next) {
  const edits = [];
  if (next === null) return edits;
  let number = next;
  let before = null;
  for (let index = from; index < lines.length; index += 1) {
    const line = readLine(lines[index]);
    if (line.quote.trim() !== like.quote.trim()) break;
    if (line.isBlank && !line.isItem) continue;
    if (line.column > like.column) continue;
    if (!areSiblings(line, like)) break;
    if (before !== null && line.number !== before + 1) break;
    before = line.number;
    const start = line.quote.length + line.indent.length;
    if (line.number !== number)
      edits.push({ line: index, from: start, to: start + line.digits.length, insert: String(number) });
    number += 1;
  }
  return edits;
}

function range(first, last) {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
