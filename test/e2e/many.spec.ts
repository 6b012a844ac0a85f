import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './app.ts';
import { openJob, press, provision, pushAndProve, step, steps } from './hands.ts';

const recipe = {
  recipe: 1,
  title: 'Ten sensors',
  provision: {
    tag: 'TT-{n}',
    asset: '',
    location: 'Hall',
    profile: 'bench-thermometer',
    periodMs: 100,
  },
  report: { engineer: 'E. Engineer' },
};

async function room(page: Page, name: string): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/#/${name}`);
}

test('one recipe for every unit: the one that fails stops only itself, and the sheet has both', async ({
  app,
  page,
}) => {
  test.setTimeout(180_000);
  await openJob(page, app);
  await room(page, 'bench');
  await page
    .getByRole('toolbar', { name: /bench:2/ })
    .getByRole('button', { name: 'Power off' })
    .click();
  await room(page, 'many');
  const choosing = page.waitForEvent('filechooser');
  await press(page, 'Recipe from a file');
  const file = {
    name: 'ten.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(recipe)),
  };
  await (await choosing).setFiles(file);
  await expect(page.getByText('Recipe: Ten sensors')).toBeVisible();
  await press(page, 'Start 2 units');
  await page.reload();
  const row = (port: string) => page.getByRole('row', { name: new RegExp(`${port}`) });
  await expect(row('bench:1')).toContainText('Passed', { timeout: 90_000 });
  await expect(row('bench:1')).toContainText('TT-1');
  await expect(row('bench:2')).toContainText('Failed', { timeout: 90_000 });
  await expect(page.getByRole('alert')).toContainText('bench:2');
  await expectAccessible(page);
  const saving = page.waitForEvent('download');
  await press(page, 'Result sheet, CSV');
  const sheet = await readFile(await (await saving).path(), 'utf8');
  for (const word of ['TT-1', 'bench:2']) expect(sheet).toContain(word);
});

test('a dead unit is replaced: the next one takes its place, its plate and not its calibration', async ({
  app,
  page,
}) => {
  test.setTimeout(180_000);
  await openJob(page, app);
  await provision(page, 'bench:1', { tag: 'TT-9', location: 'Boiler' });
  await expect(page.getByRole('row', { name: /TT-9/ })).toContainText('Proven');
  await room(page, 'bench');
  await page
    .getByRole('toolbar', { name: /bench:1/ })
    .getByRole('button', { name: 'Pull the cable' })
    .click();
  await room(page, 'job');
  await press(page, 'Replace dead unit TT-9');
  await expect(page.getByText(/Its calibration is not transferable/)).toBeVisible();
  await page.getByText('bench:2', { exact: true }).click();
  await press(page, 'Identify unit');
  await expect(page.getByRole('textbox', { name: 'Tag' })).toHaveValue('TT-9');
  await expectAccessible(page);
  await press(page, 'Continue');
  await expect(step(page, steps.connect)).toBeVisible();
  await press(page, 'Continue');
  await expect(step(page, steps.difference)).toBeVisible();
  await pushAndProve(page);
  await press(page, 'Finish');
  await expect(page.getByText(/Replaced by …/)).toBeVisible();
  await expect(page.getByText(/calibration not transferred/)).toBeVisible();
  await expectAccessible(page);
});
