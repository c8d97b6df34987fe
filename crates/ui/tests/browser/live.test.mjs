// Live parts: what changes, what must not move, and what a broken line looks like.

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
});

after(async () => {
  await browser?.close();
  gallery?.close();
});

async function desk() {
  const page = await newPerson(browser, { baseURL: gallery.url });
  gallery.up();
  await page.goto('/desk-en-light.html');
  await until(() => gallery.streams.size === 1);
  return page;
}

async function until(holds) {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await holds()) return;
    await new Promise((done) => { setTimeout(done, 25); });
  }
  assert.fail(`never: ${holds}`);
}

// The part as the server would give it now: as it is, changed by `change`.
async function serves(page, id, src, change) {
  await page.evaluate(([id_, src_]) => {
    document.getElementById(id_).dataset.liveSrc = src_;
  }, [id, src]);
  gallery.serve(src, await page.evaluate(change, id));
}

test('a message arrives above and below, and the text in view stays where it is', async () => {
  const page = await desk();
  await serves(page, 'case-0-thread', '/thread', (id) => {
    const fresh = document.getElementById(id).cloneNode(true);
    const message = (name) => `<article class="message theirs" id="${name}">${name}</article>`;
    fresh.querySelector('.day-line').insertAdjacentHTML('afterend', message('above'));
    fresh.insertAdjacentHTML('beforeend', message('below'));
    return fresh.outerHTML;
  });
  await page.evaluate(() => {
    document.querySelector('.thread').scrollTop = 150;
    document.querySelector('.quoted').open = true;
    const text = document.querySelector('#f-body');
    text.focus();
    text.value = 'half a sen';
    window.kept = document.querySelector('#m2');
  });
  await page.mouse.move(700, 300);
  const top = () => page.evaluate(() => document.querySelector('#m2').getBoundingClientRect().top);
  const was = await top();
  gallery.say(41, 'case:0');
  await page.waitForSelector('#below', { state: 'attached' });
  assert.ok(Math.abs(await top() - was) < 2, `moved by ${await top() - was}`);
  assert.ok(await page.evaluate(() => window.kept === document.querySelector('#m2')));
  assert.ok(await page.evaluate(() => document.querySelector('.quoted').open));
  assert.equal(await page.inputValue('#f-body'), 'half a sen');
  await page.click('.thread-new');
  assert.ok(await page.isVisible('#below'));
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('two tabs share a stream, and the later one hears what it missed', async () => {
  const page = await desk();
  const change = (id) => {
    const fresh = document.getElementById(id).cloneNode(true);
    fresh.querySelector('.badge').textContent = '7';
    return fresh.outerHTML;
  };
  await serves(page, 'rail', '/w/arohi/rail', change);
  gallery.say(41, 'rail');
  await until(async () => await page.textContent('.badge') === '7');
  const second = await page.context().newPage();
  await second.goto('/desk-en-light.html');
  await until(async () => await second.textContent('.badge') === '7');
  assert.equal(gallery.streams.size, 1);
  await page.context().close();
});

test('a list in use waits; it is shown when one leaves it', async () => {
  const page = await desk();
  await page.evaluate(() => {
    Object.assign(document.querySelector('#inbox-rows').dataset, {
      liveTopics: 'inbox', liveHold: '',
    });
  });
  await serves(page, 'inbox-rows', '/rows', (id) => {
    const fresh = document.getElementById(id).cloneNode(true);
    fresh.querySelector('#case-3 .row-subject').textContent = 'Changed';
    return fresh.outerHTML;
  });
  await page.mouse.move(200, 400);
  gallery.say(41, 'inbox');
  await page.waitForSelector('.live-new');
  assert.notEqual(await page.textContent('#case-3 .row-subject'), 'Changed');
  await page.mouse.move(800, 300);
  await until(async () => await page.textContent('#case-3 .row-subject') === 'Changed');
  await until(async () => !await page.isVisible('.live-new'));
  await page.context().close();
});

test('a broken line is said, and everything is fetched again after it', async () => {
  const page = await desk();
  gallery.cut();
  await page.waitForSelector('.connection:not([hidden])');
  assert.match(await page.textContent('.connection'), /^Not connected\. .* at \d\d:\d\d\.$/);
  await serves(page, 'case-0-thread', '/thread', (id) => {
    const fresh = document.getElementById(id).cloneNode(true);
    fresh.insertAdjacentHTML('beforeend', '<p id="fresh">fresh</p>');
    return fresh.outerHTML;
  });
  gallery.up();
  await until(() => gallery.streams.size === 1);
  await until(async () => !await page.isVisible('.connection'));
  // Lower than what the page knows: a backup was restored.
  gallery.reset(9);
  await page.waitForSelector('#fresh', { state: 'attached' });
  await page.evaluate(() => document.querySelector('#fresh').remove());
  gallery.say(10, 'case:0');
  await page.waitForSelector('#fresh', { state: 'attached' });
  await page.context().close();
});
