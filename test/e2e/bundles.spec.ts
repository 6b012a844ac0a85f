import type { Page } from '@playwright/test';
import { publicText, publisher, signed } from '../../electron/provisioning/software/software.fixture.ts';
import { expect, expectAccessible, test } from './app.ts';
import { openJob, press, step, steps } from './hands.ts';

const anyBoard = [{ machine: '*', platform: '*', minRevision: null, maxRevision: null }];

async function addBundle(page: Page, version: string, securityCounter: number): Promise<void> {
  const buffer = await signed({ hardware: anyBoard, expires: null, version, securityCounter });
  const choosing = page.waitForEvent('filechooser');
  await press(page, 'Add a bundle');
  const file = { name: `agent-${version}.bundle`, mimeType: 'application/octet-stream', buffer };
  await (await choosing).setFiles(file);
}

test('a bundle is taken only with a trusted key, and an older one only by name and reason', async ({
  app,
  page,
}) => {
  await openJob(page, app);
  await press(page, 'Add unit bench:1');
  await press(page, 'Identify unit');
  await expect(step(page, steps.describe)).toBeVisible();
  await addBundle(page, '1.4.0', 5);
  await expect(page.getByRole('alert')).toContainText('which this project does not trust');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Trusted keys in the settings' }).click();
  await page.getByRole('textbox', { name: 'Whose key it is' }).fill('Publisher');
  await page.getByRole('textbox', { name: 'Public key' }).fill(publicText(publisher));
  await press(page, 'Trust this key');
  await expect(page.getByRole('row', { name: /Publisher/ })).toBeVisible();
  await expectAccessible(page);
  await page.goBack();

  await addBundle(page, '1.4.0', 5);
  await expect(page.getByText('Security counter')).toBeVisible();
  await expect(page.getByRole('button', { name: /What the unit will run/ })).toContainText('1.4.0');
  await expectAccessible(page);

  await addBundle(page, '1.3.0', 4);
  const card = page.getByRole('alert');
  await expect(card).toContainText('It would bring back what was put right since');
  await card.getByRole('button', { name: 'Allow older software' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Allow it' })).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('E. Engineer');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('1.4.0 does not read this sensor');
  await expectAccessible(page);
  await press(page, 'Allow it');
  await expect(page.getByText(/Older software is allowed by E. Engineer: 1.4.0 does not/)).toBeVisible();
  await expect(page.getByRole('button', { name: /What the unit will run/ })).toContainText('1.3.0');
});
