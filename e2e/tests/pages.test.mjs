// Every page of the product, in the demonstration: sound for a screen reader, for a keyboard, for
// a phone, and with no word outside the catalogue.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as screen from '../harness/browser.mjs';
import { keyboardTrouble, unmarkedTexts } from '../harness/looking.mjs';
import { walk } from '../harness/routes.mjs';
import { productRoutes, signIn, startDemo } from '../harness/sampark.mjs';
import { message, sendMail } from '../harness/smtp.mjs';

const CRATES = fileURLToPath(new URL('../../crates', import.meta.url));
const ADMIN = 'vandana@arohi.example';
const CUSTOMER = 'asha.rao@customer.example';

/** A customer's own HTML, which runs nothing: neither our scripts nor those that look at it. */
const FRAME = /\/frame$/;

/** Not pages: parts of pages, streams, files, and what machines read. */
const NOT_PAGES = [
  /^\/api\//,
  /^\/(healthz|readyz|metrics)$/,
  /^\/assets\//,
  /\/live$/,
  // Fetched by a long conversation only.
  /\/older$/,
];

let demo;
let browser;
let routes;
let pages;

before(async () => {
  [demo, browser, routes] = await Promise.all([
    startDemo(), screen.openBrowser(), productRoutes(),
  ]);
  const own = ['/demo', '/demo/mailbox'];
  routes.push(...own.map((route) => ({ method: 'GET', path: route, guard: 'public' })));
  const person = await signedIn();
  const number = await caseWithFile();
  const starts = [
    '/',
    `/w/arohi/cases/${number}`,
    await statusLink(person),
    '/w/arohi/inbox',
    '/w/arohi/settings',
    '/w/arohi/contacts',
    '/w/arohi/find?q=a',
    '/login',
    '/forgot',
    '/join/a-link-that-is-used-up',
    '/demo',
  ];
  pages = await walk(routes, starts, (address) => look(person, address));
  await person.context().close();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** A mail with everything in it that has a page of its own: a look of its own and a file. */
async function caseWithFile() {
  const port = Number(/Mail by SMTP\s+\S+:(\d+)/.exec(demo.program.output)[1]);
  const part = (...lines) => ['--part', ...lines].join('\r\n');
  const data = message({
    from: `Asha Rao <${CUSTOMER}>`,
    to: 'care@arohi.example',
    subject: 'A photo of the scratch',
    headers: { 'Content-Type': 'multipart/mixed; boundary=part' },
    text: [
      part('Content-Type: text/html; charset=utf-8', '', '<p>See the <b>photo</b>.</p>'),
      part(
        'Content-Type: image/png',
        'Content-Disposition: attachment; filename="scratch.png"',
        'Content-Transfer-Encoding: base64',
        '',
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5C',
        'YII=',
      ),
      '--part--',
    ].join('\r\n'),
  });
  const person = await signedIn();
  await person.goto('/w/arohi/inbox');
  await sendMail({ port, from: CUSTOMER, to: 'care@arohi.example', data });
  const row = person.getByRole('link', { name: 'A photo of the scratch' });
  const href = await row.first().getAttribute('href');
  await person.context().close();
  return /[A-Z]{3}-\d{4}-\d{6}/.exec(href)[0];
}

/** The link to the customer's own page, from the mail that acknowledged the case. */
async function statusLink(person) {
  const box = await person.request.get(`/demo/mailbox?address=${CUSTOMER}`);
  return /\/s\/arohi\/[\w-]+/.exec(await box.text())[0];
}

async function signedIn(options = {}) {
  const page = await screen.newPerson(browser, { baseURL: demo.baseURL, ...options });
  page.setDefaultTimeout(15_000);
  await signIn(page, demo.baseURL, ADMIN);
  return page;
}

/** Reads an address as the signed-in person; links and the addresses of live parts. */
async function look(person, address) {
  const answer = await person.request.get(address, { maxRedirects: 0 });
  const type = answer.headers()['content-type'] ?? '';
  if (!type.startsWith('text/html')) return { status: answer.status(), isPage: false, links: [] };
  const html = await answer.text();
  const links = [...html.matchAll(/(?:href|data-live-src|action|src)="(\/[^"]*)"/g)];
  return {
    status: answer.status(),
    isPage: /^<!doctype html>/i.test(html),
    links: links.map(([, link]) => link.replaceAll('&amp;', '&')),
  };
}

function realPages() {
  return [...pages.entries()].filter(([route, found]) => found.isPage && !FRAME.test(route));
}

/** Runs `check` on every page and reports all that is wrong at once. */
async function onEveryPage(person, check, asked = '') {
  const wrong = [];
  for (const [route, { address }] of realPages()) {
    // A customer's own page follows the customer's language, unless it is asked for another.
    await person.goto(route.startsWith('/s/') ? address + asked : address);
    const findings = await check(person, route);
    wrong.push(...findings.map((finding) => `${address}: ${finding}`));
  }
  assert.deepEqual(wrong, [], wrong.join('\n'));
}

describe('pages', () => {
  test('every page can be reached by a link', () => {
    const all = routes.filter(({ method, path: route }) => {
      return method === 'GET' && NOT_PAGES.every((not) => !not.test(route));
    });
    const missing = all.filter((route) => !pages.has(route.path)).map((route) => route.path);
    assert.deepEqual(missing, []);
    assert.ok(realPages().length >= 20, `only ${realPages().length} pages`);
    for (const [route, { status, isPage, address }] of pages) {
      assert.ok(status < 500, `${route}: ${address}: ${status}`);
      if (!isPage) continue;
      assert.ok(status === 200 || status === 404, `${route}: ${address}: ${status}`);
    }
  });

  for (const [name, size] of [['desk', screen.DESK_SCREEN], ['phone', screen.PHONE_SCREEN]]) {
    for (const dark of [false, true]) {
      const title = `${name}, ${dark ? 'dark' : 'light'}: no barrier, nothing scrolls sideways`;
      test(title, { timeout: 240_000 }, async () => {
        const person = await signedIn({ screen: size, dark });
        await onEveryPage(person, async (page) => {
          const findings = await screen.seriousFindings(page);
          if (await screen.overflows(page)) findings.push('scrolls sideways');
          findings.push(...page.complaints.splice(0).filter((line) => !/ 404 /.test(line)));
          return findings;
        });
        await person.context().close();
      });
    }
  }

  test('everything can be used with the keyboard', { timeout: 240_000 }, async () => {
    const person = await signedIn();
    await onEveryPage(person, keyboardTrouble);
    await person.context().close();
  });

  test('no word stands outside the catalogue', { timeout: 240_000 }, async () => {
    const person = await signedIn({ screen: screen.DESK_SCREEN });
    await speak(person, 'pseudo');
    const data = knownData();
    await onEveryPage(person, async (page, route) => {
      // The demonstration's own pages follow the browser, which has no such language.
      if (route.startsWith('/demo')) return [];
      const texts = await unmarkedTexts(page);
      const strange = texts.filter(({ text }) => !isData(data, text));
      return strange.map(({ text, where }) => `“${text}” in ${where}`);
    }, '?lang=x-pseudo');
    for (const size of [screen.DESK_SCREEN, screen.PHONE_SCREEN]) {
      await person.setViewportSize(size);
      await onEveryPage(person, async (page) => {
        return (await screen.overflows(page)) ? ['scrolls sideways in longer words'] : [];
      });
    }
    await speak(person, 'en');
    await person.context().close();
  });

  test('in Hindi too nothing scrolls sideways', { timeout: 240_000 }, async () => {
    const person = await signedIn({ screen: screen.PHONE_SCREEN, lang: 'hi' });
    await speak(person, 'hi');
    await onEveryPage(person, async (page) => {
      return (await screen.overflows(page)) ? ['scrolls sideways'] : [];
    });
    await speak(person, 'en');
    await person.context().close();
  });
});

/** Chooses a language as the person's own page does, and for pages before signing in. */
async function speak(person, lang) {
  await person.goto('/w/arohi/me');
  const status = await person.evaluate(async (code) => {
    const body = new URLSearchParams({ lang: code, theme: 'auto' });
    return (await fetch('/w/arohi/me', { method: 'POST', body })).status;
  }, lang);
  assert.equal(status, 200);
  const cookie = { name: 'lang', value: lang === 'pseudo' ? 'x-pseudo' : lang, url: demo.baseURL };
  await person.context().addCookies([cookie]);
}

/** What people typed: the story of the demonstration, and what a new desk starts with. */
function knownData() {
  const folder = path.join(CRATES, 'app/src/demo');
  const stories = fs.readdirSync(folder).filter((name) => name.endsWith('.json'));
  const texts = stories.flatMap((name) => {
    return strings(JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')));
  });
  const seeds = ['en', 'hi'].flatMap((lang) => {
    const words = fs.readFileSync(path.join(CRATES, `desk/i18n/${lang}.ftl`), 'utf8');
    const lines = words.matchAll(/^(?:seed|case-status|ack)-[\w-]+ = (.*)$/gm);
    return [...lines].map(([, text]) => text);
  });
  const roles = ['Administrator', 'Team lead', 'Executive', 'Auditor'];
  // A language calls itself by its own name in every language.
  const languages = ['English', 'हिन्दी'];
  const mail = ['A photo of the scratch', 'See the photo.', 'scratch.png'];
  return [...mail, ...texts, ...seeds, ...roles, ...languages].map(plain);
}

function strings(value) {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(strings);
}

/** What people typed shows whole, or cut at its end; and what only machines make: addresses. */
function isData(data, text) {
  const bare = plain(text.replace(/…$/u, ''));
  if (bare === '' || data.some((known) => known.includes(bare))) return true;
  // A list of known things: "Executive · arohi", "Customer care, Service desk".
  const pieces = text.split(/[·,›:()/[\]→]/u).map((piece) => piece.trim());
  if (pieces.length > 1) return pieces.every((piece) => isData(data, piece));
  return isAddress(text);
}

function isAddress(text) {
  return [/^\S+@\S+$/, /^[A-Z]{3}-\d{4}-\d{6}$/, /^https?:\/\//].some((one) => one.test(text));
}

function plain(text) {
  return text.replace(/[\d\s.,;:()+#·"“”–—-]+/gu, ' ').trim().toLowerCase();
}
