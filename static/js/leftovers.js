// What was typed offline and never reached the server is still in this browser. The session is over, so it cannot
// count; it is sent all the same and kept beside the answer.

import { post } from "./room/csrf.js";
import { forget, keptFor } from "./room/kept.js";

const box = document.querySelector("[data-leftovers]");
let sent = 0;
for (const kept of await keptFor(box.dataset.session)) {
  const part = kept.part === "text" ? "" : `${kept.part}/`;
  const url = box.dataset.save.replace("/requirements/", `/${kept.step}/${part}`);
  try {
    const response = await post(url, { text: kept.text, base: kept.version });
    if (response.ok || response.status === 409) {
      forget(kept.key);
      sent += 1;
    }
  } catch {
    // Still offline: next time.
  }
}
if (sent) location.reload();
