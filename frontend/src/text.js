// How wide words are and where their lines break, near enough to draw a box that holds its name where no browser measures.
// The editor measures for itself when it opens the board.

export const FONT = { family: 6, size: 16, lineHeight: 1.35 };

// Nunito, the characters from space to tilde, in hundredths of the font's size.
const WIDTHS = `
  26 23 40 60 60 93 70 23 33 33 45 60 23 43 23 29 60 60 60 60 60 60 60 60 60 60 23 23 60 60 60 45 95 73 68 68 75
  59 55 73 76 26 33 63 55 86 74 77 64 77 67 62 61 73 69 110 66 60 59 32 29 32 60 50 36 53 59 46 59 53 34 59 57 24
  24 51 30 86 57 56 59 59 36 48 36 56 52 84 53 52 47 36 27 36 60`
  .trim()
  .split(/\s+/)
  .map(Number);
const UNKNOWN = 80;

export function widthOf(line) {
  return [...line].reduce((sum, c) => sum + (WIDTHS[c.codePointAt(0) - 32] ?? UNKNOWN), 0) * (FONT.size / 100);
}

export function heightOf(lines) {
  return lines.length * FONT.size * FONT.lineHeight;
}

/** Lines of words; a word that is wider than the room is broken. */
export function wrap(text, room) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (widthOf(longer) <= room) lines[lines.length - 1] = longer;
    else {
      const [first, ...rest] = broken(word, room);
      if (lines.at(-1)) lines.push(first);
      else lines[0] = first;
      lines.push(...rest);
    }
  }
  return lines;
}

function broken(word, room) {
  const pieces = [""];
  for (const c of word) {
    if (pieces.at(-1) && widthOf(pieces.at(-1) + c) > room) pieces.push(c);
    else pieces[pieces.length - 1] += c;
  }
  return pieces;
}
