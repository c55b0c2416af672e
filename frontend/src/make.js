// Elements as the editor would make them: plain strokes, names bound to their boxes.

import { centre } from "./geometry.js";
import { dataOf, look } from "./kinds.js";
import { FONT, heightOf, widthOf, wrap } from "./text.js";

const PADDING = 10;
const WIDE = { min: 140, max: 220 };

export const STROKE = {
  strokeColor: "#1e1e1e",
  backgroundColor: "transparent",
  fillStyle: "solid",
  strokeWidth: 1,
  strokeStyle: "solid",
  roughness: 0,
};

export function newId() {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => letters[byte % 64]).join("");
}

/** How large a part of this kind must be to hold its name. */
export function sizeFor(label, type) {
  const lines = wrap(label, WIDE.max - 2 * PADDING);
  const wide = Math.max(...lines.map(widthOf)) + 2 * PADDING + 12;
  return {
    width: Math.round(Math.max(WIDE.min, wide / shareOf(type))),
    height: Math.round(Math.max(60, (heightOf(lines) + 2 * PADDING + 8) / shareOf(type))),
  };
}

/** `kind` is the key of a component of the library, or open. */
export function part({ id, kind = null, place, ...more }) {
  const customData = dataOf(kind);
  return { id, ...STROKE, ...look(customData.kind), ...place, ...more, ...(kind ? { customData } : {}) };
}

/** The two elements of a shape that bears a name. */
export function withName(shape, label) {
  const text = words(label, shape.width * shareOf(shape.type) - 2 * PADDING);
  const { x, y } = centre(shape);
  const own = {
    ...text,
    id: newId(),
    containerId: shape.id,
    verticalAlign: "middle",
    x: x - text.width / 2,
    y: y - text.height / 2,
    frameId: shape.frameId ?? null,
  };
  return [boundWith(shape, "text", own.id), own];
}

/** A text element that has no place yet. */
export function words(label, room = Infinity) {
  const lines = wrap(label, room);
  return {
    type: "text",
    ...STROKE,
    width: Math.max(...lines.map(widthOf)),
    height: heightOf(lines),
    text: lines.join("\n"),
    originalText: label,
    fontFamily: FONT.family,
    fontSize: FONT.size,
    lineHeight: FONT.lineHeight,
    textAlign: "center",
  };
}

export function boundWith(element, type, id) {
  return { ...element, boundElements: [...otherThan(element, id), { type, id }] };
}

export function otherThan(element, id) {
  return (element.boundElements ?? []).filter((each) => each.id !== id);
}

export function heads(direction) {
  return { startArrowhead: direction === "both" ? "arrow" : null, endArrowhead: direction === "none" ? null : "arrow" };
}

/** How much of its width a shape leaves for words. */
function shareOf(type) {
  return type === "ellipse" ? Math.SQRT1_2 : type === "diamond" ? 0.5 : 1;
}
