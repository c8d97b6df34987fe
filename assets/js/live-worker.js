/*
 * One event stream for all tabs of a browser (SharedWorker), or for one tab where there is no
 * SharedWorker (the same file as a plain Worker).
 *
 * A tab says { join: url, since: seq } when it opens and once a minute; it hears
 * { change: {...} }, { reset: seq } when it must fetch everything again, and { up: true|false }.
 */
const RECENT_MAX = 500;
const SILENT_MS_MAX = 200_000;
const RETRY_MS_MIN = 1_000;
const RETRY_MS_MAX = 30_000;

class Stream {
  constructor(url, since) {
    this.url = url;
    this.seq = since;
    // Every change after `floor` is in `recent`.
    this.floor = since;
    this.recent = [];
    this.ports = new Map();
    this.up = null;
    this.wait = RETRY_MS_MIN;
    this.open();
  }

  open() {
    clearTimeout(this.timer);
    this.source = new EventSource(`${this.url}?since=${this.seq}`);
    this.source.onopen = () => {
      this.wait = RETRY_MS_MIN;
      this.say(true);
    };
    this.source.onerror = () => {
      this.say(false);
      // The browser retries a lost line by itself, but not a refusal (a restart, a logout).
      if (this.source.readyState === EventSource.CLOSED) this.retry();
    };
    this.source.addEventListener("change", (event) => this.changed(JSON.parse(event.data)));
    this.source.addEventListener("reset", (event) => this.reset(JSON.parse(event.data).seq));
  }

  retry() {
    this.timer = setTimeout(() => this.open(), this.wait * (0.7 + Math.random() * 0.6));
    this.wait = Math.min(this.wait * 2, RETRY_MS_MAX);
  }

  changed(change) {
    if (change.seq <= this.seq) return;
    this.seq = change.seq;
    this.recent.push(change);
    if (this.recent.length > RECENT_MAX) this.floor = this.recent.shift().seq;
    this.tell({ change });
  }

  // The sequence may also be lower than before: a backup was restored.
  reset(seq) {
    this.seq = seq;
    this.floor = seq;
    this.recent = [];
    this.tell({ reset: this.seq });
  }

  say(up) {
    if (this.up === up) return;
    this.up = up;
    this.tell({ up });
  }

  tell(message) {
    for (const port of this.ports.keys()) port.postMessage(message);
  }

  join(port, since) {
    const isNew = !this.ports.has(port);
    this.ports.set(port, Date.now());
    if (isNew && this.up !== null) port.postMessage({ up: this.up });
    if (since < this.floor) return port.postMessage({ reset: this.seq });
    for (const change of this.recent) if (change.seq > since) port.postMessage({ change });
  }

  leave(port) {
    this.ports.delete(port);
  }

  // A closed tab does not always say goodbye.
  sweep() {
    const before = Date.now() - SILENT_MS_MAX;
    for (const [port, heard] of this.ports) if (heard < before) this.ports.delete(port);
  }

  close() {
    clearTimeout(this.timer);
    this.source.close();
  }
}

const streams = new Map();

function hear(port, message) {
  if (message.join) {
    for (const [url, stream] of streams) if (url !== message.join) stream.leave(port);
    let stream = streams.get(message.join);
    if (!stream) {
      stream = new Stream(message.join, message.since);
      streams.set(message.join, stream);
    }
    stream.join(port, message.since);
  } else {
    for (const stream of streams.values()) stream.leave(port);
  }
  for (const [url, stream] of streams) {
    stream.sweep();
    if (stream.ports.size > 0) continue;
    stream.close();
    streams.delete(url);
  }
}

if ("SharedWorkerGlobalScope" in self) {
  self.onconnect = ({ ports: [port] }) => {
    port.onmessage = (event) => hear(port, event.data);
  };
} else {
  self.onmessage = (event) => hear(self, event.data);
}
