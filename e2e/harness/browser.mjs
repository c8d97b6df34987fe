// Debian's Chromium, driven as a person at the desk would use it.

import axe from 'axe-core';
import { chromium } from 'playwright-core';

const EXECUTABLE = process.env.SAMPARK_CHROMIUM ?? '/usr/bin/chromium';

/** No sandbox for root in a container, and no calls home. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The two screens that every page must serve. */
export const DESK_SCREEN = { width: 1366, height: 768 };
export const PHONE_SCREEN = { width: 360, height: 800 };

export function openBrowser() {
  return chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
}

/**
 * A new person at a screen of their own: no cookies shared. What the page complains of in its
 * console, and what it failed to load, is collected in `page.complaints`.
 */
export async function newPerson(browser, options = {}) {
  const { screen = DESK_SCREEN, dark = false, lang = 'en', baseURL } = options;
  const context = await browser.newContext({
    baseURL,
    viewport: screen,
    colorScheme: dark ? 'dark' : 'light',
    locale: lang === 'hi' ? 'hi-IN' : 'en-IN',
    timezoneId: options.zone ?? 'Asia/Kolkata',
  });
  const page = await context.newPage();
  page.complaints = [];
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  page.on('console', (line) => {
    if (line.type() === 'error') page.complaints.push(line.text());
  });
  return page;
}

/** What axe finds serious or critical, one line each with where it stands. */
export async function seriousFindings(page) {
  // Evaluated by the debugger, so that a strict content policy does not stop it.
  await page.evaluate(axe.source);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const found = await page.evaluate((values) => {
    // A mail's frame runs no script, so axe would wait a minute for its answer.
    return globalThis.axe.run({ runOnly: { type: 'tag', values }, iframes: false });
  }, tags);
  const serious = found.violations.filter((v) => ['serious', 'critical'].includes(v.impact));
  return serious.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}: ${v.help}`));
}

/** Whether a page is wider than its screen, which makes a person scroll sideways. */
export function overflows(page) {
  return page.evaluate(() => {
    const root = globalThis.document.documentElement;
    return root.scrollWidth > root.clientWidth;
  });
}
