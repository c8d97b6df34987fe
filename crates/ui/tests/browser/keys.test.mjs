// The desk without a mouse: keys, lists, the palette, dialogs, menus, themes.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newPerson, openBrowser } from '../../../../e2e/harness/browser.mjs';
import { Gallery } from './gallery.mjs';

let gallery;
let browser;

before(async () => {
  gallery = await Gallery.open();
  browser = await openBrowser();
  gallery.serve('/draft', '{}');
  gallery.serve('/w/arohi/find', (query) => '<a class="option" role="option" tabindex="-1" '
    + `href="/table-en-light.html"><span class="option-title">Case ${query.get('q')}</span></a>`);
});

after(async () => {
  await browser?.close();
  gallery?.close();
});

async function open(name) {
  const page = await newPerson(browser, { baseURL: gallery.url });
  await page.goto(`/${name}`);
  await page.waitForFunction(() => document.querySelector('#keys')?.matches('dialog'));
  await page.waitForLoadState('networkidle').catch(() => {});
  return page;
}

const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  return element.closest('li')?.id || element.id || element.className;
});

test('reply, note and back to the thread', async () => {
  const page = await open('desk-en-light.html');
  await page.keyboard.press('n');
  assert.equal(await focused(page), 'f-body');
  assert.ok(await page.isVisible('text=Save note'));
  assert.ok(!await page.isVisible('text=Send to Asha Rao'));
  await page.keyboard.press('Escape');
  assert.equal(await focused(page), 'case-thread');
  await page.keyboard.press('r');
  await page.keyboard.type(' jk');
  assert.match(await page.inputValue('#f-body'), /9–10\. jk$/);
  assert.ok(await page.isVisible('text=Send to Asha Rao'));
  assert.deepEqual(page.complaints, []);
});

test('a Hindi layout changes nothing, and typing fires no key', async () => {
  const page = await open('desk-hi-light.html');
  const physical = (code, key) => page.evaluate(([code_, key_]) => {
    const init = { code: code_, key: key_, bubbles: true, cancelable: true };
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', init));
  }, [code, key]);
  await physical('KeyJ', 'र');
  assert.equal(await focused(page), 'case-1');
  await page.focus('#f-body');
  await physical('KeyK', 'क');
  assert.equal(await focused(page), 'f-body');
});

test('rows are moved through and ticked, nothing moves under the cursor', async () => {
  const page = await open('desk-en-light.html');
  const top = () => page.evaluate(() => document.querySelector('#case-3').offsetTop);
  const was = await top();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  assert.equal(await focused(page), 'case-1');
  await page.keyboard.press('x');
  assert.equal(await page.textContent('.bulk span'), '1 selected');
  await page.click('#case-4 .row-select', { modifiers: ['Shift'] });
  assert.equal(await page.textContent('.bulk span'), '4 selected');
  assert.equal(await top(), was);
  await page.click('.bulk [aria-label="Clear selection"]');
  assert.ok(!await page.isVisible('.bulk'));
});

test('the help lists the keys of the page', async () => {
  const page = await open('desk-en-light.html');
  await page.keyboard.press('Shift+Slash');
  const help = await page.innerText('#keys');
  for (const line of [/Reply\s+R/, /Inbox\s+G then I/, /Search and commands\s+Ctrl K/]) {
    assert.match(help, line);
  }
});

test('the palette finds cases and what can be done here', async () => {
  const page = await open('desk-en-light.html');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('assi');
  await page.waitForSelector('#palette >> text=Case assi');
  const titles = await page.$$eval('#palette .option-title', (all) => {
    return all.map((one) => one.textContent);
  });
  assert.deepEqual(titles, ['Case assi', 'Assign']);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/table-en-light.html');
});

test('dialogs and menus close as one expects', async () => {
  const page = await open('parts-en-light.html');
  await page.keyboard.press('d');
  assert.ok(await page.isVisible('#trial'));
  await page.click('#trial >> text=Cancel');
  assert.ok(!await page.isVisible('#trial'));
  await page.click('#me summary');
  await page.click('#me >> text=Dark');
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  const cookies = await page.context().cookies();
  assert.deepEqual(cookies.map((one) => `${one.name}=${one.value}`), ['theme=dark']);
  await page.keyboard.press('Escape');
  assert.ok(!await page.isVisible('#me >> text=Dark'));
});
