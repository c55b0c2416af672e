// The board among the keys of the page: Escape leads out of it, and keys that mean something to the page get there.

// What the editor would do that this board does not: export and save dialogs, links on elements, its palette of commands.
const NOT_HERE = [
  (event) => isCommand(event) && event.shiftKey && ["e", "s"].includes(event.key.toLowerCase()),
  (event) => isCommand(event) && !event.shiftKey && !event.altKey && ["k", "p"].includes(event.key.toLowerCase()),
  // The page has a list of keys, and the board's own is in its menu.
  (event) => event.key === "?",
];

// What is open without being in the editor's state.
const OPEN = ".excalidraw .dropdown-menu, [data-radix-popper-content-wrapper]";

/** Listens in `host`; `state` gives the editor's state, the others are what Escape does. Returns how to stop. */
export function shareKeys(host, { state, closeMenu, deselect, leave }) {
  const first = (event) => {
    // A palette that was open has closed itself already.
    if (isTyping(event.target) || event.defaultPrevented) return;
    const then = event.key === "Escape" && nextWayOut(state(), { closeMenu, deselect, leave });
    if (then) {
      event.preventDefault();
      event.stopPropagation();
      then();
    } else if (NOT_HERE.some((matches) => matches(event)) && event.target !== host) {
      event.stopPropagation();
      pass(event, host);
    }
  };
  // Alt with an arrow walks along the arrows of a selected part; only without one is it the page's.
  const last = (event) => {
    if (event.altKey && event.key.startsWith("Arrow") && Object.keys(state().selectedElementIds).length)
      event.stopPropagation();
  };
  host.addEventListener("keydown", first, true);
  host.addEventListener("keydown", last);
  return () => {
    host.removeEventListener("keydown", first, true);
    host.removeEventListener("keydown", last);
  };
}

/** Gives the page a key that the editor shall not see. */
function pass(event, host) {
  const { key, code, ctrlKey, metaKey, shiftKey, altKey } = event;
  const again = new KeyboardEvent("keydown", {
    key,
    code,
    ctrlKey,
    metaKey,
    shiftKey,
    altKey,
    bubbles: true,
    cancelable: true,
  });
  if (!host.dispatchEvent(again)) event.preventDefault();
}

function isCommand(event) {
  return event.ctrlKey || event.metaKey;
}

function isTyping(target) {
  return (
    target.closest("textarea, input, select, [contenteditable=true], dialog, .Modal, .excalidraw-modal-container") !==
    null
  );
}

/** What Escape ends: a menu, then the selection, then being on the board; what else is going on is the editor's. */
function nextWayOut(state, { closeMenu, deselect, leave }) {
  if (state.openMenu) return closeMenu;
  const isBusy = [
    state.activeTool.type !== "selection",
    state.editingTextElement,
    state.editingLinearElement,
    state.editingGroupId,
    state.newElement,
    state.multiElement,
    state.openDialog,
    state.openPopup,
    state.openSidebar,
    state.contextMenu,
    document.querySelector(OPEN),
  ].some(Boolean);
  if (isBusy) return null;
  return Object.keys(state.selectedElementIds).length ? deselect : leave;
}
