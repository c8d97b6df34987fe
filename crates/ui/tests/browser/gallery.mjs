// The gallery behind a small server with the product's content security policy, and what a page
// asks of a server: drafts, searches, live parts, an event stream, a form that is sent.

import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TOP = fileURLToPath(new URL('../../../../', import.meta.url));
const POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
  + "frame-src 'self'";
const KINDS = { html: 'text/html', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' };

export class Gallery {
  /** Writes the gallery into a temporary folder and serves it. */
  static async open() {
    const gallery = new Gallery();
    gallery.folder = mkdtempSync(join(tmpdir(), 'gallery-'));
    const run = ['run', '--quiet', '--package', 'ui', '--example', 'gallery', '--'];
    execFileSync('cargo', [...run, gallery.folder], { cwd: TOP, stdio: 'pipe' });
    gallery.server = createServer((request, response) => gallery.answer(request, response));
    await new Promise((done) => { gallery.server.listen(0, '127.0.0.1', done); });
    gallery.url = `http://127.0.0.1:${gallery.server.address().port}`;
    return gallery;
  }

  constructor() {
    this.streams = new Set();
    this.heard = [];
    this.routes = {};
    this.down = false;
  }

  close() {
    this.server.closeAllConnections();
    this.server.close();
    rmSync(this.folder, { recursive: true });
  }

  pages() {
    return readdirSync(this.folder).filter((name) => name.endsWith('.html')).sort();
  }

  text(name) {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  /** Sends an event to every open stream. */
  say(seq, ...topics) {
    const change = JSON.stringify({ seq, kind: 'trial', topics });
    for (const stream of this.streams) {
      stream.write(`id: ${seq}\nevent: change\ndata: ${change}\n\n`);
    }
  }

  /** Tells every stream to fetch everything again. */
  reset(seq) {
    const event = `id: ${seq}\nevent: reset\ndata: {"seq":${seq}}\n\n`;
    for (const stream of this.streams) stream.write(event);
  }

  /** Cuts all streams and refuses new ones until `up`. */
  cut() {
    this.down = true;
    for (const stream of this.streams) stream.destroy();
  }

  up() {
    this.down = false;
  }

  puts() {
    return this.heard.filter((one) => one.method === 'PUT').map((one) => one.body);
  }

  answer(request, response) {
    const { pathname, searchParams } = new URL(request.url, 'http://gallery');
    let body = '';
    request.on('data', (part) => { body += part; });
    request.on('end', () => {
      this.heard.push({ method: request.method, path: pathname, body });
      if (pathname.endsWith('/live')) this.stream(response);
      else if (this.routes[pathname]) this.routes[pathname](response, searchParams, body);
      else this.file(pathname, response);
    });
  }

  stream(response) {
    if (this.down) {
      response.writeHead(503).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': here\n\n');
    this.streams.add(response);
    response.on('close', () => this.streams.delete(response));
  }

  file(pathname, response) {
    try {
      const content = readFileSync(join(this.folder, pathname));
      const kind = KINDS[pathname.split('.').pop()];
      response.writeHead(200, {
        'content-type': `${kind}; charset=utf-8`,
        'content-security-policy': POLICY,
      });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  }

  /** Answers an address with HTML; `html` may be a function of the query. */
  serve(pathname, html, status = 200) {
    this.routes[pathname] = (response, query) => {
      response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
      response.end(typeof html === 'function' ? html(query) : html);
    };
  }
}
