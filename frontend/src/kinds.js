// The components of a system design: what the library and the outline offer, how each is drawn, and which kind it carries.
// The kinds are those the questions are written in; a replica is a database and a stream is a queue, and an element says
// both: `customData: {kind: "database", as: "replica"}`. Whoever knows kinds alone reads a database.

const BOX = { type: "rectangle", roundness: { type: 3 } };
const STORE = { type: "rectangle", roundness: null };

export const LIBRARY = [
  { key: "client", kind: "client", label: "Client" },
  { key: "load_balancer", kind: "load_balancer", label: "Load balancer" },
  { key: "gateway", kind: "gateway", label: "API gateway" },
  { key: "service", kind: "service", label: "Service" },
  { key: "worker", kind: "worker", label: "Worker" },
  { key: "database", kind: "database", label: "Database" },
  { key: "replica", kind: "database", label: "Replica" },
  { key: "cache", kind: "cache", label: "Cache" },
  { key: "queue", kind: "queue", label: "Queue" },
  { key: "stream", kind: "queue", label: "Stream" },
  { key: "object_store", kind: "object_store", label: "Object store" },
  { key: "cdn", kind: "cdn", label: "CDN" },
  { key: "search_index", kind: "search_index", label: "Search index" },
  { key: "coordinator", kind: "coordinator", label: "Coordinator" },
  { key: "external", kind: "external", label: "External" },
];

// What a kind is called in the middle of a sentence.
export const KINDS = {
  client: "client",
  load_balancer: "load balancer",
  gateway: "API gateway",
  service: "service",
  worker: "worker",
  database: "database",
  cache: "cache",
  queue: "queue",
  object_store: "object store",
  cdn: "CDN",
  search_index: "search index",
  coordinator: "coordinator",
  external: "external",
};

// Form, corner and edge tell kinds apart as well as colour does; the same hue for what does the same, as on the server.
const LOOKS = {
  client: { type: "ellipse", roundness: { type: 2 }, backgroundColor: "transparent" },
  load_balancer: { ...BOX, backgroundColor: "#ffd8a8" },
  gateway: { ...BOX, backgroundColor: "#ffd8a8" },
  coordinator: { ...BOX, backgroundColor: "#ffd8a8" },
  worker: { ...BOX, backgroundColor: "#b2f2bb" },
  queue: { ...BOX, backgroundColor: "#d0bfff" },
  database: { ...STORE, backgroundColor: "#a5d8ff" },
  object_store: { ...STORE, backgroundColor: "#a5d8ff" },
  search_index: { ...STORE, backgroundColor: "#a5d8ff" },
  cache: { ...STORE, backgroundColor: "#ffec99" },
  cdn: { ...STORE, backgroundColor: "#ffec99" },
  external: { ...BOX, backgroundColor: "#e9ecef", strokeStyle: "dashed" },
};
const PLAIN = { ...BOX, backgroundColor: "transparent" };

// Components with a word of their own for what is some kind.
const VARIANTS = new Map(LIBRARY.filter(({ key, kind }) => key !== kind).map((item) => [item.key, item]));

/** The kinds and, each after its own, what else they are called, as [key, word]. */
export const COMPONENTS = LIBRARY.map(({ key }) => [key, wordOf(key)]);

/** What an element stores for a component of the library, by its key. */
export function dataOf(key) {
  const variant = VARIANTS.get(key);
  if (variant) return { kind: variant.kind, as: key };
  return key ? { kind: key } : {};
}

/** The component that an element says it is, where that is more than its kind; else "". */
export function variantOf({ kind, as } = {}) {
  return VARIANTS.get(as)?.kind === kind && kind ? as : "";
}

/** What a component is called in the middle of a sentence. */
export function wordOf(key) {
  return KINDS[key] ?? VARIANTS.get(key)?.label.toLowerCase() ?? "part";
}

/** How a part of this kind is drawn; `null` is a part whose kind nobody has said. */
export function look(kind) {
  return { strokeStyle: "solid", ...(LOOKS[kind] ?? PLAIN) };
}

export function isKind(word) {
  return typeof word === "string" && Object.hasOwn(KINDS, word);
}
