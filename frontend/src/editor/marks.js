// Marks around words: `**`, `_`, a backtick. The same key takes them away again. Pure text, like lists.js.

/**
 * Put `before` and `after` around a stretch of a text, or take them away where they stand already.
 * -> { changes: [{ from, to, insert }], from, to }: what to change, and what is chosen afterwards.
 */
export function wrapped(text, from, to, before, after, placeholder = "") {
  const chosen = text.slice(from, to);
  if (isAround(text, from, to, before, after)) {
    return {
      changes: [
        { from: from - before.length, to: from, insert: "" },
        { from: to, to: to + after.length, insert: "" },
      ],
      from: from - before.length,
      to: to - before.length,
    };
  }
  if (isWithin(chosen, before, after)) {
    const inner = chosen.slice(before.length, chosen.length - after.length);
    return { changes: [{ from, to, insert: inner }], from, to: from + inner.length };
  }
  const words = chosen || placeholder;
  return {
    changes: [{ from, to, insert: before + words + after }],
    from: from + before.length,
    to: from + before.length + words.length,
  };
}

/** Code: a few words between backticks, several lines as a fence of their own. */
export function asCode(text, from, to) {
  const chosen = text.slice(from, to);
  if (!chosen.includes("\n")) return wrapped(text, from, to, "`", "`");
  const fence = "`".repeat(Math.max(3, ...(chosen.match(/`+/g) ?? []).map((run) => run.length + 1)));
  const before = from > 0 && text[from - 1] !== "\n" ? "\n" : "";
  const after = to < text.length && text[to] !== "\n" ? "\n" : "";
  const last = chosen.endsWith("\n") ? "" : "\n";
  const start = from + before.length + fence.length + 1;
  return {
    changes: [{ from, to, insert: `${before}${fence}\n${chosen}${last}${fence}${after}` }],
    from: start,
    to: start + chosen.length,
  };
}

function isAround(text, from, to, before, after) {
  if (text.slice(Math.max(0, from - before.length), from) !== before || text.slice(to, to + after.length) !== after)
    return false;
  // One `*` around words may be half of `**`.
  const more = before.at(-1);
  return before.length > 1 || (text[from - 2] !== more && text[to + 1] !== more);
}

function isWithin(chosen, before, after) {
  return chosen.length > before.length + after.length && chosen.startsWith(before) && chosen.endsWith(after);
}
