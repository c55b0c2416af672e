// The components of a system design, to click or to drag onto the board. One stop of the tab order; arrow keys go on.

import { serializeLibraryAsJSON } from "@excalidraw/excalidraw";

import { LIBRARY, look } from "../kinds.js";
import { newId, part, sizeFor, withName } from "../make.js";
import { PartIcon } from "./icons.jsx";

// What the editor takes for an item of a library when it is dropped.
const ITEM = "application/vnd.excalidrawlib+json";

export function Library({ label, add }) {
  return (
    <ul className="wb-library" aria-label={label} onKeyDown={step}>
      {LIBRARY.map((item, index) => (
        <li key={item.key}>
          <button
            type="button"
            tabIndex={index ? -1 : 0}
            draggable
            onDragStart={(event) => event.dataTransfer.setData(ITEM, packed(item))}
            onClick={() => add(item)}
            onFocus={hold}
          >
            <PartIcon name={item.key} />
            <span>{item.label}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function packed({ key, kind, label }) {
  const size = sizeFor(label, look(kind).type);
  const elements = withName(part({ id: newId(), kind: key, place: { x: 0, y: 0, ...size } }), label);
  return serializeLibraryAsJSON([{ id: key, status: "published", created: 0, elements }]);
}

function step(event) {
  const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (!by || event.altKey) return;
  const all = buttons(event.currentTarget);
  event.preventDefault();
  event.stopPropagation();
  all[(all.indexOf(event.target) + by + all.length) % all.length].focus();
}

function hold(event) {
  for (const each of buttons(event.currentTarget.closest("ul"))) each.tabIndex = each === event.currentTarget ? 0 : -1;
}

function buttons(list) {
  return [...list.querySelectorAll("button")];
}
