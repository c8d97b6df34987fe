// Nothing typed is lost: drafts, errors, a line that breaks while sending.

import { after, before, beforeEach, test } from 'node:test';
import assert from 'node:assert/strict';
import { newPerson, openBrowser } from '../../../../e2e/harness/browser.mjs';
import { Gallery } from './gallery.mjs';

const TYPED = 'typed by me';
let gallery;
let browser;
let page;
let desk;

before(async () => {
  gallery = await Gallery.open();
  browser = await openBrowser();
  const form = 'action="/send" data-keep';
  desk = gallery.text('desk-en-light.html').replace('action="#" data-keep', form);
});

after(async () => {
  await browser?.close();
  gallery?.close();
});

const AREA = /(<textarea class="composer-text"[^>]*>)[^<]*/;
const withText = (text) => desk.replace(AREA, `$1\n${text}`);

beforeEach(async () => {
  await page?.context().close();
  gallery.heard.length = 0;
  gallery.serve('/draft', '{}');
  gallery.serve('/case', withText(''));
  page = await newPerson(browser, { baseURL: gallery.url });
  await page.goto('/case');
  await page.waitForLoadState('load');
});

async function until(holds) {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await holds()) return;
    await new Promise((done) => { setTimeout(done, 25); });
  }
  assert.fail(`never: ${holds}`);
}

const state = () => page.textContent('.composer-state');

test('what is typed becomes a draft, with its mode', async () => {
  await page.keyboard.press('n');
  await page.keyboard.type(TYPED);
  await until(async () => await state() === 'Draft saved');
  assert.deepEqual(gallery.puts(), ['mode=note&body=typed+by+me']);
});

test('a draft that cannot be saved says so and is tried again', async () => {
  gallery.serve('/draft', '', 500);
  await page.click('#f-body');
  await page.keyboard.type(TYPED);
  await until(async () => /kept in this window/.test(await state()));
  gallery.serve('/draft', '{}');
  await until(async () => await state() === 'Draft saved');
});

test('leaving the page saves what the pause did not', async () => {
  await page.click('#f-body');
  await page.keyboard.type('x');
  await page.goto('/login-en-light.html');
  await until(() => gallery.puts().length > 0);
  assert.deepEqual(gallery.puts(), ['mode=reply&body=x']);
});

test('an error of the server is shown and the text kept', async () => {
  const error = '<div class="errors" role="alert"><p>Mailbox unknown</p></div>';
  const head = '<div class="composer-head">';
  gallery.serve('/send', withText(TYPED).replace(head, error + head), 422);
  await page.click('#f-body');
  await page.keyboard.type(TYPED);
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('text=Mailbox unknown');
  assert.equal(await page.inputValue('#f-body'), TYPED);
});

test('a reply that could not be sent stays; a sent one is gone from the box', async () => {
  gallery.routes['/send'] = (response) => response.destroy();
  await page.click('#f-body');
  await page.keyboard.type(TYPED);
  await page.keyboard.press('Control+Enter');
  await until(async () => /^Not sent/.test(await state()));
  assert.equal(await page.inputValue('#f-body'), TYPED);
  gallery.routes['/send'] = (response) => response.writeHead(303, { location: '/case' }).end();
  gallery.serve('/case', withText('').replace('Pick-up is fine', 'Refreshed'));
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('text=Refreshed');
  assert.equal(await page.inputValue('#f-body'), '');
});

test('a refresh of the page by another form leaves what is being typed', async () => {
  gallery.routes['/other'] = (response) => response.writeHead(303, { location: '/case' }).end();
  await page.click('#f-body');
  await page.keyboard.type('half a sen');
  gallery.serve('/case', withText('').replace('Pick-up is fine', 'Refreshed'));
  await page.evaluate(() => {
    const form = document.createElement('form');
    Object.assign(form, { method: 'post', action: '/other' });
    document.body.append(form);
    form.requestSubmit();
  });
  await page.waitForSelector('text=Refreshed');
  assert.equal(await page.inputValue('#f-body'), 'half a sen');
});

test('files are listed, limited and taken away again', async () => {
  const file = (name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from('x') });
  await page.setInputFiles('input[type=file]', [file('a.txt'), file('चालान.txt')]);
  assert.deepEqual(await page.$$eval('.composer-files .file-name', (all) => {
    return all.map((one) => one.textContent);
  }), ['a.txt', 'चालान.txt']);
  await page.click('[aria-label="Remove this file: a.txt"]');
  assert.equal((await page.$$('.composer-files .file')).length, 1);
  const many = Array.from({ length: 12 }, (_, at) => file(`${at}.txt`));
  await page.setInputFiles('input[type=file]', many);
  assert.equal((await page.$$('.composer-files .file')).length, 10);
  assert.match(await state(), /At most 10 files/);
});
