// A connection that is read line by line and answered in turns: what SMTP and LMTP have in common.

import net from 'node:net';

/** A port of 127.0.0.1 that nobody holds at this moment. */
export async function freePort() {
  const server = net.createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Collects complete lines, without their ends; `next()` waits for one, `null` is the end. */
export class Lines {
  #socket;
  #rest = Buffer.alloc(0);
  #ready = [];
  #waiting = [];
  #ended = false;

  constructor(socket) {
    this.#socket = socket;
    socket.on('data', (bytes) => this.#take(bytes));
    socket.on('end', () => this.#end());
    socket.on('close', () => this.#end());
    socket.on('error', () => this.#end());
  }

  next() {
    if (this.#ready.length > 0) return Promise.resolve(this.#ready.shift());
    if (this.#ended) return Promise.resolve(null);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  send(text) {
    this.#socket.write(text, 'latin1');
  }

  close() {
    this.#socket.end();
  }

  #take(bytes) {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (let at = this.#rest.indexOf(10); at >= 0; at = this.#rest.indexOf(10)) {
      // Mail is bytes: latin1 keeps each one, whatever the charset inside.
      const line = this.#rest.subarray(0, at).toString('latin1').replace(/\r$/, '');
      this.#rest = this.#rest.subarray(at + 1);
      this.#give(line);
    }
  }

  #give(line) {
    const waiting = this.#waiting.shift();
    if (waiting) waiting(line);
    else this.#ready.push(line);
  }

  #end() {
    this.#ended = true;
    for (const waiting of this.#waiting.splice(0)) waiting(null);
  }
}
