// What the server has not acknowledged yet, kept in this browser. Every tab has a key of its own, so that one tab's save
// never wipes out what was typed in another; after a crash each of them is found again.
//
// In two places, for each loses what the other keeps. Local storage is written before a key press is over, and so
// survives a page that is closed at once; but Chromium writes it down only seconds later, and a killed browser forgets
// those. A database in the browser is written down at once, and a moment too late for a page that closes.

const TAB = `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
const DATABASE = "fortyfive";
const STORE = "kept";

// A step's text is kept under the step, what stands beside it under step and part.
const prefixOf = (session, step, part) => `fortyfive:${session}:${part === "text" ? step : `${step}.${part}`}:`;

export class Kept {
  constructor(session, step, part = "text") {
    this.prefix = prefixOf(session, step, part);
    this.own = this.prefix + TAB;
  }

  // Whether it could be kept: storage may be full or switched off.
  put(text, version) {
    const entry = { text, version, at: Date.now() };
    within("readwrite", (store) => store.put(entry, this.own));
    try {
      localStorage.setItem(this.own, JSON.stringify(entry));
      return true;
    } catch {
      return !isBroken;
    }
  }

  forget(key = this.own) {
    forget(key);
  }

  // What earlier pages left behind, newest first: [{key, text, version}].
  async left() {
    return (await read(this.prefix)).filter((entry) => entry.key !== this.own);
  }
}

// Everything kept for a session: [{key, step, part, text, version}].
export async function keptFor(session) {
  const found = await read(`fortyfive:${session}:`);
  return found.map((entry) => {
    const [step, part = "text"] = entry.key.split(":")[2].split(".");
    return { ...entry, step, part };
  });
}

export function forget(key) {
  within("readwrite", (store) => store.delete(key));
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept there then.
  }
}

// Both places, of each key what was kept last.
async function read(prefix) {
  const found = new Map();
  const take = (key, entry) => {
    if (typeof entry?.text === "string" && !(found.get(key)?.at >= entry.at)) found.set(key, { key, ...entry });
  };
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix)) take(key, JSON.parse(localStorage.getItem(key)));
    }
  } catch {
    // Storage is switched off, or holds something that is not ours.
  }
  const range = () => IDBKeyRange.bound(prefix, `${prefix}\uffff`);
  const keys = await within("readonly", (store) => store.getAllKeys(range()));
  const entries = await within("readonly", (store) => store.getAll(range()));
  keys?.forEach((key, index) => take(key, entries?.[index]));
  return [...found.values()].sort((a, b) => b.at - a.at);
}

let database = null;
let isBroken = false;

// One request, in the order in which they were made; undefined where the browser has no database for us.
async function within(mode, ask) {
  try {
    database ??= open();
    const transaction = (await database).transaction(STORE, mode);
    const request = ask(transaction.objectStore(STORE));
    // What is asked for is all: not to wait for the page to be done.
    transaction.commit();
    return await settled(request);
  } catch {
    isBroken = true;
    return undefined;
  }
}

function open() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return settled(request);
}

const settled = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
