// Knocking at doors that must stay shut, in the demonstration with its two workspaces.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fill } from '../harness/routes.mjs';
import { productRoutes, session, startDemo } from '../harness/sampark.mjs';

const ADMIN = 'vandana@arohi.example';
const AUDITOR = 'lakshmi@arohi.example';

/** What anybody may read or send, whoever they are. */
const PUBLIC = 'public';

let demo;
let routes;
let theirs;
let ours;

before(async () => {
  [demo, routes] = await Promise.all([startDemo(), productRoutes()]);
  theirs = await firstCase('setu');
  ours = await firstCase('arohi');
});

after(() => demo?.stop());

async function firstCase(workspace) {
  const people = { arohi: ADMIN, setu: demo.program.output.match(/\S+@setu\.example/)?.[0] };
  const token = await demo.token(workspace, people[workspace]);
  const list = await demo.api(token, 'GET', '/api/v1/cases?view=open');
  assert.equal(list.status, 200, JSON.stringify(list.json));
  const [first] = list.json.cases;
  return { token, number: first.number, contact_id: first.contact_id };
}

function knock(method, path, { cookie, headers = {}, body } = {}) {
  const all = { ...headers, ...(cookie ? { cookie } : {}) };
  return fetch(demo.baseURL + path, { method, headers: all, body, redirect: 'manual' });
}

function inArohi(path) {
  return fill(path, { ws: 'arohi', number: ours.number });
}

describe('doors', () => {
  test('a stranger gets nothing from any guarded route', async () => {
    const open = [];
    for (const { method, path, guard } of routes.filter((route) => route.guard !== PUBLIC)) {
      const answer = await knock(method, inArohi(path));
      const toLogin = answer.headers.get('location')?.startsWith('/login');
      const shut = toLogin || [401, 403, 404].includes(answer.status);
      if (!shut) open.push(`${method} ${path}: ${answer.status}`);
    }
    assert.deepEqual(open, []);
  });

  test('public routes are the ones that were meant to be', () => {
    const found = routes.filter(({ guard }) => guard === PUBLIC).map(({ path }) => path);
    const meant = [
      /^\/(login|forgot|join\/\{token\})$/,
      /^\/(healthz|readyz|metrics)$/,
      /^\/assets\//,
      /^\/s\/\{ws\}\//,
      /^\/api\/v1\/openapi\.json$/,
    ];
    const strange = found.filter((path) => meant.every((one) => !one.test(path)));
    assert.deepEqual(strange, []);
  });

  test('another workspace does not exist for us', async () => {
    const cookie = await session(demo.baseURL, ADMIN);
    const places = routes.filter(({ method, path }) => {
      return method === 'GET' && path.startsWith('/w/{ws}');
    });
    const open = [];
    for (const { method, path } of places) {
      const address = fill(path, { ws: 'setu', number: theirs.number });
      const answer = await knock(method, address, { cookie });
      if (answer.status !== 404) open.push(`${address}: ${answer.status}`);
    }
    assert.deepEqual(open, []);
    const nowhere = await knock('GET', '/w/nobody/inbox', { cookie });
    const setu = await knock('GET', '/w/setu/inbox', { cookie });
    assert.equal(await nowhere.text(), await setu.text(), 'a stranger cannot tell the two apart');
  });

  test('a token opens its own workspace only', async () => {
    const number = 'CMP-2026-999999';
    for (const path of [`/api/v1/cases/${number}`, '/api/v1/cases/not-a-number']) {
      assert.equal((await demo.api(ours.token, 'GET', path)).status, 404, path);
    }
    const body = { text: 'x', kind: 'note' };
    const path = `/api/v1/cases/${number}/messages`;
    assert.equal((await demo.api(ours.token, 'POST', path, body)).status, 404);
    const mine = await demo.api(ours.token, 'GET', `/api/v1/cases/${ours.number}`);
    assert.equal(mine.status, 200);
    const same = await demo.api(theirs.token, 'GET', `/api/v1/cases/${ours.number}`);
    if (same.status === 200) assert.notEqual(same.json.subject, mine.json.subject);
    assert.equal((await demo.api(`${ours.token}x`, 'GET', '/api/v1/cases')).status, 401);
    assert.equal((await demo.api('', 'GET', '/api/v1/cases')).status, 401);
  });

  test('a role that may only read changes nothing', async () => {
    const cookie = await session(demo.baseURL, AUDITOR);
    const may = new Set([PUBLIC, 'member', 'signed in']);
    may.add('case.read').add('contact.read').add('member.read').add('audit.read');
    const open = [];
    for (const { method, path, guard } of routes.filter((route) => !may.has(route.guard))) {
      if (path.startsWith('/api/')) continue;
      const answer = await knock(method, inArohi(path), { cookie });
      if (answer.status !== 403) open.push(`${method} ${path} [${guard}]: ${answer.status}`);
    }
    assert.deepEqual(open, []);
    const inbox = await knock('GET', '/w/arohi/inbox', { cookie });
    assert.equal(inbox.status, 200);
  });

  test('the same through the API', async () => {
    const token = await demo.token('arohi', AUDITOR);
    const reply = { text: 'I may not.', kind: 'reply' };
    const path = `/api/v1/cases/${ours.number}/messages`;
    assert.equal((await demo.api(token, 'POST', path, reply)).status, 403);
    const contact = { name: 'Nobody', emails: [], phones: [] };
    assert.equal((await demo.api(token, 'POST', '/api/v1/contacts', contact)).status, 403);
  });

  test('another site’s page can change nothing', async () => {
    const cookie = await session(demo.baseURL, ADMIN);
    const open = [];
    const foreign = [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }];
    const changing = routes.filter(({ method, path }) => {
      return method !== 'GET' && !path.startsWith('/api/');
    });
    for (const { method, path } of changing) {
      for (const headers of foreign) {
        const answer = await knock(method, inArohi(path), { cookie, headers });
        if (answer.status !== 403) open.push(`${method} ${path}: ${answer.status}`);
      }
    }
    assert.deepEqual(open, []);
  });

  test('a cookie opens nothing in the API, a token no page', async () => {
    const cookie = await session(demo.baseURL, ADMIN);
    assert.equal((await knock('GET', '/api/v1/cases', { cookie })).status, 401);
    const headers = { authorization: `Bearer ${ours.token}` };
    assert.notEqual((await knock('GET', '/w/arohi/inbox', { headers })).status, 200);
  });

  test('pages are not framed, not sniffed, and run no script but ours', async () => {
    const answer = await knock('GET', '/login');
    const policy = answer.headers.get('content-security-policy') ?? '';
    assert.match(policy, /frame-ancestors 'none'|frame-ancestors 'self'/);
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval/);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  });

  test('the session cookie is out of reach of scripts', async () => {
    const body = new URLSearchParams({ email: ADMIN, password: 'sampark-demo' });
    const answer = await knock('POST', '/login', { body });
    const set = answer.headers.getSetCookie().find((line) => line.startsWith('sampark_session='));
    assert.match(set, /HttpOnly/i);
    assert.match(set, /SameSite=(Lax|Strict)/i);
  });
});
