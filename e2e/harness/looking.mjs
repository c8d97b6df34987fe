// What a person sees on a page, found by the browser: texts, and what can be reached by keyboard.

/**
 * Every visible text and label of the page that is not wholly a message of the catalogue (in the
 * test locale those stand in ⟦ ⟧): what is left of it between the marks, if it has letters.
 */
export function unmarkedTexts(page) {
  return page.evaluate(() => {
    const left = [];
    // What people typed, and the names of keys.
    const typed = 'script, style, kbd, pre, textarea, .face, [translate=no], [dir=auto]';
    const take = (text, where) => {
      let rest = text;
      // Messages can stand in messages: from the inside out.
      for (let before = ''; before !== rest; ) {
        before = rest;
        rest = rest.replace(/⟦[^⟦⟧]*⟧/gu, '\u0000');
      }
      for (const piece of rest.split('\u0000')) {
        const bare = piece.replace(/\s+/g, ' ').trim();
        if (/\p{L}/u.test(bare)) left.push({ text: bare, where });
      }
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!parent.checkVisibility({ visibilityProperty: true })) continue;
      if (parent.closest(typed)) continue;
      take(node.data, `<${parent.tagName.toLowerCase()} class="${parent.className}">`);
    }
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        take(element.getAttribute(name), `${name} of <${element.tagName.toLowerCase()}>`);
      }
    }
    return left;
  });
}

/**
 * Goes through the page with the Tab key. Gives what a person who has no mouse cannot reach, and
 * what does not show that it is focused, each as a line.
 */
export async function keyboardTrouble(page) {
  const names = await page.evaluate(markInteractive);
  const trouble = new Set();
  const reached = new Set();
  await page.evaluate(() => {
    // Where a form took the focus at once, Tab would begin behind it.
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
    scrollTo(0, 0);
  });
  for (let presses = 0; presses < names.length + 20; presses += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(lookAtFocus);
    if (at === null) break;
    if (at.key !== null) reached.add(at.key);
    if (!at.visible) trouble.add(`the focus does not show: ${at.name}`);
  }
  for (const { key, group, name } of names) {
    const inGroup = group !== null && names.some((n) => n.group === group && reached.has(n.key));
    if (!reached.has(key) && !inGroup) trouble.add(`not reached by Tab: ${name}`);
  }
  return [...trouble];
}

/* In the page: numbers everything that can be used, in a property that no morph looks at. */
function markInteractive() {
  const usable = 'a[href], button, input, select, textarea, summary, iframe, [tabindex="0"]';
  const all = [...document.querySelectorAll(usable)].filter((element) => {
    if (element.disabled || element.type === 'hidden') return false;
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    // Buttons for keys alone are no use to Tab, and say so; the palette moves with the arrows.
    return element.getAttribute('tabindex') !== '-1';
  });
  return all.map((element, key) => {
    element.tabKey = key;
    const words = element.getAttribute('aria-label') ?? element.name ?? '';
    const said = element.textContent.trim().replace(/\s+/g, ' ').slice(0, 40);
    return {
      key,
      // Of a group of radio buttons Tab reaches one, arrows the others.
      group: element.type === 'radio' ? element.name : null,
      name: `<${element.tagName.toLowerCase()}> ${said || words}`,
    };
  });
}

/* In the page: what is focused, and whether one sees it; null at the end of the page. */
function lookAtFocus() {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const shows = (one) => {
    return one && [null, '::before', '::after'].some((part) => {
      const style = getComputedStyle(one, part);
      const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
      return outlined || style.boxShadow !== 'none';
    });
  };
  // A hidden box shows its focus on what stands for it.
  const isBox = element.matches('input');
  const stands = isBox ? [element.parentElement, element.nextElementSibling] : [];
  const box = (stands.find(shows) ?? element).getBoundingClientRect();
  const inView =
    box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  const words = element.textContent.trim().replace(/\s+/g, ' ').slice(0, 40);
  const label = element.getAttribute('aria-label') ?? '';
  return {
    key: element.tabKey ?? null,
    visible: inView && [element, ...stands].some(shows),
    name: `<${element.tagName.toLowerCase()}> ${words || label || element.name || element.id}`,
  };
}
