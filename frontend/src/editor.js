// The Markdown editor of the practice room: a text area stays the owner of its text, and this stands in its place.

export { mountEditor } from "./editor/mount.js";
