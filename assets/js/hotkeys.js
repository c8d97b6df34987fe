// Keys by their place on the keyboard (event.code), so that a Hindi layout changes nothing.
//
// `data-hotkey="KeyR"` presses its link or button, or focuses its input. `KeyG KeyI` is one
// after the other; `Shift+Slash`, `Control+KeyK` carry a modifier. Nothing fires while typing.
import { Controller } from "../vendor/stimulus.js";
import { isShown, isTyping } from "./words.js";

const SEQUENCE_MS = 1_200;
const NAMES = {
  Slash: "/", Period: ".", Comma: ",", Enter: "⏎", Escape: "Esc", ArrowUp: "↑", ArrowDown: "↓",
  Space: "␣", "Shift+Slash": "?",
};

export function keyName(code) {
  if (NAMES[code]) return NAMES[code];
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
  return code.split("+").map((part) => {
    if (part === "Control") return isMac ? "⌘" : "Ctrl";
    return NAMES[part] || part.replace(/^(Key|Digit)/, "");
  }).join(" ");
}

export function hotkeyLabel(element) {
  return element.dataset.hotkeyLabel || element.getAttribute("aria-label")
    || element.querySelector("span")?.textContent.trim() || element.textContent.trim();
}

// Those that can be used now: in the open dialog if there is one, else all that are not hidden
// (what lies in a closed menu counts).
export function usableHotkeys() {
  const dialog = document.querySelector("dialog[open]");
  const all = [...(dialog || document).querySelectorAll("[data-hotkey]")];
  return all.filter((element) => {
    if (element.disabled || element.getAttribute("aria-disabled") === "true") return false;
    return isShown(element) || element.closest("details:not([open])");
  });
}

export function press(element) {
  if (element.matches("textarea, select, input:not([type=radio], [type=checkbox])")) {
    element.focus();
  } else {
    element.click();
  }
}

export class HotkeysController extends Controller {
  static targets = ["dialog", "list"];

  connect() {
    this.before = "";
    this.pressed = (event) => this.key(event);
    document.addEventListener("keydown", this.pressed);
  }

  disconnect() {
    document.removeEventListener("keydown", this.pressed);
    clearTimeout(this.timer);
  }

  key(event) {
    if (event.defaultPrevented || event.repeat || event.isComposing) return;
    if (/^(Control|Shift|Alt|Meta)/.test(event.code)) return;
    const control = event.ctrlKey || event.metaKey;
    if (isTyping(event.target) && !control) return;
    const code = (control ? "Control+" : "") + (event.altKey ? "Alt+" : "")
      + (event.shiftKey ? "Shift+" : "") + event.code;
    // A button or link in focus has Enter and Space for itself.
    if (/^(Enter|Space)$/.test(code) && event.target.closest?.("a, button, summary")) return;
    const keys = usableHotkeys();
    const sequence = this.before ? `${this.before} ${code}` : "";
    const found = keys.find((element) => element.dataset.hotkey === sequence)
      || keys.find((element) => element.dataset.hotkey === code);
    this.before = "";
    clearTimeout(this.timer);
    if (found) {
      event.preventDefault();
      press(found);
    } else if (keys.some((element) => element.dataset.hotkey.startsWith(`${code} `))) {
      this.before = code;
      this.timer = setTimeout(() => { this.before = ""; }, SEQUENCE_MS);
    }
  }

  // The help lists what this page offers, each key once.
  help() {
    const seen = new Set();
    this.listTarget.replaceChildren();
    for (const element of usableHotkeys()) {
      const { hotkey } = element.dataset;
      if (seen.has(hotkey)) continue;
      seen.add(hotkey);
      const term = document.createElement("dt");
      term.textContent = hotkeyLabel(element);
      const keys = document.createElement("dd");
      hotkey.split(" ").forEach((code, index) => {
        if (index > 0) keys.append(` ${this.listTarget.dataset.then} `);
        const key = document.createElement("kbd");
        key.textContent = keyName(code);
        keys.append(key);
      });
      this.listTarget.append(term, keys);
    }
    this.dialogTarget.showModal();
  }
}
