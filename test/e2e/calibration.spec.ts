import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type App, expect, expectAccessible, test } from './app.ts';
import { expectPrinted, expectSigned, firstPage, keyFile } from './certificate.ts';
import {
  choose,
  expectToFit,
  looks,
  openedPdf,
  openJob,
  pick,
  press,
  provision,
  show,
  step,
} from './hands.ts';

const plate = { tag: 'TT-204', location: 'Boiler' };

async function room(page: Page, name: string): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/#/${name}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

const type = (page: Page, name: string, text: string): Promise<void> =>
  page.getByRole('textbox', { name, exact: true }).fill(text);

async function describeLaboratory(page: Page): Promise<void> {
  await room(page, 'settings');
  await page.getByRole('textbox', { name: 'Name', exact: true }).first().fill('Calibration Laboratory');
  await type(page, 'Address', 'Street 1\n12345 Town');
  await type(page, 'Country, two letters', 'DE');
  await press(page, 'Keep');
  await expect(page.getByText('Kept in the record.')).toBeVisible();
  await expectAccessible(page);
  await room(page, 'job');
}

/** A short window: the bench settles fast, and what is tested is not its patience. */
async function shortWindow(page: Page): Promise<void> {
  await page.getByText(/^A reading counts when/).click();
  await type(page, 'Readings in the window', '10');
  await type(page, 'Time between readings', '60');
}

/** The wizard after a reload of the whole app. */
async function reopen(page: Page, app: App): Promise<void> {
  await page.goto(app.url);
  await page.getByRole('link', { name: /TT-204: (Under way|Failed|Adjusted)/ }).click();
}

/** The step as people have it on their screens, three themes and two languages; English last, for the hands that go on. */
async function inEveryLook(page: Page): Promise<void> {
  for (const one of [...looks].reverse()) {
    await show(page, one);
    await expectAccessible(page);
    await expectToFit(page);
  }
}

test('as found, adjusted, as left: over a reload and a crash to a certificate that says what was measured', async ({
  app,
  page,
}) => {
  test.setTimeout(240_000);
  await openJob(page, app);
  await describeLaboratory(page);
  await provision(page, 'bench:1', plate);

  await test.step('plan', async () => {
    await press(page, 'Calibrate TT-204');
    await choose(page, 'Reference standard', /bench:reference/);
    await expect(page.getByText('BENCH-0001')).toBeVisible();
    await type(page, 'Points', '20; 30; 40');
    await type(page, 'Tolerance', '0.02');
    await expect(page.getByText(/Its uncertainty is too large for this tolerance/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Continue' })).toBeDisabled();
    await type(page, 'Tolerance', '0.2');
    await page.getByText(/readings a run/).click();
    await choose(page, 'Order', /up and back down/);
    await page.getByText(/^Judged by/).click();
    await choose(page, 'Decision rule', /guard band, w = r U/);
    await page.getByText(/^Sources of uncertainty/).click();
    await press(page, 'Add a source');
    await type(page, 'Name', 'Homogeneity of the bath');
    await type(page, 'Half-width', '0.01');
    await shortWindow(page);
    await expectAccessible(page);
    await press(page, 'Continue');
  });

  await test.step('as found, with a reload in the middle', async () => {
    await press(page, 'Take as-found readings');
    await expect(page.getByText(/point 2 of 5: 30 °C, going up, cycle 1 of 1/i)).toBeVisible({
      timeout: 30_000,
    });
    await page.reload();
    await expect(page.getByText(/point 4 of 5: 30 °C, going down/i)).toBeVisible({ timeout: 60_000 });
    await expectAccessible(page);
    await expect(page.getByRole('button', { name: 'Adjust', exact: true })).toBeVisible({ timeout: 60_000 });
  });

  await test.step('models and budget, then the adjustment', async () => {
    await inEveryLook(page);
    const models = page.getByRole('table', { name: /^Models side by side/ });
    await expect(models.getByRole('row', { name: /^Line/ })).toContainText('Will be written');
    await page.getByRole('button', { name: /^U .* at 30 °C: uncertainty budget/ }).click();
    await expect(page.getByRole('table', { name: /^Uncertainty budget at 30/ })).toContainText(
      'Homogeneity of the bath',
    );
    await expectAccessible(page);
    await press(page, 'Adjust');
  });

  await test.step('as left, with a crash in the middle', async () => {
    await expect(page.getByText('Adjusted, not verified', { exact: true })).toBeVisible();
    await press(page, 'Take as-left readings');
    await expect(page.getByText(/point 3 of 5/i)).toBeVisible({ timeout: 60_000 });
    await app.crash();
    await reopen(page, app);
    await expect(page.getByText('The app was closed while taking readings.', { exact: true })).toBeVisible();
    await press(page, 'Take as-left readings');
    await expect(page.getByText(/point [345] of 5/i)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Finish' })).toBeVisible({ timeout: 90_000 });
    await expect(page.getByText('Every as-left error is within the tolerance.')).toBeVisible();
  });

  await test.step('certificate and its amendment', async () => {
    await expect(page.getByText(/Say who authorises it/)).toBeVisible();
    await page.getByText('Place, conditions, item and customer').click();
    await type(page, 'Temperature, lowest', '21.4');
    await type(page, 'Temperature, highest', '21.9');
    await type(page, 'Authorised by', 'E. Engineer');
    await expectAccessible(page);
    await press(page, 'Issue certificate');
    await expect(page.getByText(/was issued and will never change/)).toBeVisible({ timeout: 30_000 });
    const number = (await page.getByRole('rowheader', { name: /^[\w-]{8,}$/ }).textContent()) ?? '';
    const folder = join(`${app.job}.certificates`, number);
    await expectPrinted(folder);
    await firstPage(folder, 'certificate');
    const viewer = await openedPdf(page, `Certificate ${number}: Open PDF`);
    expect(viewer.url()).toMatch(/^blob:/);
    await viewer.close();
    const before = await readFile(join(folder, 'certificate.pdf'));
    await page.getByText('Sign the PDF with a key of your own').click();
    const choosing = page.waitForEvent('filechooser');
    await press(page, 'Choose a PKCS#12 file');
    await (await choosing).setFiles(await keyFile(app));
    await page.getByLabel('Passphrase of the key file').fill('a passphrase of eight');
    await press(page, 'Issue an amendment');
    await type(page, 'Reason', 'Name of the customer');
    await page.getByRole('dialog').getByRole('button', { name: 'Issue the amendment' }).click();
    await expect(page.getByText(`in place of ${number}: Name of the customer`)).toBeVisible({
      timeout: 30_000,
    });
    await expect(page.getByText(/amended by/)).toBeVisible();
    expect(await readFile(join(folder, 'certificate.pdf'))).toEqual(before);
    await expectSigned(`${app.job}.certificates`, number);
    await inEveryLook(page);
  });

  await test.step('history and dossier', async () => {
    await page.getByRole('link', { name: 'History of TT-204' }).click();
    const history = page.url();
    await expect(page.getByRole('table', { name: 'Calibrations' })).toContainText('Pass');
    await press(page, 'Work out');
    await expect(page.getByText(/Next due: \d{4}-\d\d-\d\d/)).toBeVisible();
    await expectAccessible(page);
    await room(page, 'reports');
    await press(page, 'Build dossier');
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Save dossier/ }).click();
    expect((await saving).suggestedFilename()).toMatch(/\.plumbz$/);
    await expectAccessible(page);
    await page.goto(history);
    await press(page, 'Calibrate again');
    await expect(step(page, 'How will it be calibrated?')).toBeVisible();
  });
});

test('an overdue standard is refused until somebody says why not; what is read by eye is typed twice; what is not stable is taken with a reason', async ({
  app,
  page,
}) => {
  test.setTimeout(180_000);
  await openJob(page, app);
  await provision(page, 'bench:1', plate);

  await test.step('an overdue standard in the register', async () => {
    await room(page, 'standards');
    await press(page, 'Add a standard');
    await type(page, 'Maker', 'Glass Works');
    await type(page, 'Model', 'Mercury 0-50');
    await type(page, 'Serial number', '77');
    await type(page, 'Step of its reading', '0.01');
    await type(page, 'Certificate number', 'C-2019-1');
    await type(page, 'Issued by', 'City Laboratory');
    await page.getByLabel('Issued on').fill('2019-03-01');
    await page.getByLabel('Due on').fill('2020-03-01');
    await page
      .getByRole('textbox', { name: /^Points of the certificate/ })
      .fill('0; 0.01; 0.02; 2\n50; 0; 0.03');
    await expectAccessible(page);
    await press(page, 'Enter the standard');
    await expect(page.getByRole('heading', { level: 1, name: /Mercury/ })).toBeVisible();
    await expect(page.getByText('Overdue')).toBeVisible();
    await expectAccessible(page);
    await room(page, 'job');
  });

  await test.step('it is refused, and used all the same', async () => {
    await press(page, 'Calibrate TT-204');
    await pick(page, 'How the reference is read', 'Typed by hand');
    await choose(page, 'Standard that is read by eye', /Mercury/);
    await type(page, 'Points', '22; 40');
    await type(page, 'Tolerance', '0.5');
    await shortWindow(page);
    await type(page, 'Largest spread', '0.000001');
    await expect(page.getByText('Its certificate C-2019-1 was due on 2020-03-01.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Continue' })).toBeDisabled();
    await press(page, 'Use it all the same');
    await type(page, 'Reason', 'The new one is on its way');
    await press(page, 'Use it');
    await expect(page.getByText('Used all the same: The new one is on its way').first()).toBeVisible();
    await expectAccessible(page);
    await press(page, 'Continue');
  });

  await test.step('a reading that is typed twice and taken although it is not stable', async () => {
    await press(page, 'Take as-found readings');
    await type(page, 'Reading of the standard', '22.00');
    await type(page, 'The same reading again', '22.10');
    await expect(page.getByText(/The two entries are different/)).toBeVisible();
    await press(page, 'Enter the reading');
    await expect(page.getByText(/The two entries of the reading differ/).first()).toBeVisible();
    await type(page, 'The same reading again', '22.00');
    await expectAccessible(page);
    await press(page, 'Enter the reading');
    await expect(page.getByText(/^Entered: 22.00 °C/)).toBeVisible();
    await expect(page.getByText('Spread, unit')).toBeVisible({ timeout: 20_000 });
    await press(page, 'Take it although not stable');
    await type(page, 'Reason', 'Nothing else to be had');
    await press(page, 'Take the reading');
    await expect(page.getByRole('table', { name: /^As found/ })).toContainText(
      'Override: Nothing else to be had',
      { timeout: 20_000 },
    );
    await expectAccessible(page);
  });
});

test('two units in one bath are calibrated together, each with a calibration of its own', async ({
  app,
  page,
}) => {
  test.setTimeout(240_000);
  await openJob(page, app);
  await provision(page, 'bench:1', { tag: 'TT-1', location: 'Bath' });
  await provision(page, 'bench:2', { tag: 'TT-2', location: 'Bath' });
  await room(page, 'batch');
  await choose(page, 'Reference standard', /bench:reference/);
  await type(page, 'Points', '20; 30');
  await type(page, 'Tolerance', '0.2');
  await shortWindow(page);
  await expectAccessible(page);
  await press(page, 'Start with 2 units');
  await expect(page.getByText('0 of 2 units are done.')).toBeVisible();
  await page.reload();
  for (const tag of ['TT-1', 'TT-2']) {
    const row = page.getByRole('row', { name: new RegExp(tag) });
    await expect(row).toContainText('Done', { timeout: 120_000 });
    await expect(row).toContainText('In tolerance');
  }
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Watch TT-2' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'As found and as left' })).toBeVisible();
});
