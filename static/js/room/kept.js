// Words that the server has not acknowledged yet, kept in this browser. Every tab has a key of its own, so that
// one tab's save never wipes out what was typed in another; after a crash each of them is found again.

const TAB = `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;

const prefixOf = (session, step) => `fortyfive:${session}:${step}:`;

export class Kept {
  constructor(session, step) {
    this.prefix = prefixOf(session, step);
    this.own = this.prefix + TAB;
  }

  put(text, version) {
    try {
      localStorage.setItem(this.own, JSON.stringify({ text, version, at: Date.now() }));
    } catch {
      // Storage is full or switched off; saving to the server goes on as ever.
    }
  }

  forget(key = this.own) {
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing was kept then.
    }
  }

  // What earlier pages left behind, newest first: [{key, text, version}].
  left() {
    return read(this.prefix).filter((entry) => entry.key !== this.own);
  }
}

// Everything kept for a session: [{key, step, text, version}].
export const keptFor = (session) =>
  read(`fortyfive:${session}:`).map((entry) => ({ ...entry, step: entry.key.split(":")[2] }));

function read(prefix) {
  const found = [];
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix)) found.push({ key, ...JSON.parse(localStorage.getItem(key)) });
    }
  } catch {
    // Storage is switched off, or holds something that is not ours.
  }
  return found.sort((a, b) => b.at - a.at);
}
