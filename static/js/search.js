// The search of every page: one key opens it, arrows choose, Enter opens. Without this file the button is a link.
"use strict";

(() => {
  const dialog = document.getElementById("search-dialog");
  const opener = document.querySelector("[data-search-open]");
  if (!dialog || !opener) return;
  const input = dialog.querySelector("#search-words");
  const results = dialog.querySelector("#search-results");
  // In the dialog, and on the page about accessibility.
  const switches = [...document.querySelectorAll("[data-search-slash]")];
  let shownFor = "";

  // --- A single key can be in somebody's way: it can be turned off, for this browser.
  const OFF = "search-slash-off";
  let slash = !isOff();
  for (const box of switches) {
    box.addEventListener("change", () => {
      slash = box.checked;
      keep(!slash);
      label();
    });
  }

  // A browser that keeps nothing for us throws here; then the key is off for this page only.
  function isOff() {
    try {
      return localStorage.getItem(OFF) !== null;
    } catch {
      return false;
    }
  }

  function keep(off) {
    try {
      if (off) localStorage.setItem(OFF, "1");
      else localStorage.removeItem(OFF);
    } catch {}
  }

  function label() {
    for (const box of switches) box.checked = slash;
    opener.setAttribute("aria-keyshortcuts", slash ? "/ Control+K" : "Control+K");
    opener.title = slash ? "Search: press /" : "Search: press Ctrl+K";
  }
  label();

  function open() {
    if (dialog.open) return;
    dialog.showModal();
    input.focus();
    input.select();
  }

  opener.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  dialog.querySelector("[data-search-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    // On the backdrop, or on a result of this very page.
    if (event.target === dialog || event.target.closest("#search-results a")) dialog.close();
  });

  const typing = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  document.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const byKey = event.key === "/" && plain && slash && !typing(event.target);
    const byChord = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
    // Another dialog that is open keeps its keys.
    if (!(byKey || byChord) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    open();
  });

  // --- Arrows go from the field through the results and back, Home and End to the first and the last of them.
  const links = () => [...results.querySelectorAll("a")];
  dialog.addEventListener("keydown", (event) => {
    const every = links();
    const at = every.indexOf(document.activeElement);
    const onField = document.activeElement === input;
    if (event.key === "Escape") {
      // A search field would take the first Escape to empty itself.
      event.preventDefault();
      dialog.close();
    } else if (event.key === "ArrowDown" && every.length && (onField || at >= 0)) {
      event.preventDefault();
      every[Math.min(at + 1, every.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (at ? every[at - 1] : input).focus();
    } else if ((event.key === "Home" || event.key === "End") && at >= 0) {
      event.preventDefault();
      every.at(event.key === "Home" ? 0 : -1).focus();
    } else if (event.key === "Enter" && onField && every.length && shownFor === input.value.trim()) {
      event.preventDefault();
      every[0].click();
    } else if (at >= 0 && (event.key === "Backspace" || (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== " "))) {
      input.focus();
    }
  });
  results.addEventListener("htmx:afterSwap", (event) => {
    // The words that were asked for: somebody may have typed on since.
    shownFor = event.detail.requestConfig.parameters.q.trim();
    results.scrollTop = 0;
  });
})();
