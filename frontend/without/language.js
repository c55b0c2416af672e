// Of @codemirror/language the commands we take need one figure: how many spaces Backspace takes at once. Parsing in the
// background, its highlighter and what it knows of indentation stay away; src/editor/markdown.js reads the text itself.
// A command that needs more of it does not get it silently.

export const getIndentUnit = () => 2;

const missing = (name) => () => {
  throw new Error(`${name} is not in this build; see without/language.js.`);
};

export const getIndentation = missing("getIndentation");
export const indentString = missing("indentString");
export const indentUnit = missing("indentUnit");
export const matchBrackets = missing("matchBrackets");
export const syntaxTree = missing("syntaxTree");
export const IndentContext = missing("IndentContext");
