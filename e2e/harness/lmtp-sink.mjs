// A stand-in for the product's mail door: an LMTP server that keeps what it is given.

import net from 'node:net';
import { Lines } from './lines.mjs';

/**
 * Listens on `port` (0: any). `verdict({ from, to, data })` may answer otherwise than "250 kept",
 * once for each recipient. `next()` waits for the next message that was kept.
 */
export async function startLmtpSink({ port = 0, verdict = () => '250 kept' } = {}) {
  const sockets = new Set();
  const inbox = { ready: [], waiting: [] };
  const keep = (mail) => {
    const waiting = inbox.waiting.shift();
    if (waiting) waiting(mail);
    else inbox.ready.push(mail);
  };
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    converse(new Lines(socket), verdict, keep);
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: server.address().port,
    next() {
      if (inbox.ready.length > 0) return Promise.resolve(inbox.ready.shift());
      return new Promise((resolve) => inbox.waiting.push(resolve));
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function converse(lines, verdict, keep) {
  lines.send('220 sink.example LMTP\r\n');
  let mail = { from: '', to: [] };
  for (let line = await lines.next(); line !== null; line = await lines.next()) {
    const command = line.slice(0, 4).toUpperCase();
    if (command === 'LHLO') lines.send('250-sink.example\r\n250-8BITMIME\r\n250 PIPELINING\r\n');
    else if (command === 'MAIL') {
      mail = { from: address(line), to: [] };
      lines.send('250 ok\r\n');
    } else if (command === 'RCPT') {
      mail.to.push(address(line));
      lines.send('250 ok\r\n');
    } else if (command === 'DATA') {
      lines.send('354 go on\r\n');
      mail.data = await body(lines);
      for (const to of mail.to) {
        const answer = verdict({ ...mail, to });
        if (answer.startsWith('2')) keep({ ...mail, to });
        lines.send(`${answer}\r\n`);
      }
    } else if (command === 'QUIT') {
      lines.send('221 bye\r\n');
      lines.close();
    } else lines.send('250 ok\r\n');
  }
}

function address(line) {
  return /<([^>]*)>/.exec(line)?.[1] ?? '';
}

async function body(lines) {
  const taken = [];
  for (let line = await lines.next(); line !== null && line !== '.'; line = await lines.next()) {
    taken.push(line.startsWith('.') ? line.slice(1) : line);
  }
  return Buffer.from(`${taken.join('\r\n')}\r\n`, 'latin1').toString('utf8');
}
