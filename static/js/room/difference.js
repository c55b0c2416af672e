// Two texts line by line: what both hold, what only mine holds, what only the other holds.

const MOST = 1_000_000; // pairs of lines that are compared; beyond that all between is told as different

export function difference(mine, other) {
  const [a, b] = [mine.split("\n"), other.split("\n")];
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const between = compare(a.slice(start, a.length - end), b.slice(start, b.length - end));
  return [...told("same", a.slice(0, start)), ...between, ...told("same", a.slice(a.length - end))];
}

function compare(a, b) {
  if (a.length * b.length > MOST) return [...told("mine", a), ...told("other", b)];
  // How many lines the rests have in common, from line i of mine and j of the other on.
  const common = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      common[i][j] = a[i] === b[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  const lines = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push(...told("same", [a[i]]));
      i += 1;
      j += 1;
    } else if (j === b.length || (i < a.length && common[i + 1][j] >= common[i][j + 1])) {
      lines.push(...told("mine", [a[i]]));
      i += 1;
    } else {
      lines.push(...told("other", [b[j]]));
      j += 1;
    }
  }
  return lines;
}

const told = (kind, lines) => lines.map((text) => ({ kind, text }));
