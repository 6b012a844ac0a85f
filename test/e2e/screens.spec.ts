import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './app.ts';
import { choose, openJob } from './hands.ts';

const rooms = ['job', 'live', 'rules', 'reports', 'bench', 'settings', 'demo', 'provision'];

/** Nothing sticks out to the right, so that nothing has to be scrolled to be found. */
async function expectToFit(page: Page): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(over).toBeLessThanOrEqual(0);
}

test('every room is accessible and fits, in three themes, two languages and on a small screen', async ({
  app,
  page,
}) => {
  await openJob(page, app);
  for (const { theme, language, width, height } of [
    { theme: /^Light/, language: /^English/, width: 1366, height: 768 },
    { theme: /^Dark/, language: /^English/, width: 1024, height: 600 },
    { theme: /^Sunlight/, language: /^Deutsch/, width: 1024, height: 600 },
  ]) {
    await page.setViewportSize({ width, height });
    await page.goto(`${new URL(page.url()).origin}/#/settings`);
    await choose(page, '(Theme|Farben)$', theme);
    await choose(page, '(Language|Sprache)$', language);
    for (const room of rooms) {
      await test.step(`${room} ${theme} ${language}`, async () => {
        await page.goto(`${new URL(page.url()).origin}/#/${room}`);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expectAccessible(page);
        await expectToFit(page);
      });
    }
  }
});

test('the keyboard alone reaches the main action, and commands are searched with Ctrl K', async ({
  app,
  page,
}) => {
  await openJob(page, app);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.type('to bench');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Simulated bench' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});
