// Light or dark, as the page is: by its attribute, else as the reader's system has it.

const SYSTEM = "(prefers-color-scheme: dark)";

export function pageTheme() {
  const { theme } = document.documentElement.dataset;
  return theme === "dark" || theme === "light" ? theme : matchMedia(SYSTEM).matches ? "dark" : "light";
}

/** Calls back when the page changes. Returns how to stop. */
export function watchTheme(callback) {
  const system = matchMedia(SYSTEM);
  const heard = () => callback(pageTheme());
  const observer = new MutationObserver(heard);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  system.addEventListener("change", heard);
  return () => {
    observer.disconnect();
    system.removeEventListener("change", heard);
  };
}
