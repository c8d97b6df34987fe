// The plumbing by itself: what the product's own tests stand on.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { startLmtpSink } from '../harness/lmtp-sink.mjs';
import { startMailHouse } from '../harness/mailhouse.mjs';
import { message, Refused, sendMail } from '../harness/smtp.mjs';

let sink;
let house;
let refusals = 0;

before(async () => {
  const verdict = () => (refusals-- > 0 ? '451 4.3.0 come back later' : '250 kept');
  sink = await startLmtpSink({ verdict });
  house = await startMailHouse({ lmtpPort: sink.port, customers: ['asha', 'ravi'] });
});

after(async () => {
  await house?.stop();
  await sink?.stop();
});

function from(name, to, subject, text) {
  const data = message({ from: `${name}@customer.example`, to, subject, text });
  return sendMail({ port: house.smtpPort, from: `${name}@customer.example`, to, data });
}

test('a customer’s mail reaches the desk by LMTP, byte for byte', async () => {
  const text = 'गाड़ी अब तक नहीं मिली।\r\n.\r\n..two dots\r\nend';
  await from('asha', 'care+t1@arohi.example', 'Late', text);
  const mail = await sink.next();
  assert.equal(mail.from, 'asha@customer.example');
  assert.equal(mail.to, 'care+t1@arohi.example');
  assert.ok(mail.data.endsWith(`\r\n\r\n${text}\r\n`), mail.data);
});

test('the desk’s answer lands in the customer’s mailbox', async () => {
  const data = message({
    from: 'care@arohi.example',
    to: 'ravi@customer.example',
    subject: '=?utf-8?B?4KSu4KS/4KSy4KWA?= CMP-2026-000001',
    text: 'We have it.',
  });
  const to = 'ravi@customer.example';
  await sendMail({ port: house.smtpPort, from: 'care@arohi.example', to, data });
  const mail = await house.mailbox('ravi').next();
  assert.equal(mail.header('subject'), 'मिली CMP-2026-000001');
  assert.equal(mail.body.trim(), 'We have it.');
});

test('what the desk cannot take now is brought again', async () => {
  refusals = 1;
  await from('asha', 'care@arohi.example', 'Again', 'please');
  const mail = await sink.next();
  assert.match(mail.data, /Subject: Again/);
});

test('mail to nobody comes back to its sender as a bounce', async () => {
  await from('asha', 'nobody@customer.example', 'Hello', 'anyone?');
  const mail = await house.mailbox('asha').next((m) => m.header('from').includes('MAILER-DAEMON'));
  assert.match(mail.header('content-type'), /multipart\/report/);
  assert.match(mail.raw, /Status: 5\.1\.1/);
});

test('it relays for nobody else', async () => {
  const refused = await from('asha', 'x@elsewhere.example', 'Hi', 'x').catch((error) => error);
  assert.ok(refused instanceof Refused, String(refused));
  assert.equal(refused.code, 554);
});

test('servers and folder are gone afterwards', async () => {
  const other = await startMailHouse({ lmtpPort: sink.port });
  const to = 'asha@customer.example';
  const data = message({ from: 'a@b.example', to, subject: 'x', text: 'x' });
  await sendMail({ port: other.smtpPort, from: 'a@b.example', to, data });
  await other.stop();
  assert.equal(fs.existsSync(other.dir), false);
  const sent = sendMail({ port: other.smtpPort, from: 'a@b.example', to, data });
  await assert.rejects(sent, /hung up/);
});
