// The browser by itself, on a page with planted faults: the finders find.

import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, test } from 'node:test';
import * as screen from '../harness/browser.mjs';

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Trial</title>
<main><h1>नमस्ते</h1><button onclick="this.textContent = 'Pressed'">Press</button></main>`;
const FAULTY = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Trial</title>
<main><h1>Trial</h1><input><p style="width: 50rem">wide</p><script>throw new Error('oh')</script>`;

let server;
let browser;
let baseURL;

before(async () => {
  server = http.createServer((request, response) => {
    response.setHeader('content-type', 'text/html');
    // A policy as strict as the product's must not stop the finders.
    if (request.url === '/strict') {
      response.setHeader('content-security-policy', "script-src 'none'");
    }
    response.end(request.url === '/faulty' ? FAULTY : PAGE);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseURL = `http://127.0.0.1:${server.address().port}`;
  browser = await screen.openBrowser();
});

after(async () => {
  await browser?.close();
  await new Promise((resolve) => server.close(resolve));
});

test('a sound page is pressed, read and found sound', async () => {
  const page = await screen.newPerson(browser, { baseURL, screen: screen.PHONE_SCREEN });
  await page.goto('/');
  await page.getByRole('button', { name: 'Press' }).press('Enter');
  await page.getByRole('button', { name: 'Pressed' }).waitFor();
  assert.deepEqual(await screen.seriousFindings(page), []);
  assert.equal(await screen.overflows(page), false);
  assert.deepEqual(page.complaints.filter((line) => !line.includes('404')), []);
});

test('a faulty page is found out', async () => {
  const page = await screen.newPerson(browser, { baseURL, screen: screen.PHONE_SCREEN });
  await page.goto('/faulty');
  const findings = await screen.seriousFindings(page);
  assert.ok(findings.some((line) => line.startsWith('label: input')), findings.join('\n'));
  assert.equal(await screen.overflows(page), true);
  assert.ok(page.complaints.some((line) => line.includes('oh')));
});

test('a strict page is looked at too', async () => {
  const page = await screen.newPerson(browser, { baseURL, dark: true, lang: 'hi' });
  await page.goto('/strict');
  assert.deepEqual(await screen.seriousFindings(page), []);
});
