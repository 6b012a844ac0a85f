import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { openWebDoor, type WebDoor } from './server.ts';

let folder: string;
let door: WebDoor;
let token: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-web-'));
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
  mkdirSync(join(folder, 'page2'));
  writeFileSync(join(folder, 'page', 'index.html'), '<meta name="plumbline-token" content="" />page');
  writeFileSync(join(folder, 'page', 'assets', 'main.js'), 'export {};');
  writeFileSync(join(folder, 'page2', 'secret.json'), '{}');
  writeFileSync(join(folder, 'secret.json'), '{}');
  door = await openWebDoor({ page: join(folder, 'page'), port: 0, onChannel: () => {} });
  token = new URL(door.url).searchParams.get('token') ?? '';
});

afterAll(async () => {
  await door.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Paths and headers exactly as given: fetch() would tidy them up. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: door.port, path, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        body += piece;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    asked.on('error', reject).end();
  });
}

const cookie = (): Record<string, string> => ({ cookie: `other=1; plumbline-${door.port}=${token}` });

describe('who is let in', () => {
  it('gives the holder of the printed address a cookie and a clean address', async () => {
    const answer = await ask(`/?token=${token}`);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/');
    const [given] = answer.headers['set-cookie'] as string[];
    expect(given).toBe(`plumbline-${door.port}=${token}; Path=/; HttpOnly; SameSite=Strict`);
  });

  it('serves the page with the token filled in', async () => {
    const answer = await ask('/', cookie());
    expect(answer.status).toBe(200);
    expect(answer.body).toBe(`<meta name="plumbline-token" content="${token}" />page`);
  });

  test.each([
    ['no cookie', {}],
    ['a wrong token', { cookie: `plumbline-PORT=${'0'.repeat(64)}` }],
    ['an empty token', { cookie: 'plumbline-PORT=' }],
    ['the cookie of another port', { cookie: 'plumbline-1=TOKEN' }],
  ])('tells a browser with %s what to do', async (_, headers: { cookie?: string }) => {
    const given = headers.cookie?.replace('PORT', String(door.port)).replace('TOKEN', token);
    for (const path of ['/', '/assets/main.js']) {
      const answer = await ask(path, given === undefined ? {} : { cookie: given });
      expect(answer.status).toBe(403);
      expect(answer.body).toContain('?token=');
      expect(answer.body).not.toContain(token);
    }
  });

  it('refuses a wrong token in the address', async () => {
    expect((await ask(`/?token=${'0'.repeat(64)}`)).status).toBe(403);
    expect((await ask('/?token=')).status).toBe(403);
  });

  test.each(['evil.example', 'evil.example:PORT', '127.0.0.1', '127.0.0.1:1', '127.0.0.1:PORT.evil.example'])(
    'refuses the host name %s even with the cookie',
    async (host) => {
      const answer = await ask('/', { ...cookie(), host: host.replace('PORT', String(door.port)) });
      expect(answer.status).toBe(421);
      expect(answer.body).not.toContain(token);
    },
  );
});

describe('what is served', () => {
  test.each([
    '/..%2fpage2/secret.json',
    '/../page2/secret.json',
    '/..%2f..%2fsecret.json',
    '/../secret.json',
    '/..\\secret.json',
    '/..%5csecret.json',
    '/index.html%00.js',
    '/assets',
    '/missing.js',
  ])('not %s', async (path) => {
    expect((await ask(path, cookie())).status).toBe(404);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('nothing for %s', async (method) => {
    const answer = await ask('/', cookie(), method);
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('GET, HEAD');
  });

  it('answers HEAD with the length and no body', async () => {
    const answer = await ask('/assets/main.js', cookie(), 'HEAD');
    expect(answer).toMatchObject({ status: 200, body: '', headers: { 'content-length': '10' } });
  });

  it('sends the strict headers with every answer', async () => {
    for (const answer of [await ask('/', cookie()), await ask('/'), await ask('/missing.js', cookie())]) {
      expect(answer.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      });
      const policy = String(answer.headers['content-security-policy']);
      expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${door.port};`);
      expect(policy).toContain("frame-ancestors 'none'");
    }
  });
});

it('makes a new token at every start and frees the port at its end', async () => {
  const other = await openWebDoor({ page: folder, port: 0, onChannel: () => {} });
  expect(other.url).not.toContain(token);
  await other.close();
  const again = await openWebDoor({ page: folder, port: other.port, onChannel: () => {} });
  await expect(openWebDoor({ page: folder, port: again.port, onChannel: () => {} })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
  await again.close();
});
