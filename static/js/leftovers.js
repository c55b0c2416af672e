// Words typed offline that never reached the server are still in this browser. The session is over, so they
// cannot count; they are sent all the same and kept beside the answer.

const box = document.querySelector("[data-leftovers]");
const prefix = `fortyfive:${box.dataset.session}:`;

const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
let sent = 0;
for (const key of keys) {
  const step = key.slice(prefix.length);
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    const body = new URLSearchParams({ text: kept.text, base: kept.version, csrfmiddlewaretoken: box.dataset.csrf });
    const response = await fetch(box.dataset.save.replace("/requirements/", `/${step}/`), {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
    });
    if (response.ok || response.status === 409) {
      localStorage.removeItem(key);
      sent += 1;
    }
  } catch {
    // Still offline: next time.
  }
}
if (sent) location.reload();
