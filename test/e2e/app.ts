import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';

const root = fileURLToPath(new URL('../..', import.meta.url));
const startWithinMs = 60_000;

/** The app as `npm start` serves it where there is no window: a process of its own, a job of its own. */
export interface App {
  readonly url: string;
  readonly job: string;
  /** Kills the process as a power cut would and starts it anew on the same job; the page has to be opened again. */
  crash(): Promise<void>;
}

interface Running {
  process: ChildProcess;
  url: string;
}

async function start(job: string): Promise<Running> {
  const script = join(root, 'electron', 'setup', 'start.mjs');
  const child = spawn(process.execPath, [script, '--browser', '--port', '0', '--job', job], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const deadline = setTimeout(() => child.kill('SIGKILL'), startWithinMs);
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(line)?.[0];
    if (!url) continue;
    clearTimeout(deadline);
    child.stdout.resume();
    return { process: child, url };
  }
  clearTimeout(deadline);
  throw new Error(`the app did not start: ${said.join('')}`);
}

async function stop({ process: child }: Running): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const deadline = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(deadline);
}

/** No signal that could be caught, and the whole family: `npm start` runs the app in a child of its own. */
async function kill({ process: child }: Running): Promise<void> {
  const ended = once(child, 'exit');
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  await ended;
}

export const test = base.extend<{ app: App; violations: string[] }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern.
  app: async ({}, use) => {
    const directory = await mkdtemp(join(tmpdir(), 'plumbline-e2e-'));
    const job = join(directory, 'job.plumb');
    let running = await start(job);
    await use({
      get url() {
        return running.url;
      },
      job,
      crash: async () => {
        await kill(running);
        running = await start(job);
      },
    });
    await stop(running);
    await rm(directory, { recursive: true, force: true });
  },
  /** What the page may never do: break its Content-Security-Policy, or throw. Empty at the end of every test. */
  violations: [
    async ({ page }, use) => {
      const violations: string[] = [];
      await page.exposeFunction('reportViolation', (text: string) => violations.push(text));
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          const report: unknown = Reflect.get(window, 'reportViolation');
          if (typeof report === 'function')
            report(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
        });
      });
      page.on('pageerror', (error) => violations.push(`page error: ${error.message}`));
      page.on('console', (message) => {
        // While the app is away the page tries again, and the browser says so by itself.
        if (message.type() !== 'error' || message.text().includes('ERR_CONNECTION_REFUSED')) return;
        violations.push(`console: ${message.text()}`);
      });
      await use(violations);
      expect(violations, 'policy violations and page errors').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Nothing serious for people who use a keyboard or a screen reader. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}

/** Where a picture for the README goes; null where none are taken. */
export const pictureFile = (name: string): string | null =>
  process.env.PLUMBLINE_PICTURES === '1' ? join(root, 'resources', 'docs', 'pictures', `${name}.png`) : null;

/** A picture for the README, taken by the test that shows what is on it. */
export async function picture(page: Page, name: string): Promise<void> {
  const path = pictureFile(name);
  if (path !== null) await page.screenshot({ path });
}
