// A customer's mailbox, read from its maildir as soon as something arrives.

import fs from 'node:fs';
import path from 'node:path';

/** A customer gives up waiting after this long; the product's own promises are far shorter. */
const WAIT_MS_MAX = 30_000;

export class Mailbox {
  #dir;
  #seen = new Set();

  constructor(dir) {
    this.#dir = dir;
  }

  /** Every mail that is there now, oldest first. */
  all() {
    const files = ['new', 'cur'].flatMap((name) => this.#list(path.join(this.#dir, name)));
    files.sort((a, b) => a.order - b.order || a.file.localeCompare(b.file));
    return files.map(({ file }) => ({ file, ...parse(fs.readFileSync(file, 'utf8')) }));
  }

  /** The next mail that this mailbox has not yet given and that `wanted` accepts. */
  async next(wanted = () => true, { wait_ms_max = WAIT_MS_MAX } = {}) {
    fs.mkdirSync(path.join(this.#dir, 'new'), { recursive: true, mode: 0o777 });
    fs.mkdirSync(path.join(this.#dir, 'cur'), { recursive: true, mode: 0o777 });
    this.#openToAll();
    const look = () => this.all().find((mail) => !this.#seen.has(key(mail)) && wanted(mail));
    const found = look() ?? (await this.#watch(look, wait_ms_max));
    this.#seen.add(key(found));
    return found;
  }

  /** Folders that we made before dovecot did must be dovecot's too. */
  #openToAll() {
    for (const name of ['', 'new', 'cur']) fs.chmodSync(path.join(this.#dir, name), 0o777);
  }

  #watch(look, wait_ms_max) {
    return new Promise((resolve, reject) => {
      const watcher = fs.watch(path.join(this.#dir, 'new'));
      const timer = setTimeout(() => {
        watcher.close();
        const there = this.all().map((mail) => mail.header('subject'));
        reject(new Error(`no such mail in ${wait_ms_max} ms; there are ${JSON.stringify(there)}`));
      }, wait_ms_max);
      const check = () => {
        const found = look();
        if (!found) return;
        clearTimeout(timer);
        watcher.close();
        resolve(found);
      };
      watcher.on('change', check);
      // What arrived between the first look and the watch.
      check();
    });
  }

  #list(dir) {
    if (!fs.existsSync(dir)) return [];
    return fs.readdirSync(dir).map((name) => {
      const [seconds, micros = '0'] = name.split('.');
      const order = Number(seconds) * 1e6 + Number(/M(\d+)/.exec(micros)?.[1] ?? 0);
      return { file: path.join(dir, name), order };
    });
  }
}

/** The name before its flags: it stays when a reader moves the mail from new to cur. */
function key(mail) {
  return path.basename(mail.file).split(':')[0];
}

/** Header (unfolded, words decoded) and body as it stands. */
function parse(raw) {
  const [head, ...rest] = raw.split(/\r?\n\r?\n/);
  const unfolded = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const fields = unfolded.map((line) => {
    const at = line.indexOf(':');
    return [line.slice(0, at).toLowerCase(), decodeWords(line.slice(at + 1).trim())];
  });
  return {
    raw,
    body: rest.join('\n\n'),
    header: (name) => fields.find(([own]) => own === name.toLowerCase())?.[1] ?? null,
  };
}

/** =?utf-8?B?…?= and =?utf-8?Q?…?=; the space between two of them is not part of the text. */
function decodeWords(text) {
  const joined = text.replace(/\?=\s+=\?/g, '?==?');
  return joined.replace(/=\?([^?]+)\?([bq])\?([^?]*)\?=/gi, (_, charset, kind, inside) => {
    const bytes = kind.toLowerCase() === 'b' ? Buffer.from(inside, 'base64') : unquoted(inside);
    return new TextDecoder(charset).decode(bytes);
  });
}

function unquoted(text) {
  const plain = text.replaceAll('_', ' ');
  const bytes = plain.replace(/=([0-9a-f]{2})/gi, (_, hex) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1');
}
