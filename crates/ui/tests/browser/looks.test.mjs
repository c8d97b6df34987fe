// Every page of the gallery, on a desk's screen and on a phone: axe, nothing wider than the
// screen, no complaint of the browser.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import {
  DESK_SCREEN, PHONE_SCREEN, newPerson, openBrowser, overflows, seriousFindings,
} from '../../../../e2e/harness/browser.mjs';
import { Gallery } from './gallery.mjs';

let gallery;
let browser;

before(async () => {
  gallery = await Gallery.open();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  gallery?.close();
});

// Both languages and both themes; the test locale for its length.
const LOOKED_AT = /-(en-light|hi-dark|x-pseudo-light)\.html$/;

for (const [name, screen] of Object.entries({ desk: DESK_SCREEN, phone: PHONE_SCREEN })) {
  test(`on a ${name}`, async () => {
    const page = await newPerson(browser, { baseURL: gallery.url, screen });
    for (const file of gallery.pages().filter((one) => LOOKED_AT.test(one))) {
      await page.goto(`/${file}`);
      assert.deepEqual(await seriousFindings(page), [], file);
      assert.ok(!await overflows(page), `${file} is wider than its screen`);
      assert.deepEqual(page.complaints, [], file);
    }
    await page.context().close();
  });
}
