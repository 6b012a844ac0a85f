import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { pageFile, pagePolicy } from './page.ts';

const folder = resolve('/srv/page');

describe('the file a URL path means', () => {
  test.each([
    ['/', 'index.html', 'text/html; charset=utf-8'],
    ['/index.html', 'index.html', 'text/html; charset=utf-8'],
    ['/assets/main-B1x_9.js', join('assets', 'main-B1x_9.js'), 'text/javascript; charset=utf-8'],
    ['/assets/mono.woff2', join('assets', 'mono.woff2'), 'font/woff2'],
  ])('%s', (path, file, type) => {
    expect(pageFile(folder, path)).toEqual({ path: join(folder, file), type });
  });

  test.each([
    '/../page2/index.html',
    '/..%2fpage2/index.html',
    '/..%2Fetc/passwd.json',
    '/%2e%2e/%2e%2e/etc/passwd.json',
    '/..\\..\\windows\\win.json',
    '/..%5c..%5cwin.json',
    '/assets/..%2f..%2fsecret.json',
    '//server/share/x.js',
    '/C:/secret.json',
    '/index.html%00.js',
    '/%00',
    '/.env.json',
    '/assets/.hidden.js',
    '/%E0%A4%A',
    '/index.html/',
    '/assets',
    '/main.ts',
    '/notes.txt',
    '',
  ])('nothing for %s', (path) => {
    expect(pageFile(folder, path)).toBeNull();
  });

  it('never leaves the folder, whatever is asked for', () => {
    const piece = fc.oneof(
      fc.constantFrom('..', '.', '/', '\\', '%2f', '%2e', '%5c', '%00', 'a', '.js', ':'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const found = pageFile(folder, `/${pieces.join('')}.js`);
        expect(found === null || found.path.startsWith(join(folder, '/'))).toBe(true);
      }),
    );
  });
});

it('lets nothing run or load that is not a file of ours', () => {
  const policy = pagePolicy();
  expect(policy).not.toMatch(/unsafe|http:|https:|\*/);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(pagePolicy('ws://127.0.0.1:4870')).toContain("connect-src 'self' ws://127.0.0.1:4870;");
});
