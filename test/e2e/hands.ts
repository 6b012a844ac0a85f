import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { App } from './app.ts';

/** Opens the app where `npm start` says that it is. */
export async function openJob(page: Page, app: App): Promise<void> {
  await page.goto(app.url);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click();
}

/** The heading of the step that a wizard is at. */
export const step = (page: Page, title: string): Locator =>
  page.getByRole('heading', { level: 1, name: title });

/** Picks an entry of a list that opens below its button. */
export async function choose(page: Page, label: string, entry: RegExp): Promise<void> {
  await page.getByRole('button', { name: new RegExp(label) }).click();
  await page.getByRole('option', { name: entry }).click();
}

/** One of a few that are all in sight. */
export async function pick(page: Page, group: string, entry: string): Promise<void> {
  await page.getByRole('radiogroup', { name: group }).getByText(entry, { exact: true }).click();
}

export const steps = {
  choose: 'Which port is the unit on?',
  describe: 'What is this unit, and where does it stand?',
  connect: 'Where does the unit send its values?',
  difference: 'What changes on the unit?',
  push: 'This will be written to the unit',
  proof: 'Does the unit run what was pushed?',
} as const;

/** From the job to the push of a new unit; leaves the wizard where the difference is shown. */
export async function describeUnit(page: Page, port: string, plate: { tag: string; location: string }) {
  await press(page, `Add unit ${port}`);
  await press(page, 'Identify unit');
  await page.getByRole('textbox', { name: 'Tag' }).fill(plate.tag);
  await page.getByRole('textbox', { name: 'Location' }).fill(plate.location);
  await press(page, 'Continue');
  await expect(step(page, steps.connect)).toBeVisible();
}

/** The plan is there and nothing has been written: pushes it and waits until the unit has proven what it runs. */
export async function pushAndProve(page: Page): Promise<void> {
  await press(page, 'See what is pushed');
  await press(page, 'Push to unit');
  await expect(page.getByText(/^(\d+) of \1 files that agent/)).toBeVisible({ timeout: 60_000 });
}

/** The whole of provisioning without a broker. */
export async function provision(page: Page, port: string, plate: { tag: string; location: string }) {
  await describeUnit(page, port, plate);
  await press(page, 'Continue');
  await expect(step(page, steps.difference)).toBeVisible();
  await pushAndProve(page);
  await press(page, 'Finish');
}

/** As a keyboard-wedge scanner types: a key every 8 ms by the clock of the events, Enter at the end. */
export async function scan(page: Page, label: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  let timestamp = Date.now() / 1000;
  const strokes = [...Array.from(label, (key) => ({ key, text: key })), { key: 'Enter', text: '\r' }];
  const sent = strokes.flatMap((stroke) => {
    timestamp += 0.008;
    return [
      session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...stroke, timestamp }),
      session.send('Input.dispatchKeyEvent', {
        type: 'keyUp',
        key: stroke.key,
        timestamp: timestamp + 0.004,
      }),
    ];
  });
  await Promise.all(sent);
  await session.detach();
}

/** Everything that the page holds and that somebody could read: its elements, fields, address and storage. */
export async function heldByThePage(page: Page): Promise<string> {
  return page.evaluate(() => {
    const fields = [...document.querySelectorAll('input, textarea')].map((field) =>
      Reflect.get(field, 'value'),
    );
    const stores = [localStorage, sessionStorage].map((store) => JSON.stringify(store));
    const markup = new XMLSerializer().serializeToString(document);
    return [...fields, ...stores, location.href, document.cookie, markup].join('\n');
  });
}

/** Presses and waits for the tab in which this browser shows the PDF. */
export async function openedPdf(page: Page, name: string): Promise<Page> {
  const opening = page.waitForEvent('popup');
  await press(page, name);
  const viewer = await opening;
  await viewer.waitForLoadState();
  return viewer;
}

/** The newest report of a job, as it lies beside the project file. */
export async function newestReport(app: App): Promise<Buffer> {
  const folder = `${app.job}.reports`;
  const [newest] = await readdir(folder);
  return readFile(join(folder, newest ?? '', 'report.pdf'));
}

/** Nothing sticks out to the right, so that nothing has to be scrolled to be found. */
export async function expectToFit(page: Page): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(over).toBeLessThanOrEqual(0);
}

/** What people work with; the last one has the longest words on the smallest screen. */
export const looks = [
  { theme: 'light', language: 'en', width: 1366, height: 768 },
  { theme: 'dark', language: 'en', width: 1024, height: 600 },
  { theme: 'sunlight', language: 'de', width: 1024, height: 600 },
];
type Look = (typeof looks)[number];

/** As the settings keep it; the page shows it when it is loaded anew. */
export async function show(page: Page, { width, height, ...look }: Look): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.evaluate((kept) => localStorage.setItem('plumbline.looks', kept), JSON.stringify(look));
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}
