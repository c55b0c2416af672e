// Words typed offline that never reached the server are still in this browser. The session is over, so they
// cannot count; they are sent all the same and kept beside the answer.

import { post } from "./room/csrf.js";
import { keptFor } from "./room/kept.js";

const box = document.querySelector("[data-leftovers]");
let sent = 0;
for (const kept of keptFor(box.dataset.session)) {
  const url = box.dataset.save.replace("/requirements/", `/${kept.step}/`);
  try {
    const response = await post(url, { text: kept.text, base: kept.version });
    if (response.ok || response.status === 409) {
      localStorage.removeItem(kept.key);
      sent += 1;
    }
  } catch {
    // Still offline: next time.
  }
}
if (sent) location.reload();
