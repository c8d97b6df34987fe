// From the product's own list of routes to addresses that a person reaches: links are followed,
// never made up.

/** Where a walk may not go: it ends the walker's visit, or changes the language of the walk. */
const NOT_FOLLOWED = [/^\/logout/, /[?&]lang=/];

/**
 * Follows links from `starts` until each route that a page can have was seen. Gives a map from
 * the route's path to one address, and says what each address answers (`isPage`).
 *
 * `look(address)` reads a page: `{ status, isPage, links }`.
 */
export async function walk(routes, starts, look) {
  const wanted = routes.filter((route) => route.method === 'GET').map((route) => route.path);
  const found = new Map();
  const next = [...starts];
  while (next.length > 0) {
    const address = next.shift();
    const route = routeOf(wanted, address);
    // One address of each route is enough.
    if (route === null || found.has(route)) continue;
    const answer = await look(address);
    found.set(route, { address, ...answer });
    next.push(...answer.links.filter((link) => NOT_FOLLOWED.every((not) => !not.test(link))));
  }
  return found;
}

/** The route that serves an address; a literal path comes before one with a placeholder. */
export function routeOf(paths, address) {
  const { pathname } = new URL(address, 'http://desk.example');
  const fitting = paths.filter((path) => pattern(path).test(pathname));
  const holes = (path) => path.split('{').length;
  fitting.sort((a, b) => holes(a) - holes(b));
  return fitting[0] ?? null;
}

/** A route's path with something in each of its holes. */
export function fill(path, values = {}) {
  return path.replace(/\{\*?(\w+)\}/g, (_, name) => values[name] ?? '1');
}

function pattern(path) {
  const parts = path.split(/(\{\*?\w+\})/).map((part) => {
    if (part.startsWith('{*')) return '.+';
    if (part.startsWith('{')) return '[^/]+';
    return part.replace(/[.*+?^$()[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`);
}
