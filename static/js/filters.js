// The filters of the question list. Back and Forward load the page anew; what is set here keeps to its address.
"use strict";

(() => {
  const form = document.getElementById("filters");
  const field = (name) => form.elements.namedItem(name);

  // --- A page that the browser kept as it was left may show a tick whose list never came.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    const asked = new URLSearchParams(location.search);
    for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = asked.getAll(box.name).includes(box.value);
    field("q").value = asked.get("q") ?? "";
    field("sort").value = asked.get("sort") ?? field("sort").options[0].value;
  });

  // --- The address says only what was chosen.
  document.addEventListener("htmx:configRequest", (event) => {
    const asked = event.detail.parameters;
    if (event.detail.path !== form.getAttribute("action")) return;
    if (!asked.q) delete asked.q;
    if (asked.sort === field("sort").options[0].value) delete asked.sort;
  });
})();
