// Offers this device's time zone beside the field on the profile page. The page works without it.
"use strict";

(() => {
  const field = document.querySelector("[data-zone]");
  const offer = document.querySelector("[data-zone-offer]");
  if (!field || !offer) return;

  const guess = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const known = [...field.list.options].some((option) => option.value === guess);
  if (!known) return;

  const show = () => {
    offer.hidden = field.value === guess;
  };
  offer.querySelector("[data-zone-name]").textContent = guess;
  offer.addEventListener("click", () => {
    field.value = guess;
    show();
    field.focus();
  });
  field.addEventListener("input", show);
  show();
})();
