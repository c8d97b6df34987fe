// Native dialogs: opened by a button that names them, closed by Escape, Cancel or a click beside.
import { Controller } from "../vendor/stimulus.js";

export class DialogController extends Controller {
  static values = { open: Boolean };

  connect() {
    if (!this.element.matches("dialog")) return;
    if (this.openValue && !this.element.open) this.element.showModal();
    // A form in it that went through has done its work.
    this.done = (event) => event.detail.success && this.element.close();
    this.element.addEventListener("turbo:submit-end", this.done);
  }

  disconnect() {
    if (this.done) this.element.removeEventListener("turbo:submit-end", this.done);
  }

  open(event) {
    event.preventDefault();
    document.getElementById(this.element.dataset.dialogId)?.showModal();
  }

  close() {
    this.element.close();
  }

  outside(event) {
    if (event.target === this.element) this.element.close();
  }
}

// A disclosure used as a menu closes like one.
export class MenuController extends Controller {
  connect() {
    this.away = (event) => {
      if (this.element.open && !this.element.contains(event.target)) this.element.open = false;
    };
    this.key = (event) => {
      if (event.key !== "Escape" || !this.element.open) return;
      this.element.open = false;
      this.element.querySelector("summary").focus();
    };
    document.addEventListener("click", this.away);
    this.element.addEventListener("keydown", this.key);
  }

  disconnect() {
    document.removeEventListener("click", this.away);
    this.element.removeEventListener("keydown", this.key);
    this.element.open = false;
  }
}

// The summary of a form's errors takes the focus, so that it is read first.
export class FocusController extends Controller {
  connect() {
    this.element.focus({ preventScroll: false });
  }
}
