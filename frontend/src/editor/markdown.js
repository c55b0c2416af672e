// The text as Markdown: read again with every change, in the blocks that changed only, and told in classes.
// This is what @codemirror/language does for any language and in the background; for one that reads 60,000 characters
// within a frame, a few lines do, and 5 KB stay away.

import { StateField } from "@codemirror/state";
import { Decoration, ViewPlugin } from "@codemirror/view";
import { TreeFragment } from "@lezer/common";
import { Strikethrough, Table, TaskList, parser as commonmark } from "@lezer/markdown";

const parser = commonmark.configure([Table, TaskList, Strikethrough]);

const read = (text, fragments = []) => {
  const tree = parser.parse(text, fragments);
  return { text, tree, fragments: TreeFragment.addTree(tree, fragments) };
};

/** `{ text, tree, fragments }` of the state. */
export const markdown = StateField.define({
  create: (state) => read(state.doc.toString()),
  update(value, transaction) {
    if (!transaction.docChanged) return value;
    const changed = [];
    transaction.changes.iterChangedRanges((fromA, toA, fromB, toB) => changed.push({ fromA, toA, fromB, toB }));
    return read(transaction.newDoc.toString(), TreeFragment.applyChanges(value.fragments, changed));
  },
});

const isInside = (name) => (state, position) => {
  for (const side of [-1, 1]) {
    let node = state.field(markdown).tree.resolveInner(position, side);
    for (; node; node = node.parent) if (node.name === name) return true;
  }
  return false;
};

/** A fence, its own two lines included. */
export const isInFence = isInside("FencedCode");
export const isInItem = isInside("ListItem");

// --- Classes ----------------------------------------------------------------------------------------------

const LINES = {
  Blockquote: "md-quote",
  FencedCode: "md-fence",
  CodeBlock: "md-fence",
  TableHeader: "md-head",
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`ATXHeading${level}`, "md-heading"])),
  SetextHeading1: "md-heading",
  SetextHeading2: "md-heading",
};
const WORDS = {
  StrongEmphasis: "md-strong",
  Emphasis: "md-emphasis",
  Strikethrough: "md-strike",
  InlineCode: "md-code",
  Link: "md-link",
  Image: "md-link",
  URL: "md-link",
  ListMark: "md-item",
  TaskMarker: "md-item",
  HorizontalRule: "md-mark",
  CodeInfo: "md-mark",
  HeaderMark: "md-mark",
  QuoteMark: "md-mark",
  CodeMark: "md-mark",
  EmphasisMark: "md-mark",
  StrikethroughMark: "md-mark",
  LinkMark: "md-mark",
  TableDelimiter: "md-mark",
  Escape: "md-mark",
};
const lines = mapped(LINES, (name) => Decoration.line({ class: name }));
const words = mapped(WORDS, (name) => Decoration.mark({ class: name }));

function mapped(names, make) {
  return new Map(Object.entries(names).map(([node, name]) => [node, make(name)]));
}

/** Somebody who begins a list below a paragraph types `-` first: that is no underline of a heading yet. */
const isBarelyUnderlined = (node, doc) => node.name.startsWith("Setext") && doc.lineAt(node.to).text.trim().length < 2;

function decorate({ state, viewport }) {
  const { doc } = state;
  const ranges = [];
  state.field(markdown).tree.iterate({
    ...viewport,
    enter({ from, to, name, node }) {
      const line = lines.get(name);
      if (line && !isBarelyUnderlined(node, doc)) {
        const last = Math.min(to, viewport.to);
        for (let at = doc.lineAt(Math.max(from, viewport.from)); ; at = doc.line(at.number + 1)) {
          ranges.push(line.range(at.from));
          if (at.to >= last) break;
        }
      }
      const word = words.get(name);
      if (word && from < to) ranges.push(word.range(from, to));
    },
  });
  return Decoration.set(ranges, true);
}

export const highlighting = ViewPlugin.define(
  (view) => ({
    decorations: decorate(view),
    update(update) {
      if (update.docChanged || update.viewportChanged) this.decorations = decorate(update.view);
    },
  }),
  { decorations: (plugin) => plugin.decorations },
);

/** The text of a state; made once for the reader of Markdown, the text area and whoever asks. */
export const textOf = (state) => state.field(markdown).text;

