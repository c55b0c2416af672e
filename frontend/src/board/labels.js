// What the board says. A page may give other words for any of these.

export const LABELS = {
  board: "Board. The outline beside it holds the same design as text. Escape leaves the board.",
  parts: "Parts to add",
  looks: "Zoom",
  nearer: "Zoom in",
  farther: "Zoom out",
  fit: "Show the whole drawing",
  open: "Open an Excalidraw file",
  saveFile: "Save as an Excalidraw file",
  saveSvg: "Save as SVG",
  savePng: "Save as PNG",
  added: (label) => `${label} added. Press Enter to name it.`,
  leftOut: (count) =>
    `${count === 1 ? "1 picture was" : `${count} pictures were`} left out: a board holds parts, arrows and words.`,
  noPictures: "A board holds parts, arrows and words, but no pictures.",
  unreadable: "This is not an Excalidraw file.",
  fileName: "board",
};
