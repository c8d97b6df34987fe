// A program under test, started and stopped as an operator would, or killed as a power cut does.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const BUILDS = ['release', 'debug'].map((kind) => {
  return fileURLToPath(new URL(`../../target/${kind}/sampark`, import.meta.url));
});

/** The built product. */
export const SAMPARK = process.env.SAMPARK_BIN ?? BUILDS.find(fs.existsSync) ?? BUILDS[0];

const READY_MS_MAX = 30_000;
const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** Starts it and waits until a line of its output matches `ready`; `match` is what was found. */
export async function startProgram(command, args, { ready, env = {}, cwd, input } = {}) {
  const stdio = [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'];
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio });
  running.add(child);
  const ended = new Promise((resolve) => {
    child.on('error', (error) => resolve({ error }));
    child.on('exit', (code, signal) => resolve({ code, signal }));
  });
  ended.then(() => running.delete(child));
  if (input !== undefined) child.stdin.end(input);
  const program = {
    pid: child.pid,
    output: '',
    ended,
    /** Asks it to end and waits until it has. */
    stop: () => signal(child, 'SIGTERM', ended),
    /** Ends it in the middle of whatever it does. */
    kill9: () => signal(child, 'SIGKILL', ended),
  };
  program.match = await untilReady(child, program, ready, command);
  return program;
}

/** Runs it to its end: `{ code, stdout }`. */
export async function runProgram(command, args, { env = {}, cwd, input = '' } = {}) {
  const stdio = ['pipe', 'pipe', 'inherit'];
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  return { code, stdout };
}

async function signal(child, name, ended) {
  child.kill(name);
  return ended;
}

function untilReady(child, program, ready, command) {
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`${command} ${why}\n${program.output}`));
    const timer = setTimeout(() => fail(`was not ready in ${READY_MS_MAX} ms`), READY_MS_MAX);
    const look = (text) => {
      program.output += text;
      const match = ready?.exec(program.output);
      if (!match) return;
      clearTimeout(timer);
      resolve(match);
    };
    child.stdout.setEncoding('utf8').on('data', look);
    child.stderr.setEncoding('utf8').on('data', look);
    program.ended.then(({ error, code, signal: by }) => {
      clearTimeout(timer);
      fail(error ? `could not start: ${error.message}` : `ended with ${code ?? by}`);
    });
    if (!ready) {
      clearTimeout(timer);
      resolve(null);
    }
  });
}
