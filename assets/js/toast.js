// A short message after an action. It waits while it is pointed at; trouble stays until closed.
import { Controller } from "../vendor/stimulus.js";

const SHOWN_MS = 10_000;

export class ToastController extends Controller {
  connect() {
    this.wait = () => {
      clearTimeout(this.timer);
      if (this.element.matches(".alarm")) return;
      this.timer = setTimeout(() => this.close(), SHOWN_MS);
    };
    this.stay = () => clearTimeout(this.timer);
    this.element.addEventListener("pointerenter", this.stay);
    this.element.addEventListener("focusin", this.stay);
    this.element.addEventListener("pointerleave", this.wait);
    this.element.addEventListener("focusout", this.wait);
    this.wait();
  }

  disconnect() {
    clearTimeout(this.timer);
  }

  close() {
    this.element.remove();
  }
}
