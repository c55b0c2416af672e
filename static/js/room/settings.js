// What a person sets in the room and finds again: widths of panes, single keys. It stays in this browser.

const KEY = "fortyfive-room";

export function setting(name, otherwise) {
  return read()[name] ?? otherwise;
}

// undefined forgets it.
export function keep(name, value) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...read(), [name]: value }));
  } catch {
    // Storage is full or switched off: it holds until the page is left.
  }
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}
