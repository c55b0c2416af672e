// The cookie is newer than the form when somebody signed in again in another tab; the server believes the cookie.

export const csrfToken = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

// A POST as a script makes it. Rejects where the network is away.
export function post(url, values, { keepalive = false, redirect = "follow", accept = "application/json" } = {}) {
  const headers = { Accept: accept, "X-CSRFToken": csrfToken() };
  if (accept === "text/html") headers["HX-Request"] = "true";
  return fetch(url, { method: "POST", body: new URLSearchParams(values), headers, keepalive, redirect });
}
