// Keeps the live parts of a page fresh: a signal names topics, the parts fetch themselves again.
import { Controller } from "../vendor/stimulus.js";
import { fragment } from "./request.js";
import { morphLive } from "./morph.js";
import { fill, isTyping } from "./words.js";

const GATHER_MS = 60;
const HERE_MS = 60_000;
// A short break of the line is not worth a banner.
const DOWN_MS = 4_000;
const POINTER_REST_MS = 500;
// Who types elsewhere is not reading the list on which the mouse was left.
const POINTER_LEFT_MS = 2_000;

// The link outlives the page: Turbo changes the body, the stream goes on.
const link = { port: null, listener: null };

function openPort(workerUrl) {
  if (link.port) return link.port;
  const hear = (event) => link.listener?.(event.data);
  if ("SharedWorker" in window) {
    link.port = new SharedWorker(workerUrl, { name: "live" }).port;
    link.port.onmessage = hear;
  } else {
    link.port = new Worker(workerUrl);
    link.port.onmessage = hear;
  }
  return link.port;
}

export class LiveController extends Controller {
  static targets = ["banner"];
  static values = { url: String, since: Number, worker: String };

  connect() {
    this.seq = this.sinceValue;
    this.topics = new Set();
    this.busy = new Map();
    link.listener = (message) => this.hear(message);
    this.join = () => openPort(this.workerValue).postMessage({
      join: new URL(this.urlValue, location.href).href,
      since: this.seq,
    });
    this.leave = () => link.port?.postMessage({ leave: true });
    this.back = (event) => event.persisted && this.join();
    this.join();
    this.here = setInterval(this.join, HERE_MS);
    addEventListener("pagehide", this.leave);
    addEventListener("pageshow", this.back);
    addEventListener("online", this.join);
    this.pointer = () => { this.pointedAt = Date.now(); };
    addEventListener("pointermove", this.pointer, { passive: true });
  }

  disconnect() {
    removeEventListener("pointermove", this.pointer);
    clearInterval(this.here);
    clearTimeout(this.downTimer);
    clearTimeout(this.gatherTimer);
    removeEventListener("pagehide", this.leave);
    removeEventListener("pageshow", this.back);
    removeEventListener("online", this.join);
  }

  hear(message) {
    if (message.change) {
      if (message.change.seq <= this.seq) return;
      this.seq = message.change.seq;
      message.change.topics.forEach((topic) => this.topics.add(topic));
      this.gather();
    } else if (message.reset !== undefined) {
      this.seq = message.reset;
      this.everything = true;
      this.gather();
    } else if (message.up !== undefined) {
      this.connected(message.up);
    }
    this.heardAt = new Date();
  }

  connected(up) {
    clearTimeout(this.downTimer);
    if (up) {
      if (this.hasBannerTarget) this.bannerTarget.hidden = true;
      return;
    }
    const since = this.heardAt || new Date();
    this.downTimer = setTimeout(() => this.showDown(since), DOWN_MS);
  }

  showDown(since) {
    const two = (number) => String(number).padStart(2, "0");
    const time = `${two(since.getHours())}:${two(since.getMinutes())}`;
    this.bannerTarget.textContent = fill(this.element.dataset.liveDownText, { time });
    this.bannerTarget.hidden = false;
  }

  // Several signals within a moment are one refresh.
  gather() {
    clearTimeout(this.gatherTimer);
    this.gatherTimer = setTimeout(() => this.refreshMatching(), GATHER_MS);
  }

  refreshMatching() {
    const { topics, everything } = this;
    this.topics = new Set();
    this.everything = false;
    for (const part of document.querySelectorAll("[data-live-src]")) {
      const own = (part.dataset.liveTopics || "").split(" ");
      if (everything || own.some((topic) => topics.has(topic))) this.refresh(part);
    }
  }

  async refresh(part) {
    const { id } = part;
    // One request at a time for each part; a signal meanwhile makes one more.
    if (this.busy.has(id)) return this.busy.set(id, true);
    this.busy.set(id, false);
    try {
      const html = await fragment(part.dataset.liveSrc, "live");
      this.arrived(document.getElementById(id), html);
    } catch {
      // The part stays as it was; the next signal or the reconnect tries again.
    }
    const again = this.busy.get(id);
    this.busy.delete(id);
    const still = document.getElementById(id);
    if (again && still) this.refresh(still);
  }

  arrived(part, html) {
    if (!part) return;
    if ("liveHold" in part.dataset && this.isInUse(part)) return this.hold(part, html);
    this.show(part, html);
  }

  isInUse(part) {
    const focus = document.activeElement;
    if (part.contains(focus)) return true;
    const left = isTyping(focus) && Date.now() - (this.pointedAt || 0) > POINTER_LEFT_MS;
    return part.matches(":hover") && !left;
  }

  show(part, html) {
    part.pendingHtml = null;
    part.parentElement.querySelector(`[data-holds="${part.id}"]`)?.remove();
    morphLive(part, html);
  }

  // Someone points at this list: it waits until they are gone or ask for it.
  hold(part, html) {
    part.pendingHtml = html;
    if (part.parentElement.querySelector(`[data-holds="${part.id}"]`)) return;
    const pill = document.createElement("button");
    pill.type = "button";
    pill.className = "live-new";
    pill.dataset.holds = part.id;
    pill.dataset.hotkey = "Period";
    pill.textContent = this.element.dataset.liveChangedText;
    const apply = () => part.pendingHtml && this.show(part, part.pendingHtml);
    pill.addEventListener("click", apply);
    part.before(pill);
    const gone = () => setTimeout(() => this.isInUse(part) || apply(), POINTER_REST_MS);
    part.addEventListener("pointerleave", gone, { once: true });
    part.addEventListener("focusout", gone);
  }
}
