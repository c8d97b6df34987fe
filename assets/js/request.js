// Requests that a controller makes by itself, with the token that the server asks for.
import { metaContent } from "./words.js";

export function send(url, { method = "PUT", fields = {}, keepalive = false } = {}) {
  const token = metaContent("csrf-token");
  return fetch(url, {
    method,
    body: new URLSearchParams(fields),
    headers: token ? { "X-CSRF-Token": token } : {},
    credentials: "same-origin",
    keepalive,
  });
}

// The HTML of a part of a page. A redirect means that the person is logged out by now.
export async function fragment(url, kind, signal) {
  const answer = await fetch(url, {
    headers: { "X-Fragment": kind, Accept: "text/html" },
    credentials: "same-origin",
    signal,
  });
  if (!answer.ok || answer.redirected) throw new Error(`${url}: ${answer.status}`);
  return answer.text();
}
