// The place of a text area, taken over without anything moving: the editor stands in a shell that has the text area's
// size, margins, font and padding, as the page's rules say them for the text area, whatever the screen.

const OF_THE_BOX = [
  ...["flex-grow", "flex-shrink", "flex-basis", "align-self", "justify-self", "order"],
  ...["grid-row-start", "grid-row-end", "grid-column-start", "grid-column-end"],
  ...["width", "min-width", "max-width", "min-height", "max-height"],
  ...["top", "right", "bottom", "left"].flatMap((side) => [
    `margin-${side}`,
    `border-${side}-width`,
    `border-${side}-style`,
  ]),
  ...["top-left", "top-right", "bottom-left", "bottom-right"].map((corner) => `border-${corner}-radius`),
];
const OF_THE_TEXT = [
  ...["font-family", "font-size", "font-style", "font-weight", "font-stretch", "font-variant-ligatures"],
  ...["font-feature-settings", "line-height", "letter-spacing", "word-spacing", "text-align", "direction", "tab-size"],
];
const PADDING = ["top", "right", "bottom", "left"].map((side) => `padding-${side}`);

/** Hides the text area, and puts a shell where it was. -> { shell, leave() } */
export function takePlace(textarea) {
  const shell = document.createElement("div");
  shell.className = "md-editor";
  // As in a text area, the text has no say in how much room there is.
  Object.assign(shell.style, { display: "grid", gridTemplate: "minmax(0, 1fr) / minmax(0, 1fr)", contain: "size" });
  Object.assign(shell.style, { boxSizing: "border-box", borderColor: "var(--line-strong)" });
  const wasHidden = textarea.hidden;
  textarea.hidden = true;
  const measure = () => measured(textarea, shell);
  measure();
  textarea.after(shell);
  window.addEventListener("resize", measure);
  return {
    shell,
    leave() {
      window.removeEventListener("resize", measure);
      shell.remove();
      textarea.hidden = wasHidden;
    },
  };
}

function measured(textarea, shell) {
  // Of something hidden these are what the rules say, not what came of them: `100%` stays `100%`.
  const said = getComputedStyle(textarea);
  for (const name of [...OF_THE_BOX, ...OF_THE_TEXT]) shell.style.setProperty(name, said.getPropertyValue(name));
  const padding = PADDING.map((name) => said.getPropertyValue(name));
  shell.style.setProperty("--md-padding", padding.join(" "));
  shell.style.height = said.height === "auto" ? rows(textarea, said) : said.height;
}

/** How high a text area is that nobody gave a height. */
function rows(textarea, said) {
  const line = said.lineHeight === "normal" ? "1lh" : said.lineHeight;
  const around = [said.paddingTop, said.paddingBottom, said.borderTopWidth, said.borderBottomWidth];
  return `calc(${textarea.rows} * ${line} + ${around.join(" + ")})`;
}
