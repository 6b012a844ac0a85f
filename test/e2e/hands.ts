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
