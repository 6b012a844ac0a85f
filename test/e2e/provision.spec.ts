import type { Page } from '@playwright/test';
import { startBroker } from '../../electron/bench/broker.ts';
import { expect, expectAccessible, test } from './app.ts';
import {
  describeUnit,
  heldByThePage,
  openJob,
  pick,
  press,
  provision,
  pushAndProve,
  step,
  steps,
} from './hands.ts';

/** A new provisioning of whatever is on the port, up to its difference. */
async function again(page: Page, plate: { location: string; asset: string }): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('TT-1: Provision');
  await page.keyboard.press('Enter');
  await page.getByText('bench:1', { exact: true }).click();
  await press(page, 'Identify unit');
  await expect(page.getByRole('textbox', { name: 'Tag' })).toHaveValue('TT-1');
  await page.getByRole('textbox', { name: 'Location' }).fill(plate.location);
  await page.getByRole('textbox', { name: 'Asset number' }).fill(plate.asset);
  await press(page, 'Continue');
  await press(page, 'Continue');
  await expect(step(page, steps.difference)).toBeVisible();
}

const line = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });

test('a line that is left out stays as it was found; software that was pushed is taken back', async ({
  app,
  page,
}) => {
  test.setTimeout(180_000);
  await openJob(page, app);
  await provision(page, 'bench:1', { tag: 'TT-1', location: 'Here' });
  await again(page, { location: 'There', asset: 'A-2' });
  await expect(line(page, 'location')).toContainText('"Here"');
  await page.getByRole('checkbox', { name: 'Change config.json location' }).click({ force: true });
  await expect(line(page, 'location')).toContainText('Stays as found');
  await expectAccessible(page);
  await press(page, 'Work it out anew');
  await expect(page.getByRole('button', { name: 'See what is pushed' })).toBeEnabled();
  await page.reload();
  await expect(line(page, 'location')).toContainText('Stays as found');
  await pushAndProve(page);
  await press(page, 'Finish');

  await again(page, { location: 'There', asset: 'A-3' });
  await expect(line(page, 'location')).toContainText('"Here"');
  await expect(line(page, 'asset')).toContainText('"A-2"');
  await pushAndProve(page);
  await press(page, 'Roll back');
  await press(page, 'Roll back now');
  await expect(page.getByText('The unit runs again what ran before')).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
});

test('a wrong password at the broker is a card; the password is nowhere on the page', async ({
  app,
  page,
}) => {
  test.setTimeout(180_000);
  const everything = { write: ['#'], read: ['#'] };
  const broker = await startBroker({
    users: [
      { user: 'unit', password: 'the-right-one', ...everything },
      { user: 'engineer', password: 'looks-on', ...everything },
    ],
  });
  const wrong = 'c4nary-Wr0ng-Pa55word';
  try {
    await openJob(page, app);
    await describeUnit(page, 'bench:1', { tag: 'TT-7', location: 'Roof' });
    await pick(page, 'Where the unit sends its values', 'To an MQTT broker');
    await page.getByRole('textbox', { name: 'Host of the broker' }).fill(broker.host);
    await page.getByRole('textbox', { name: 'Port' }).fill(String(broker.port));
    await page.getByText('Encrypted (TLS)').click();
    await pick(page, 'How the unit signs in', 'User and password');
    await page.getByRole('textbox', { name: 'User name of the unit' }).fill('unit');
    await expect(page.getByText('The password of the unit is missing.')).toBeVisible();
    await page.getByLabel('Password of the unit').fill(wrong);
    await expectAccessible(page);
    await press(page, 'Continue');
    await expect(step(page, steps.difference)).toBeVisible();
    expect(await heldByThePage(page)).not.toContain(wrong);
    await press(page, 'Back');
    await expect(page.getByText('Kept in the key store')).toBeVisible();
    expect(await heldByThePage(page)).not.toContain(wrong);
    await press(page, 'Continue');
    await pushAndProve(page);
    await page.reload();
    await press(page, 'Prove on the broker');
    const card = page.getByRole('alert');
    await expect(card).toContainText('refused the login of unit', { timeout: 60_000 });
    await expect(page.getByRole('button', { name: 'Finish' })).toBeHidden();
    await expectAccessible(page);
    expect(await heldByThePage(page)).not.toContain(wrong);
  } finally {
    await broker.close();
  }
});

test('names come from a list, the next row for the next unit', async ({ app, page }) => {
  await openJob(page, app);
  await press(page, 'Add unit bench:1');
  await press(page, 'Identify unit');
  await press(page, 'Import a list');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Paste the list' }).fill('tag;asset;location\nTT 1;;');
  await press(page, 'Read the list');
  await expect(dialog.getByRole('alert')).toContainText(/line 2/);
  await dialog
    .getByRole('textbox', { name: 'Paste the list' })
    .fill('tag;asset;location\nTT-11;A-11;Roof\nTT-12;A-12;Cellar');
  await press(page, 'Read the list');
  await expect(dialog.getByRole('row', { name: /TT-12/ })).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.reload();
  await press(page, 'Use this row');
  await expect(page.getByRole('textbox', { name: 'Tag' })).toHaveValue('TT-11');
  await press(page, 'Continue');
  await page.goto(`${new URL(page.url()).origin}/#/job`);
  await press(page, 'Add unit bench:2');
  await press(page, 'Identify unit');
  await press(page, 'Use this row');
  await expect(page.getByRole('textbox', { name: 'Tag' })).toHaveValue('TT-12');
});
