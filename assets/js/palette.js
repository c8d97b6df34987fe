// Ctrl K: one box for a number, a name, a case, or what can be done on this page.
import { Controller } from "../vendor/stimulus.js";
import { fragment } from "./request.js";
import { hotkeyLabel, keyName, press, usableHotkeys } from "./hotkeys.js";

const ASK_AFTER_MS = 120;
const COMMANDS_MAX = 6;

export class PaletteController extends Controller {
  static targets = ["dialog", "input", "results", "state"];

  open(event) {
    event.preventDefault();
    if (this.dialogTarget.open) return;
    // Taken before the dialog opens: afterwards only its own keys are usable.
    this.commands = usableHotkeys().filter((element) => !element.matches(".find, .hidden"));
    this.dialogTarget.showModal();
    this.inputTarget.select();
    this.search();
  }

  close() {
    this.dialogTarget.close();
  }

  outside(event) {
    if (event.target === this.dialogTarget) this.close();
  }

  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.search(), ASK_AFTER_MS);
  }

  async search() {
    const words = this.inputTarget.value.trim();
    this.asked?.abort();
    this.asked = new AbortController();
    const own = this.ownCommands(words);
    const url = `${this.inputTarget.form.getAttribute("action")}?q=${encodeURIComponent(words)}`;
    try {
      const html = await fragment(url, "find", this.asked.signal);
      this.resultsTarget.innerHTML = html;
      const shown = new Set(this.options.map((option) => this.title(option)));
      this.resultsTarget.append(...own.filter((option) => !shown.has(this.title(option))));
      this.say(this.options.length === 0 && words ? this.resultsTarget.dataset.none : "");
    } catch (error) {
      if (error.name === "AbortError") return;
      this.resultsTarget.replaceChildren(...own);
      this.say(this.resultsTarget.dataset.failed);
    }
    this.options.forEach((option, index) => { option.id ||= `option-${index}`; });
    this.choose(0);
  }

  // What can be done on this page, by its label.
  ownCommands(words) {
    const wanted = words.toLowerCase();
    const fits = (element) => hotkeyLabel(element).toLowerCase().includes(wanted);
    return this.commands.filter(fits).slice(0, COMMANDS_MAX).map((element) => {
      const option = document.createElement("a");
      option.className = "option";
      option.setAttribute("role", "option");
      option.tabIndex = -1;
      option.href = element.href || "#";
      const title = document.createElement("span");
      title.className = "option-title";
      title.textContent = hotkeyLabel(element);
      const keys = document.createElement("span");
      keys.className = "option-detail";
      keys.textContent = element.dataset.hotkey.split(" ").map(keyName).join(" ");
      option.append(title, keys);
      option.addEventListener("click", (event) => {
        event.preventDefault();
        this.close();
        press(element);
      });
      return option;
    });
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.choose(this.index + step);
    }
  }

  // Enter: the chosen one, or the page with all results.
  go(event) {
    const option = this.options[this.index];
    if (!option) return;
    event.preventDefault();
    this.close();
    option.click();
  }

  choose(index) {
    const { options } = this;
    this.index = options.length ? (index + options.length) % options.length : -1;
    options.forEach((option, at) => {
      option.setAttribute("aria-selected", String(at === this.index));
    });
    const chosen = options[this.index];
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) this.inputTarget.setAttribute("aria-activedescendant", chosen.id);
    else this.inputTarget.removeAttribute("aria-activedescendant");
  }

  title(option) {
    return option.querySelector(".option-title").textContent;
  }

  say(text) {
    this.stateTarget.textContent = text || "";
  }

  get options() {
    return [...this.resultsTarget.querySelectorAll('[role="option"]')];
  }
}
