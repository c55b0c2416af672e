// The shell of every page: the theme button, focus after a swap, paper. Nothing here is needed to use a page.
"use strict";

(() => {
  const root = document.documentElement;
  root.classList.add("js");

  // --- Theme: system, light, dark. The cookie lets the server set <html data-theme>, so nothing flashes.
  const THEMES = ["system", "light", "dark"];
  const NAMES = { system: "as my device", light: "light", dark: "dark" };
  const ICONS = { system: "#i-theme", light: "#i-sun", dark: "#i-moon" };

  const current = () => root.dataset.theme || "system";

  function paint(button) {
    const theme = current();
    button.setAttribute("aria-label", `Theme: ${NAMES[theme]}`);
    button.title = `Theme: ${NAMES[theme]}`;
    button.querySelector("use").setAttribute("href", ICONS[theme]);
  }

  function setTheme(theme) {
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `theme=${theme}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  }

  for (const button of document.querySelectorAll("[data-theme-button]")) {
    paint(button);
    button.addEventListener("click", () => {
      setTheme(THEMES[(THEMES.indexOf(current()) + 1) % THEMES.length]);
      paint(button);
    });
  }

  // --- After a swap focus goes to the new heading, where the fragment names one.
  document.addEventListener("htmx:afterSettle", (event) => {
    const heading = event.target.querySelector?.("[data-focus]");
    if (!heading) return;
    heading.setAttribute("tabindex", "-1");
    heading.focus();
  });

  // --- On a phone the pane that is open is the current tab.
  function markPane() {
    for (const tabs of document.querySelectorAll(".panetabs")) {
      const links = [...tabs.querySelectorAll("a")];
      const open = links.find((link) => link.hash === location.hash) || links.find((link) => link.hash === "#main");
      for (const link of links) {
        if (link === open) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    }
  }
  window.addEventListener("hashchange", markPane);
  markPane();

  // --- Filters are open on a wide screen, folded on a narrow one, unless somebody says otherwise.
  const wide = window.matchMedia("(min-width: 62.01rem)");
  const unfold = () => {
    for (const box of document.querySelectorAll(".filterbox")) box.open = wide.matches;
  };
  wide.addEventListener("change", unfold);
  unfold();

  // --- A link to something that is folded unfolds it, and closes what it stood in.
  function reveal(hash) {
    // Our ids are plain; what somebody typed after the # may be no address at all.
    const target = hash.length > 1 && document.getElementById(hash.slice(1));
    for (let box = target && target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (!link) return;
    link.closest(".why")?.hidePopover?.();
    reveal(link.hash);
  });
  reveal(location.hash);

  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => window.print());
  }

  // --- Paper has no disclosure triangles: open everything while printing, then put it back.
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const box of closed) box.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const box of closed) box.open = false;
  });
})();
