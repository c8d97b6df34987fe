// The product itself: a new installation with one desk, or the demonstration.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from './lines.mjs';
import { runProgram, SAMPARK, startProgram } from './program.mjs';

/** Everybody's password in the demonstration. */
export const DEMO_PASSWORD = 'sampark-demo';

/**
 * A fresh installation with one workspace, `arohi`, and one mailbox, `care@arohi.example`, as its
 * operator makes it. Mail comes in at `lmtpPort` and leaves by `relayPort`.
 */
export async function startDesk({ lmtpPort, relayPort }) {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'sampark-e2e-'));
  const listen = `127.0.0.1:${await freePort()}`;
  const env = { SAMPARK_DATA: data };
  const ways = ['--lmtp', `127.0.0.1:${lmtpPort}`, '--relay', `127.0.0.1:${relayPort}`];
  const serve = ['serve', '--listen', listen, '--base-url', `http://${listen}`, ...ways];
  const program = await startProgram(SAMPARK, serve, { ready: /listening/, env });
  const operator = (...args) => command(args, env);
  const admin = ['--admin', 'vandana@arohi.example'];
  const made = await operator(
    'workspace', 'create', '--slug', 'arohi', '--name', 'Arohi Motors', ...admin,
  );
  const mailbox = ['--address', 'care@arohi.example', '--name', 'Arohi Care'];
  await operator('mailbox', 'create', '--workspace', 'arohi', ...mailbox);
  return {
    ...installation(program, listen, data),
    /** Where the administrator chooses a password. */
    joinLink: /https?:\/\/\S+\/join\/\S+/.exec(made)[0],
    operator,
  };
}

/** The demonstration with its two workspaces, `arohi` and `setu`. */
export async function startDemo() {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'sampark-e2e-'));
  const listen = `127.0.0.1:${await freePort()}`;
  const env = { SAMPARK_DATA: data };
  const args = ['demo', '--data', data, '--listen', listen];
  const program = await startProgram(SAMPARK, args, { ready: /listening/ });
  const token = async (workspace, user) => {
    const said = await command(['token', 'create', '--workspace', workspace, '--user', user], env);
    return said.trim().split(/\s+/).at(-1);
  };
  return { ...installation(program, listen, data), token };
}

function installation(program, listen, data) {
  return {
    baseURL: `http://${listen}`,
    data,
    program,
    /** The API with a token: `{ status, json }`. */
    async api(token, method, url, body) {
      const headers = { 'content-type': 'application/json' };
      if (token) headers.authorization = `Bearer ${token}`;
      const init = { method, headers, body: body && JSON.stringify(body) };
      const answer = await fetch(`http://${listen}${url}`, init);
      const text = await answer.text();
      return { status: answer.status, json: text.startsWith('{') ? JSON.parse(text) : text };
    },
    async stop() {
      await program.stop();
      fs.rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Every route of the product: `{ method, path, guard }`. */
export async function productRoutes() {
  const lines = (await command(['routes'])).trim().split('\n');
  return lines.map((line) => {
    const [, method, route, guard] = /^(\S+)\s+(\S+)\s+\[(.*)\]$/.exec(line);
    return { method, path: route, guard };
  });
}

async function command(args, env = {}) {
  const { code, stdout } = await runProgram(SAMPARK, args, { env });
  if (code !== 0) throw new Error(`sampark ${args.join(' ')} ended with ${code}: ${stdout}`);
  return stdout;
}

/** Signs in by the form, as a person does. */
export async function signIn(page, baseURL, email, password = DEMO_PASSWORD) {
  await page.goto(`${baseURL}/login`);
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(password);
  await page.locator('input[name=password]').press('Enter');
  await page.waitForURL((url) => !url.pathname.startsWith('/login'));
}

/** Signs in as a program that keeps cookies; gives the cookie. */
export async function session(baseURL, email, password = DEMO_PASSWORD) {
  const answer = await fetch(`${baseURL}/login`, {
    method: 'POST',
    body: new URLSearchParams({ email, password }),
    redirect: 'manual',
  });
  const cookies = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
  const found = cookies.find((cookie) => cookie.startsWith('sampark_session='));
  if (!found) throw new Error(`${email} was not let in: ${answer.status}`);
  return found;
}
