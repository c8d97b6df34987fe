// The main job from end to end: a customer's mail becomes a numbered case, is answered in the
// browser, comes back threaded, and the customer's answer appears in the same case.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newPerson, openBrowser } from '../harness/browser.mjs';
import { freePort } from '../harness/lines.mjs';
import { startMailHouse } from '../harness/mailhouse.mjs';
import { startDesk } from '../harness/sampark.mjs';
import { message, sendMail } from '../harness/smtp.mjs';

const PASSWORD = 'a quiet monsoon evening';
const NUMBER = /\b[A-Z]{3}-\d{4}-\d{6}\b/;
const SUBJECT = 'The car was not ready — गाड़ी तैयार नहीं थी';

let house;
let desk;
let browser;
let page;

before(async () => {
  const lmtpPort = await freePort();
  house = await startMailHouse({ lmtpPort, customers: ['asha', 'ravi'] });
  desk = await startDesk({ lmtpPort, relayPort: house.smtpPort });
  browser = await openBrowser();
  page = await newPerson(browser, { baseURL: desk.baseURL });
  page.setDefaultTimeout(15_000);
});

after(async () => {
  await browser?.close();
  await desk?.stop();
  await house?.stop();
});

function write(who, { to = 'care@arohi.example', subject, text, headers, messageId }) {
  const from = `${who} Rao <${who}@customer.example>`;
  const data = message({ from, to, subject, text, headers, messageId });
  return sendMail({ port: house.smtpPort, from: `${who}@customer.example`, to: bare(to), data });
}

function bare(address) {
  return /<([^>]+)>/.exec(address)?.[1] ?? address;
}

/** The Message-IDs that a header names. */
function ids(header) {
  return (header ?? '').match(/<[^>]+>/g) ?? [];
}

test('the main job', async (t) => {
  const asha = house.mailbox('asha');
  let number;
  let acknowledgement;
  let reply;
  const firstId = '<first@customer.example>';
  // What comes after a broken step would only wait in vain.
  let isBroken = false;
  const step = (name, run) => t.test(name, async (inner) => {
    if (isBroken) return inner.skip('a step before it failed');
    isBroken = true;
    await run();
    isBroken = false;
  });

  await step('the administrator chooses a password and is at work', async () => {
    await page.goto(desk.joinLink);
    await page.locator('input[name=password]').fill(PASSWORD);
    await page.locator('input[name=password]').press('Enter');
    await page.waitForURL('**/w/arohi/**');
    await page.goto('/w/arohi/inbox');
    await page.getByRole('main').waitFor();
  });

  await step('a mail through postfix appears in the open inbox by itself', async () => {
    await page.evaluate(() => (window.notReloaded = true));
    const subject = `=?utf-8?B?${Buffer.from(SUBJECT).toString('base64')}?=`;
    const text = 'You promised noon.\r\n.\r\nAsha';
    await write('asha', { subject, text, messageId: firstId });
    await page.getByRole('link', { name: SUBJECT }).waitFor();
    assert.equal(await page.evaluate(() => window.notReloaded), true);
  });

  await step('the customer has an acknowledgement with the number', async () => {
    acknowledgement = await asha.next();
    number = NUMBER.exec(acknowledgement.raw)?.[0];
    assert.ok(number, acknowledgement.raw);
    assert.deepEqual(ids(acknowledgement.header('in-reply-to')), [firstId]);
    assert.equal(acknowledgement.header('auto-submitted'), 'auto-replied');
  });

  await step('its status link leads to a page for the customer', async () => {
    const body = decoded(acknowledgement);
    const link = new RegExp(`${desk.baseURL}/s/arohi/\\S+`).exec(body)?.[0];
    assert.ok(link, body);
    const customer = await newPerson(browser, { baseURL: desk.baseURL });
    await customer.goto(link);
    await customer.getByText(number).first().waitFor();
    await customer.context().close();
  });

  await step('it is opened, answered and sent with the keyboard alone', async () => {
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === `/w/arohi/cases/${number}`);
    await page.getByText('You promised noon.').first().waitFor();
    await page.keyboard.press('r');
    await page.locator('#composer textarea').waitFor();
    const focused = () => page.evaluate(() => document.activeElement.tagName);
    assert.equal(await focused(), 'TEXTAREA');
    await page.keyboard.type('Sorry, Asha. It is ready at four today.');
    await page.keyboard.press('Control+Enter');
    const thread = page.getByRole('region', { name: 'Messages' });
    await thread.getByText('It is ready at four today.').waitFor();
    assert.equal(await page.locator('#composer textarea').inputValue(), '');
  });

  await step('the answer comes to the customer in the thread', async () => {
    reply = await asha.next();
    assert.match(decoded(reply), /It is ready at four today\./);
    assert.ok(reply.header('subject').includes(SUBJECT), reply.header('subject'));
    assert.ok(ids(reply.header('references')).includes(firstId), reply.raw);
    // To a mail that the customer has: her own, or the acknowledgement that answered it.
    const there = [firstId, acknowledgement.header('message-id')];
    const [answered, ...others] = ids(reply.header('in-reply-to'));
    assert.ok(there.includes(answered) && others.length === 0, reply.header('in-reply-to'));
    assert.notEqual(reply.header('message-id'), acknowledgement.header('message-id'));
    assert.equal(reply.header('auto-submitted'), null);
  });

  await step('the page shows that it was sent, without a reload', async () => {
    const sent = page.locator('article.ours', { hasText: 'ready at four' });
    await sent.locator('.message-state', { hasText: /sent/i }).waitFor();
  });

  await step('the customer’s answer appears beside a half-typed draft', async () => {
    const area = page.locator('#composer textarea');
    await page.evaluate(() => (window.notReloaded = true));
    await page.keyboard.press('Escape');
    await page.keyboard.press('r');
    await page.keyboard.type('One more thi');
    const before = await area.boundingBox();
    await write('asha', {
      to: reply.header('reply-to') ?? reply.header('from'),
      subject: `Re: ${reply.header('subject')}`.replace(/[^\x20-\x7e]/g, '?'),
      text: 'Four is too late for me.',
      headers: {
        'In-Reply-To': reply.header('message-id'),
        References: `${reply.header('references')} ${reply.header('message-id')}`,
      },
    });
    const thread = page.getByRole('region', { name: 'Messages' });
    await thread.getByText('Four is too late for me.').waitFor();
    await page.keyboard.type('ng');
    assert.equal(await area.inputValue(), 'One more thing');
    assert.equal(await page.evaluate(() => window.notReloaded), true);
    assert.deepEqual(await area.boundingBox(), before);
    assert.equal(new URL(page.url()).pathname, `/w/arohi/cases/${number}`);
  });

  await step('the draft is kept for another day', async () => {
    await page.getByText('Draft saved').waitFor();
    await page.reload();
    assert.equal(await page.locator('#composer textarea').inputValue(), 'One more thing');
  });

  await step('a stranger with the number in the subject gets a case of his own', async () => {
    await write('ravi', { subject: `About ${number}`, text: 'I am somebody else.' });
    const mail = await house.mailbox('ravi').next();
    const own = NUMBER.exec(decoded(mail))?.[0];
    assert.ok(own && own !== number, decoded(mail));
    await page.goto(`/w/arohi/cases/${number}`);
    assert.equal(await page.getByText('I am somebody else.').count(), 0);
  });

  await step('nothing was complained of in the browser’s console', () => {
    assert.deepEqual(page.complaints, []);
  });
});

/** The text of a mail as a person reads it. */
function decoded(mail) {
  const [head, ...rest] = mail.raw.split(/\r?\n\r?\n/);
  const text = rest.join('\n\n');
  if (/content-transfer-encoding:\s*base64/i.test(head)) return fromBase64(text);
  if (/multipart/i.test(mail.header('content-type') ?? '')) return parts(mail).join('\n');
  return fromQuoted(text);
}

function parts(mail) {
  const boundary = /boundary="?([^";]+)"?/i.exec(mail.header('content-type'))[1];
  return mail.raw.split(`--${boundary}`).slice(1, -1).map((part) => {
    const [head, ...rest] = part.split(/\r?\n\r?\n/);
    const text = rest.join('\n\n');
    return /base64/i.test(head) ? fromBase64(text) : fromQuoted(text);
  });
}

function fromBase64(text) {
  return Buffer.from(text.replace(/\s/g, ''), 'base64').toString('utf8');
}

function fromQuoted(text) {
  const joined = text.replace(/=\r?\n/g, '');
  const bytes = joined.replace(/(?:=[0-9A-F]{2})+/g, (run) =>
    Buffer.from(run.replaceAll('=', ''), 'hex').toString('utf8'),
  );
  return bytes;
}
