// A customer's mail program: just enough SMTP to send one message and read the server's verdict.

import net from 'node:net';
import { Lines } from './lines.mjs';

/** The server's refusal, with its code: 4xx means "try again", 5xx "never". */
export class Refused extends Error {
  constructor(command, code, text) {
    super(`${command}: ${code} ${text}`);
    this.code = code;
  }
}

/**
 * Sends `data` (a whole message, header and body, as text or bytes) and gives the server's last
 * words. A string is sent as UTF-8.
 */
export async function sendMail({ port, host = '127.0.0.1', from, to, data }) {
  const socket = net.connect(port, host);
  const lines = new Lines(socket);
  const say = async (command, expect) => {
    if (command !== null) lines.send(`${command}\r\n`);
    return reply(lines, command ?? 'connect', expect);
  };
  try {
    await say(null, 220);
    await say('EHLO customer.example', 250);
    await say(`MAIL FROM:<${from}>`, 250);
    for (const recipient of [to].flat()) await say(`RCPT TO:<${recipient}>`, 250);
    await say('DATA', 354);
    const verdict = await say(`${stuffed(data)}.`, 250);
    await say('QUIT', 221);
    return verdict;
  } finally {
    socket.destroy();
  }
}

/** Puts a plain message together; `headers` are added as they are. */
export function message({ from, to, subject, text, messageId, headers = {} }) {
  const head = {
    From: from,
    To: to,
    Subject: subject,
    Date: new Date().toUTCString().replace('GMT', '+0000'),
    'Message-ID': messageId ?? `<${crypto.randomUUID()}@customer.example>`,
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Transfer-Encoding': '8bit',
    ...headers,
  };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`);
  return `${lines.join('\r\n')}\r\n\r\n${text}\r\n`;
}

async function reply(lines, command, expect) {
  let text = '';
  for (;;) {
    const line = await lines.next();
    if (line === null) throw new Error(`${command}: the server hung up`);
    text += `${line.slice(4)}\n`;
    if (line[3] === '-') continue;
    const code = Number(line.slice(0, 3));
    if (code !== expect) throw new Refused(command, code, text.trim());
    return text.trim();
  }
}

/** Ends every line in CRLF and doubles a dot that begins one. */
function stuffed(data) {
  // Bytes travel as latin1, one character each, so that none is changed on the way.
  const text = Buffer.from(data).toString('latin1').replace(/\r?\n/g, '\r\n');
  const whole = text.endsWith('\r\n') ? text : `${text}\r\n`;
  return whole.replace(/^\./gm, '..');
}
