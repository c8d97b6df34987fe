// Where an answer is written. Nothing typed here is ever lost: it is saved while typing, when
// the page is left, and it stays when sending fails.
import { Controller } from "../vendor/stimulus.js";
import { send } from "./request.js";

const SAVE_AFTER_MS = 600;
const RETRY_MS = 5_000;
const KEEP_AGAIN_MS = 2_000;

export class ComposerController extends Controller {
  static targets = ["text", "state", "files", "list", "send"];
  static values = { draftUrl: String, filesMax: Number };

  connect() {
    this.saved = this.content();
    this.hidden = () => this.saveNow({ keepalive: true });
    this.left = () => document.visibilityState === "hidden" && this.hidden();
    this.answered = (event) => this.answer(event);
    this.failed = () => this.notSent();
    this.element.addEventListener("turbo:before-fetch-response", this.answered);
    this.element.addEventListener("turbo:fetch-request-error", this.failed);
    addEventListener("pagehide", this.hidden);
    document.addEventListener("visibilitychange", this.left);
    this.grow();
  }

  disconnect() {
    removeEventListener("pagehide", this.hidden);
    document.removeEventListener("visibilitychange", this.left);
    this.element.removeEventListener("turbo:before-fetch-response", this.answered);
    this.element.removeEventListener("turbo:fetch-request-error", this.failed);
    clearTimeout(this.timer);
    this.saveNow({ keepalive: true });
  }

  get mode() {
    return this.element.querySelector('input[name="mode"]:checked')?.value || "note";
  }

  content() {
    return `${this.mode}\n${this.textTarget.value}`;
  }

  chooseMode() {
    this.element.dataset.mode = this.mode;
    const area = this.textTarget;
    area.focus();
    // The first time the cursor would stand before the draft.
    if (area.selectionEnd === 0) area.setSelectionRange(area.value.length, area.value.length);
    this.changed();
  }

  changed() {
    this.sending = false;
    this.grow();
    if (this.content() === this.saved) return;
    this.say("unsaved");
    this.saveIn(SAVE_AFTER_MS);
  }

  saveIn(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.saveNow(), wait);
  }

  // Quiet: what is said now ("not sent") is more important than where the draft is.
  async saveNow({ keepalive = false, quiet = false } = {}) {
    const content = this.content();
    if (this.sending || !this.draftUrlValue || content === this.saved) return;
    // Leaving a page is said twice (hidden, then gone).
    if (keepalive && content === this.onTheWay) return;
    this.onTheWay = content;
    clearTimeout(this.timer);
    if (!quiet) this.say("saving");
    const fields = { mode: this.mode, body: this.textTarget.value };
    try {
      const answer = await send(this.draftUrlValue, { fields, keepalive });
      if (!answer.ok) throw new Error(String(answer.status));
      this.saved = content;
      if (this.content() === content && !quiet) this.say("saved");
    } catch {
      if (!quiet) this.say("failed", true);
      this.saveIn(RETRY_MS);
    }
    this.onTheWay = null;
  }

  // Escape leaves the text, so that the keys of the page work again.
  key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.element.requestSubmit(this.sendTarget);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.textTarget.blur();
      document.querySelector(".thread")?.focus({ preventScroll: true });
    }
  }

  // A second press must not send twice; an empty text is not sent at all.
  submit(event) {
    const empty = !this.textTarget.value.trim() && this.filesTarget.files.length === 0;
    if (this.sending || empty) {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (empty) this.textTarget.focus();
      return;
    }
    this.sending = true;
    clearTimeout(this.timer);
    this.element.setAttribute("aria-busy", "true");
  }

  // The server has answered: from here on its page is the truth, the composer included.
  answer(event) {
    if (event.target !== this.element) return;
    this.element.removeAttribute("aria-busy");
    this.element.removeAttribute("data-keep");
    if (event.detail.fetchResponse.succeeded) {
      this.textTarget.value = "";
      this.filesTarget.value = "";
      this.saved = this.content();
      this.showFiles();
    }
    this.sending = false;
    this.say("");
    if (this.content() !== this.saved) this.saveIn(SAVE_AFTER_MS);
    // Its page brings the mark back; an answer without a page would not.
    clearTimeout(this.keepTimer);
    const keep = () => this.element.setAttribute("data-keep", "");
    this.keepTimer = setTimeout(keep, KEEP_AGAIN_MS);
  }

  notSent() {
    this.sending = false;
    this.element.removeAttribute("aria-busy");
    this.say("notSent", true);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.saveNow({ quiet: true }), RETRY_MS);
  }

  // A suggested answer goes where the cursor is.
  insert({ currentTarget }) {
    const { text } = currentTarget.dataset;
    const area = this.textTarget;
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.focus();
    this.changed();
  }

  paste(event) {
    const files = [...(event.clipboardData?.files || [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.addFiles(files);
  }

  over(event) {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    this.element.classList.add("dropping");
  }

  leave() {
    this.element.classList.remove("dropping");
  }

  drop(event) {
    this.leave();
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    this.addFiles([...event.dataTransfer.files]);
  }

  addFiles(files) {
    this.setFiles([...this.filesTarget.files, ...files]);
  }

  filesChanged() {
    this.setFiles([...this.filesTarget.files]);
  }

  setFiles(files) {
    const kept = new DataTransfer();
    files.slice(0, this.filesMaxValue).forEach((file) => kept.items.add(file));
    this.filesTarget.files = kept.files;
    if (files.length > this.filesMaxValue) this.say("tooMany", true);
    this.showFiles();
  }

  showFiles() {
    const files = [...this.filesTarget.files];
    this.listTarget.hidden = files.length === 0;
    this.listTarget.replaceChildren(...files.map((file, index) => {
      const item = document.createElement("li");
      item.className = "file";
      const name = document.createElement("span");
      name.className = "file-name";
      name.textContent = file.name;
      const remove = document.createElement("button");
      remove.type = "button";
      remove.textContent = "✕";
      remove.setAttribute("aria-label", `${this.element.dataset.remove}: ${file.name}`);
      remove.addEventListener("click", () => {
        this.setFiles(files.filter((_, at) => at !== index));
      });
      item.append(name, remove);
      return item;
    }));
  }

  // As tall as its text, up to the limit in the style sheet.
  grow() {
    const area = this.textTarget;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  }

  say(state, isTrouble = false) {
    this.stateTarget.textContent = state ? this.element.dataset[state] : "";
    this.stateTarget.classList.toggle("trouble-text", isTrouble);
  }
}
