import { isAbsolute, relative, resolve, sep } from 'node:path';

/**
 * React Aria Components set one inline style of their own; this is the hash of its text in version 1.22.1.
 * Everything else is a file of ours: no inline script, no inline style, no string that becomes code.
 */
const ariaStyle = "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='";

/** The Content-Security-Policy of the page. `socket` is the WebSocket origin where the page is served over HTTP. */
export function pagePolicy(socket?: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' ${ariaStyle}`,
    "img-src 'self' data:",
    "font-src 'self'",
    socket === undefined ? "connect-src 'self'" : `connect-src 'self' ${socket}`,
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}

/** Headers of every answer that carries a part of the page, window and tab alike. */
export const pageHeaders = (socket?: string): Record<string, string> => ({
  'content-security-policy': pagePolicy(socket),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
});

/** What the page is made of; a file of any other kind is not served. */
const contentTypes: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff: 'font/woff',
  woff2: 'font/woff2',
};

/**
 * The file that a URL path means inside `folder`, and its type; null for anything outside it, for names that are
 * written in a roundabout way (encoded separators, NUL, backslash, drive or dot files) and for kinds not in the table.
 */
export function pageFile(folder: string, urlPath: string): { path: string; type: string } | null {
  const name = decoded(urlPath === '/' ? '/index.html' : urlPath);
  if (name === null || !/^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/.test(name)) return null;
  const path = resolve(folder, `.${name}`);
  // Second lock on the same door: whatever the pattern let through must lie below the folder.
  const inside = relative(folder, path);
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return null;
  const type = contentTypes[name.slice(name.lastIndexOf('.') + 1)];
  return type === undefined ? null : { path, type };
}

function decoded(urlPath: string): string | null {
  try {
    return decodeURIComponent(urlPath);
  } catch {
    // A malformed escape is no name of ours.
    return null;
  }
}
