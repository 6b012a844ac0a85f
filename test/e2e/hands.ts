import { readFile } from 'node:fs/promises';
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

/** The bytes of the PDF that a press opens in a tab of its own or saves, as this browser does it. */
export async function openedPdf(page: Page, act: () => Promise<void>): Promise<Buffer> {
  const download = page
    .waitForEvent('popup')
    .then((popup) => popup.waitForEvent('download'))
    .catch(() => null);
  const saved = page.waitForEvent('download');
  await act();
  const file = await Promise.race([saved, download.then((found) => found ?? saved)]);
  return readFile(await file.path());
}
