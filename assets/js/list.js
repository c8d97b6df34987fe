// A list of rows: j/k or arrows move, x ticks, Shift ticks a range, Enter opens (a plain link).
import { Controller } from "../vendor/stimulus.js";
import { fill } from "./words.js";

export class ListController extends Controller {
  static targets = ["row", "box", "bulk", "count"];

  connect() {
    this.arrows = (event) => this.arrow(event);
    this.element.addEventListener("keydown", this.arrows);
    this.current()?.scrollIntoView({ block: "nearest" });
    this.show();
  }

  disconnect() {
    this.element.removeEventListener("keydown", this.arrows);
  }

  current() {
    return this.rowTargets.find((row) => row.getAttribute("aria-current"));
  }

  arrow(event) {
    if (!event.target.matches('[data-list-target="row"]')) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.move(step);
  }

  next() {
    this.move(1);
  }

  previous() {
    this.move(-1);
  }

  move(step) {
    const rows = this.rowTargets;
    if (rows.length === 0) return;
    const from = rows.indexOf(document.activeElement.closest?.("a"));
    const at = from >= 0 ? from : rows.indexOf(this.current());
    const first = at < 0 && step > 0 ? 0 : at + step;
    rows[Math.min(Math.max(first, 0), rows.length - 1)].focus();
  }

  tick() {
    const row = document.activeElement.closest?.(".row") || this.current()?.closest(".row");
    row?.querySelector('[data-list-target="box"]')?.click();
  }

  // With Shift everything between the last one and this one becomes as this one is.
  pick(event) {
    const boxes = this.boxTargets;
    const to = boxes.indexOf(event.target);
    const from = boxes.indexOf(this.last);
    if (event.shiftKey && from >= 0) {
      const [low, high] = from < to ? [from, to] : [to, from];
      boxes.slice(low, high + 1).forEach((box) => { box.checked = event.target.checked; });
    }
    this.last = event.target;
    this.show();
  }

  clear() {
    this.boxTargets.forEach((box) => { box.checked = false; });
    this.show();
  }

  boxTargetDisconnected() {
    this.show();
  }

  show() {
    if (!this.hasBulkTarget) return;
    const count = this.boxTargets.filter((box) => box.checked).length;
    this.bulkTarget.hidden = count === 0;
    this.element.classList.toggle("selecting", count > 0);
    const { one, other } = this.countTarget.dataset;
    this.countTarget.textContent = count === 1 ? one : fill(other, { n: count });
  }
}
