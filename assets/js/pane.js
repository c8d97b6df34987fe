// The panes of the desk where there is no room for all, and scroll positions that are kept.
import { Controller } from "../vendor/stimulus.js";

export class PaneController extends Controller {
  connect() {
    this.key = (event) => event.key === "Escape" && this.fold();
    this.away = (event) => {
      const inside = event.target.closest("#side, #views, [data-pane-toggle], .views-button");
      if (!inside) this.fold();
    };
    this.element.addEventListener("keydown", this.key);
    this.element.addEventListener("click", this.away);
  }

  disconnect() {
    this.element.removeEventListener("keydown", this.key);
    this.element.removeEventListener("click", this.away);
  }

  toggleSide(event) {
    this.flip("side", event.currentTarget);
  }

  hideSide() {
    this.element.dataset.side = "closed";
  }

  views(event) {
    event.preventDefault();
    this.flip("views", event.currentTarget);
  }

  flip(name, button) {
    const open = this.element.dataset[name] !== "open";
    this.element.dataset[name] = open ? "open" : "closed";
    button.setAttribute("aria-expanded", String(open));
    if (open) document.getElementById(name)?.querySelector("a, button")?.focus();
  }

  fold() {
    for (const name of ["side", "views"]) {
      if (this.element.dataset[name] === "open") this.element.dataset[name] = "closed";
    }
  }
}

// A list keeps its place when another row is opened and after Back. In memory: a new tab
// begins at the top.
const places = new Map();

export class ScrollController extends Controller {
  connect() {
    this.each((element, key) => {
      if (places.has(key)) element.scrollTop = places.get(key);
    });
    this.remember = () => this.each((element, key) => places.set(key, element.scrollTop));
    document.addEventListener("turbo:before-render", this.remember);
    document.addEventListener("turbo:before-cache", this.remember);
  }

  disconnect() {
    document.removeEventListener("turbo:before-render", this.remember);
    document.removeEventListener("turbo:before-cache", this.remember);
  }

  each(act) {
    this.element.querySelectorAll("[data-scroll-keep]").forEach((element) => {
      act(element, element.dataset.scrollKeep);
    });
  }
}
