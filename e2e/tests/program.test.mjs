// Starting and ending programs, on a stand-in for the product.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runProgram, startProgram } from '../harness/program.mjs';

const SERVER = "console.log('listening on port 1234'); setInterval(() => {}, 1e6)";

test('a program is ready when it says so, and ends when asked', async () => {
  const program = await startProgram('node', ['-e', SERVER], { ready: /port (\d+)/ });
  assert.equal(program.match[1], '1234');
  assert.deepEqual(await program.stop(), { code: null, signal: 'SIGTERM' });
});

test('a program that ends early tells why', async () => {
  const failing = ['-e', "console.error('no disk'); process.exit(3)"];
  const started = startProgram('node', failing, { ready: /never/ });
  await assert.rejects(started, /ended with 3\nno disk/);
});

test('a filter gets its input and gives its output', async () => {
  const echo = ['-e', 'process.stdin.pipe(process.stdout)'];
  const ran = await runProgram('node', echo, { input: 'नमस्ते\n' });
  assert.deepEqual(ran, { code: 0, stdout: 'नमस्ते\n' });
});
