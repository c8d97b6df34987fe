// Relative times and due rings stay true while a page is open, in the page's own words.
import { Controller } from "../vendor/stimulus.js";
import { fill, metaContent } from "./words.js";

const EVERY_MS = 30_000;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW_MS = 45 * SECOND;
const WARN_MS_MIN = 30 * MINUTE;
const WARN_PART = 0.15;
const RING_LENGTH = 47;

// How far the computer's clock is behind the server's. A page from the cache is old, so the
// largest difference seen is the true one.
let behind = -Infinity;

function unitOf(ms) {
  const length = Math.abs(ms);
  if (length < NOW_MS) return null;
  const minutes = Math.round(length / MINUTE);
  if (minutes < 60) return ["min", minutes];
  const whole = minutes * MINUTE;
  if (whole < DAY) return ["hour", Math.floor(whole / HOUR)];
  if (whole < 60 * DAY) return ["day", Math.floor(whole / DAY)];
  if (whole < 730 * DAY) return ["month", Math.floor(whole / (30 * DAY))];
  return ["year", Math.floor(whole / (365 * DAY))];
}

export class TimesController extends Controller {
  static values = { now: Number };

  connect() {
    if (this.nowValue) behind = Math.max(behind, this.nowValue - Date.now());
    this.words = JSON.parse(metaContent("times-words") || "{}");
    this.timer = setInterval(() => this.refresh(), EVERY_MS);
    this.after = () => this.refresh();
    document.addEventListener("live:after", this.after);
  }

  disconnect() {
    clearInterval(this.timer);
    document.removeEventListener("live:after", this.after);
  }

  now() {
    return Date.now() + (Number.isFinite(behind) ? behind : 0);
  }

  say(side, ms) {
    const found = unitOf(ms);
    if (!found) return side === "span" ? this.form("span-min", 0) : this.words.now;
    return this.form(`${side}-${found[0]}`, found[1]);
  }

  form(key, count) {
    return fill(this.words[`${key}-${count === 1 ? "one" : "other"}`], { n: count });
  }

  refresh() {
    const now = this.now();
    for (const element of document.querySelectorAll("[data-at]")) {
      const ms = Number(element.dataset.at) - now;
      this.put(element, this.say(ms < 0 ? "past" : "future", ms));
    }
    for (const element of document.querySelectorAll("[data-due]")) this.due(element, now);
  }

  due(element, now) {
    const { due, since } = element.dataset;
    const left = Number(due) - now;
    const whole = Math.max(Number(due) - Number(since), 1);
    const filled = Math.min(Math.max((now - Number(since)) / whole, 0.05), 1) * RING_LENGTH;
    const late = left < 0;
    const soon = left < Math.max(WARN_MS_MIN, whole * WARN_PART);
    const level = late && "mine" in element.dataset ? "alarm" : late || soon ? "warn" : "calm";
    element.classList.remove("calm", "warn", "alarm");
    element.classList.add(level);
    element.querySelector(".ring-value")
      ?.setAttribute("stroke-dasharray", `${Math.round(filled)} ${RING_LENGTH}`);
    const span = this.say("span", left);
    const text = element.querySelector("[data-due-text]");
    if (text) this.put(text, late ? fill(this.words.late, { span }) : span);
  }

  // Untouched when it is the same, so that nothing is read aloud or selected anew.
  put(element, text) {
    if (text && element.textContent !== text) element.textContent = text;
  }
}
