// This device's time zone: sent along when somebody starts here, offered beside the field on the profile page.
// Every page works without it; the server checks the name.
"use strict";

(() => {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!here) return;

  for (const field of document.querySelectorAll("[data-zone-here]")) field.value = here;

  const field = document.querySelector("[data-zone]");
  const offer = document.querySelector("[data-zone-offer]");
  if (!field || !offer) return;
  const known = [...field.list.options].some((option) => option.value === here);
  if (!known) return;

  const show = () => {
    offer.hidden = field.value === here;
  };
  offer.querySelector("[data-zone-name]").textContent = here;
  offer.addEventListener("click", () => {
    field.value = here;
    show();
    field.focus();
  });
  field.addEventListener("input", show);
  show();
})();
