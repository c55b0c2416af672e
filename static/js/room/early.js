// Runs before anything is painted: that there is script, and how wide somebody made their panes. So nothing jumps when
// the rest arrives. What is kept here, room/settings.js writes.
"use strict";

(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const kept = JSON.parse(localStorage.getItem("fortyfive-room") || "{}");
    for (const pane of ["brief", "side"]) {
      if (Number.isFinite(kept[`${pane}-width`])) root.style.setProperty(`--${pane}-width`, `${kept[`${pane}-width`]}px`);
      root.toggleAttribute(`data-no-${pane}`, kept[`${pane}-hidden`] === true);
    }
  } catch {
    // Storage is switched off, or holds something that is not ours: the panes are as wide as ever.
  }
})();
