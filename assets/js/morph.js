// Changes a live part in place, without moving what is being read or touching what is typed.
import { morphElements } from "../vendor/turbo.js";
import { isTyping } from "./words.js";

// The first child that is in view, and how far it stands from the top of its scroller.
function anchorIn(scroller) {
  const top = scroller.getBoundingClientRect().top;
  for (const child of scroller.querySelectorAll("[id]")) {
    const box = child.getBoundingClientRect();
    if (box.height > 0 && box.top >= top) return { id: child.id, offset: box.top - top };
  }
  return null;
}

function holdAnchor(scroller, anchor) {
  const child = anchor && document.getElementById(anchor.id);
  if (!child) return;
  const now = child.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  if (Math.abs(now - anchor.offset) >= 1) scroller.scrollTop += now - anchor.offset;
}

function scrollersOf(part) {
  const inside = [...part.querySelectorAll(".rows, .thread")];
  const around = part.closest(".rows, .thread, .desk-side, .page-main");
  return around ? [around, ...inside] : inside;
}

export function morphLive(part, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById(part.id);
  if (!fresh) return;
  const held = scrollersOf(part).map((scroller) => [scroller, anchorIn(scroller)]);
  part.dispatchEvent(new CustomEvent("live:before", { bubbles: true }));
  morphElements(part, fresh, {});
  for (const [scroller, anchor] of held) if (scroller.isConnected) holdAnchor(scroller, anchor);
  document.getElementById(part.id)
    ?.dispatchEvent(new CustomEvent("live:after", { bubbles: true }));
}

// What no morph may touch, whether it is of a part or of the whole page.
document.addEventListener("turbo:before-morph-element", (event) => {
  const { target } = event;
  const typedIn = target === document.activeElement && isTyping(target);
  // Only the element itself: its children are then not looked at, and a composer that was
  // answered gives up its mark for one morph.
  if (target.matches("[data-keep]") || typedIn) event.preventDefault();
});

// A form that led on gives its fields up, for the page that follows is the truth about them; the
// focus comes back to where it was, if the page is the same.
document.addEventListener("turbo:before-fetch-response", ({ target, detail }) => {
  const field = document.activeElement;
  const isSent = target instanceof HTMLFormElement && target.contains(field);
  if (!isSent || !detail.fetchResponse.redirected || field.closest("[data-keep]")) return;
  const { id } = field;
  const path = location.pathname;
  field.blur();
  const back = () => location.pathname === path && document.getElementById(id)?.focus();
  if (id) addEventListener("turbo:render", back, { once: true });
});

// What a person has opened or ticked stays so, although the server does not know it.
document.addEventListener("turbo:before-morph-attribute", (event) => {
  const { target, detail } = event;
  const opened = detail.attributeName === "open" && target.matches("details, dialog");
  const ticked = detail.attributeName === "checked" && target.matches(".row-select");
  const folded = detail.attributeName === "hidden" && target.matches("[data-own-hidden]");
  const placed = /^data-(pane|side|views)$/.test(detail.attributeName);
  if (opened || ticked || folded || placed) event.preventDefault();
});
