// Board or text: the two ways to work on a step that draws. Which was chosen holds until the page is left; at first a
// wide screen shows the board of the high-level design, and everything else its text.

const wide = window.matchMedia("(min-width: 56.01rem)");

export class Ways {
  #heard = [];

  constructor(room) {
    for (const editor of room.querySelectorAll(".editor[data-view]")) {
      const way = editor.dataset.view === "auto" ? (wide.matches ? "board" : "text") : editor.dataset.view;
      this.#mark(editor, way);
      const list = editor.querySelector("[role=tablist]");
      list.addEventListener("click", (event) => {
        const tab = event.target.closest("[data-way]");
        if (tab) this.show(editor, tab.dataset.way);
      });
      list.addEventListener("keydown", (event) => {
        if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        this.show(editor, editor.dataset.view === "board" ? "text" : "board", { keepFocus: true });
        list.querySelector("[aria-selected=true]").focus();
      });
    }
  }

  // "board" or "text"; a step that does not draw has only its text.
  of(editor) {
    return editor.dataset.view ?? "text";
  }

  onShown(heard) {
    this.#heard.push(heard);
  }

  show(editor, way, { keepFocus = false } = {}) {
    if (!editor.dataset.view) return;
    const isNew = editor.dataset.view !== way;
    if (isNew) this.#mark(editor, way);
    for (const heard of this.#heard) heard(editor, { isNew, keepFocus });
  }

  #mark(editor, way) {
    editor.dataset.view = way;
    for (const tab of editor.querySelectorAll("[data-way]")) {
      const isOn = tab.dataset.way === way;
      tab.setAttribute("aria-selected", String(isOn));
      tab.tabIndex = isOn ? 0 : -1;
    }
  }
}
