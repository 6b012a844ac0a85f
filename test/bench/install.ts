import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { root, secondsOf, secondsUntil } from './child.ts';
import type { Figure } from './figure.ts';

/** A person's shell: nothing of this checkout, or of the npm that runs us, reaches into the fresh one. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith('npm_'));
  const path = (process.env.PATH ?? '').split(delimiter).filter((entry) => !entry.includes('node_modules'));
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter) };
}

async function inFreshClone(work: (cwd: string) => Promise<number>): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'plumb-bench-'));
  try {
    const cwd = join(folder, 'plumbline');
    await secondsOf('git', ['clone', '--quiet', '--no-hardlinks', root, cwd]);
    return await work(cwd);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** As a browser opens it: the address lets it in with a cookie and sends it on to the page. */
async function firstPage(address: string): Promise<void> {
  const welcome = await fetch(address, { redirect: 'manual' });
  const target = new URL(welcome.headers.get('location') ?? '', address);
  const cookie = welcome.headers.get('set-cookie')?.split(';')[0] ?? '';
  const page = await fetch(target, { headers: { cookie } });
  if (!page.ok) throw new Error(`the first page answered ${page.status}`);
  if (!(await page.text()).includes('<script')) throw new Error('the first page is not the app');
}

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** `npm start` in a fresh clone until the first page has come; both with the packages in npm's cache. */
export const installToReady: Figure = {
  name: 'fresh clone to first page',
  beside: 'plain npm ci of the same tree',
  unit: 's',
  runs: 3,
  measure: async () => {
    const env = cleanEnvironment();
    const beside = await inFreshClone(async (cwd) => (await secondsOf(npm, ['ci'], { cwd, env })).seconds);
    const ours = await inFreshClone((cwd) =>
      secondsUntil(
        /open at (http:\/\/\S+)/,
        npm,
        ['start', '--', '--browser', '--port', '0'],
        { cwd, env },
        ([, address]) => firstPage(address ?? ''),
      ),
    );
    return { ours, beside };
  },
};
