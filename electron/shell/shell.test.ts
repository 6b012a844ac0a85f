import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Session, WebContents } from 'electron';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test, vi } from 'vitest';

const electron = vi.hoisted(() => ({
  windows: [] as { options: Record<string, unknown>; loaded: string[] }[],
  opened: [] as string[],
  schemes: [] as unknown[],
}));

vi.mock('electron', () => ({
  BrowserWindow: class {
    loaded: string[] = [];
    options: Record<string, unknown>;
    constructor(options: Record<string, unknown>) {
      this.options = options;
      electron.windows.push(this);
    }
    once(): void {}
    async loadURL(url: string): Promise<void> {
      this.loaded.push(url);
    }
  },
  shell: {
    openExternal: async (url: string): Promise<void> => {
      electron.opened.push(url);
    },
  },
  protocol: {
    registerSchemesAsPrivileged: (schemes: unknown) => electron.schemes.push(schemes),
    handle: vi.fn(),
  },
}));

import { readArguments } from './arguments.ts';
import { answerPage, registerPageScheme } from './page-protocol.ts';
import { denyPermissions, guardContents, isPage, openLink } from './security.ts';
import { openWindow } from './window.ts';

beforeEach(() => {
  electron.opened.length = 0;
});

describe('the window', () => {
  it('is sandboxed and isolated, with exactly these preferences, and loads only the page', () => {
    openWindow('/app/out/preload');
    const [window] = electron.windows;
    expect(window?.options.webPreferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      preload: join('/app/out/preload', 'preload.cjs'),
    });
    expect(window?.loaded).toEqual(['app://app/index.html']);
  });
});

describe('the page protocol', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-shell-'));
    mkdirSync(join(folder, 'page'));
    mkdirSync(join(folder, 'page2'));
    writeFileSync(join(folder, 'page', 'index.html'), 'the page');
    writeFileSync(join(folder, 'page2', 'secret.json'), '{}');
    writeFileSync(join(folder, 'secret.json'), '{}');
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const get = (url: string, method = 'GET'): Promise<Response> =>
    answerPage(join(folder, 'page'), { url, method });

  it('has no privilege that the page does not need', () => {
    registerPageScheme();
    const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
    expect(electron.schemes).toEqual([[{ scheme: 'app', privileges }]]);
  });

  test.each(['app://app/', 'app://app/index.html', 'app://app/index.html?x=1#y'])(
    'serves %s',
    async (url) => {
      const response = await get(url);
      expect(response.status).toBe(200);
      expect(await response.text()).toBe('the page');
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('content-security-policy')).toContain("connect-src 'self';");
    },
  );

  test.each([
    'app://app/../secret.json',
    'app://app/..%2fsecret.json',
    'app://app/..%2fpage2/secret.json',
    'app://app/..\\secret.json',
    'app://app/%2e%2e/secret.json',
    'app://app/index.html%00.json',
    'app://app//secret.json',
    'app://other/index.html',
    'app://app.evil/index.html',
    'app://app@evil/index.html',
    'file:///etc/passwd',
    'app://app/missing.html',
    'app://app',
  ])('does not serve %s', async (url) => {
    expect((await get(url)).status).toBe(404);
  });

  test.each(['POST', 'PUT', 'HEAD', 'DELETE'])('does not answer %s', async (method) => {
    expect((await get('app://app/index.html', method)).status).toBe(405);
  });
});

it('denies every permission', () => {
  const given: Record<string, (...values: unknown[]) => unknown> = {};
  const keep = (name: string) => (handler: (...values: unknown[]) => unknown) => {
    given[name] = handler;
  };
  denyPermissions({
    setPermissionRequestHandler: keep('request'),
    setPermissionCheckHandler: keep('check'),
    setDevicePermissionHandler: keep('device'),
  } as unknown as Session);
  const decide = vi.fn();
  given.request?.({}, 'media', decide);
  expect(decide.mock.calls).toEqual([[false]]);
  expect(given.check?.({}, 'serial')).toBe(false);
  expect(given.device?.({ deviceType: 'serial' })).toBe(false);
});

// After the list in Actual's navigation-security test: look-alikes that a careless check lets through.
const tricky = [
  'https://evil.example/',
  'http://example.invalid/?next=app://app/',
  'app://app.evil/',
  'app://evil/app://app',
  'app://app:80/',
  'app://user@app/',
  'app://app@evil/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'about:blank',
  'apps://app/',
  'not an address',
  '',
];

describe('navigation', () => {
  function guarded() {
    const on: Record<string, (event: unknown) => void> = {};
    let open: (details: { url: string }) => { action: string } = () => ({ action: 'none' });
    guardContents({
      on: (name: string, handler: (event: unknown) => void) => {
        on[name] = handler;
      },
      setWindowOpenHandler: (handler: typeof open) => {
        open = handler;
      },
    } as unknown as WebContents);
    const isPrevented = (name: string, event: Record<string, unknown>): boolean => {
      const preventDefault = vi.fn();
      on[name]?.({ ...event, preventDefault });
      return preventDefault.mock.calls.length === 1;
    };
    return { isPrevented, open: (url: string) => open({ url }) };
  }

  test.each(tricky)('to %s is prevented', (url) => {
    const { isPrevented, open } = guarded();
    expect(isPage(url)).toBe(false);
    expect(isPrevented('will-navigate', { url })).toBe(true);
    expect(isPrevented('will-frame-navigate', { url, isMainFrame: true })).toBe(true);
    expect(open(url)).toEqual({ action: 'deny' });
    expect(electron.opened).toEqual([]);
  });

  it('lets the page reload, and nothing in a frame, by redirect or in a webview', () => {
    const { isPrevented, open } = guarded();
    const url = 'app://app/index.html';
    expect(isPrevented('will-navigate', { url })).toBe(false);
    expect(isPrevented('will-frame-navigate', { url, isMainFrame: true })).toBe(false);
    expect(isPrevented('will-frame-navigate', { url, isMainFrame: false })).toBe(true);
    expect(isPrevented('will-redirect', { url })).toBe(true);
    expect(isPrevented('will-attach-webview', {})).toBe(true);
    expect(open(url)).toEqual({ action: 'deny' });
  });
});

describe('links', () => {
  test.each([
    ...tricky,
    'http://micropython.org/',
    'https://micropython.org.evil.example/',
    'https://micropython.org@evil.example/',
    'https://user:pass@micropython.org/',
    'https://micropython.org:8443/',
    'https://evil.example/?https://micropython.org/',
  ])('%s is not opened', (url) => {
    expect(openLink(url)).toBe(false);
    expect(electron.opened).toEqual([]);
  });

  it('of the list open in the system’s browser', () => {
    expect(openLink('https://micropython.org/download/')).toBe(true);
    expect(electron.opened).toEqual(['https://micropython.org/download/']);
  });
});

describe('arguments', () => {
  test.each([
    [[], true, join('/jobs', 'first.plumb')],
    [['--no-bench', '--job=/data/a.plumb'], false, '/data/a.plumb'],
    [['--inspect-brk', '--some-chromium-switch=1', 'stray'], true, join('/jobs', 'first.plumb')],
    [['--job='], true, join('/jobs', 'first.plumb')],
    [['--job=a\0b'], true, join('/jobs', 'first.plumb')],
    [['--job'], true, join('/jobs', 'first.plumb')],
  ])('%j', (argv, bench, jobPath) => {
    expect(readArguments(argv, '/jobs')).toEqual({ bench, jobPath });
  });
});
