// Text comes from the page, never from here: templates with {name} in data attributes.

export function fill(template, values) {
  return (template || "").replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

export function metaContent(name) {
  return document.querySelector(`meta[name="${name}"]`)?.content || "";
}

// Whether keys pressed on this element are meant as text.
export function isTyping(element) {
  if (!element?.matches) return false;
  if (element.isContentEditable || element.matches("textarea, select")) return true;
  const pressed = ["checkbox", "radio", "button", "submit", "file", "range", "color"];
  return element.matches("input") && !pressed.includes(element.type);
}

export function isShown(element) {
  return element.getClientRects().length > 0;
}
