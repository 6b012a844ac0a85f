import { expect, expectAccessible, picture, test } from './app.ts';
import { choose, newestReport, openedPdf, openJob, press, scan, step, steps } from './hands.ts';

test('from a fresh project to the opened report, with a reload in the middle of each wizard', async ({
  app,
  page,
}) => {
  test.setTimeout(300_000);
  await openJob(page, app);
  await expectAccessible(page);

  await test.step('provision', async () => {
    await press(page, 'Add unit bench:1');
    await expectAccessible(page);
    await press(page, 'Identify unit');
    await expect(step(page, steps.describe)).toBeVisible();
    await expect(page.getByText('The tag needs letters')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Continue' })).toBeDisabled();
    await page.reload();
    await expect(step(page, steps.describe)).toBeVisible();
    // The focus is on a button that Enter would press; the scanner's Enter must not.
    await page.getByRole('button', { name: 'Import a list' }).focus();
    await scan(page, 'TT-101;A-7;Pump house 3');
    await expect(page.getByText('Read: TT-101 · A-7 · Pump house 3')).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Location' })).toHaveValue('Pump house 3');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expectAccessible(page);
    await press(page, 'Continue');
    await expect(step(page, steps.connect)).toBeVisible();
    await page.reload();
    await press(page, 'Use the broker of the bench');
    await expectAccessible(page);
    await press(page, 'Continue');
    await expect(page.getByRole('table', { name: 'config.json' })).toContainText('TT-101');
    await expectAccessible(page);
    await page.reload();
    await press(page, 'See what is pushed');
    await expect(page.getByRole('table', { name: 'Files to write' })).toContainText('/main.py');
    await expectAccessible(page);
    await press(page, 'Push to unit');
    await expect(page.getByText(/^(\d+) of \1 files that agent/)).toBeVisible({ timeout: 60_000 });
    await page.reload();
    await expect(page.getByText(/topic write plumbline\/[0-9a-f]+\/birth/)).toBeVisible();
    await press(page, 'Prove on the broker');
    await expect(page.getByRole('cell', { name: 'Seen', exact: true })).toHaveCount(5, { timeout: 60_000 });
    await expectAccessible(page);
    await picture(page, 'provision');
    await press(page, 'Finish');
    await expect(page.getByRole('row', { name: /TT-101/ })).toContainText('Proven');
  });

  await test.step('calibrate', async () => {
    await press(page, 'Calibrate TT-101');
    await expect(page.getByText('Choose a reference and wait until it has answered.')).toBeVisible();
    await choose(page, 'Reference standard', /bench:reference/);
    await expect(page.getByText('REF-0001').first()).toBeVisible();
    await page.getByRole('textbox', { name: 'Points' }).fill('0; 40; 80');
    await page.getByRole('textbox', { name: 'Tolerance' }).fill('0.2');
    await expectAccessible(page);
    await press(page, 'Continue');
    await press(page, 'Take as-found readings');
    await expect(page.getByText(/point 1 of 3/i).first()).toBeVisible();
    await page.reload();
    await expect(page.getByText(/point 2 of 3/i).first()).toBeVisible({ timeout: 40_000 });
    await expect(
      page
        .getByRole('group', { name: /unit and reference/i })
        .or(page.locator('canvas'))
        .first(),
    ).toBeVisible();
    await expectAccessible(page);
    await picture(page, 'calibrate');
    await expect(page.getByRole('button', { name: 'Adjust', exact: true })).toBeVisible({ timeout: 60_000 });
    await expectAccessible(page);
    await press(page, 'Adjust');
    await press(page, 'Take as-left readings');
    await page.reload();
    await expect(page.getByRole('button', { name: 'Finish' })).toBeVisible({ timeout: 90_000 });
    await expect(page.getByText('Every as-left error is within the tolerance.')).toBeVisible();
    await expectAccessible(page);
    await press(page, 'Finish');
  });

  await test.step('prove the rules', async () => {
    await press(page, 'Prove rules TT-101');
    await expectAccessible(page);
    await page.getByRole('button', { name: /^A plain threshold/ }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('too-hot');
    await page.getByRole('textbox', { name: 'Threshold' }).fill('60');
    await page.getByRole('textbox', { name: 'Dead-band' }).fill('2');
    await page.getByRole('textbox', { name: 'On-delay' }).fill('500ms');
    await press(page, 'Continue');
    await expect(step(page, 'What would these rules have done?')).toBeVisible();
    await expectAccessible(page);
    await page.reload();
    await press(page, 'Continue');
    await expect(page.getByText(/fires when t1 is at or above 60.000/).first()).toBeVisible();
    await press(page, 'Push to unit');
    await expect(step(page, 'Does every rule fire and clear?')).toBeVisible();
    await choose(page, 'Driven by', /bench:reference/);
    await page.getByRole('textbox', { name: 'Set points in turn' }).fill('75; 40');
    await expectAccessible(page);
    await press(page, 'Prove the rules');
    await expect(page.getByText(/In frame \d+/).first()).toBeVisible({ timeout: 40_000 });
    await page.reload();
    await picture(page, 'validate');
    await expect(page.getByText(/unit and app decided alike each time/)).toBeVisible({ timeout: 60_000 });
    await expectAccessible(page);
    await press(page, 'Finish');
  });

  await test.step('report', async () => {
    await press(page, 'Build report TT-101');
    await press(page, 'Build report');
    await expect(page.getByRole('button', { name: 'Open PDF' })).toBeVisible();
    await expectAccessible(page);
    const viewer = await openedPdf(page, 'Open PDF');
    expect(viewer.url()).toMatch(/^blob:/);
    const pdf = await newestReport(app);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await viewer.close();
    await page.getByRole('link', { name: 'Job' }).click();
    await expect(page.getByRole('row', { name: /TT-101/ })).toContainText('Proven');
    await expectAccessible(page);
    await picture(page, 'job');
  });

  await test.step('a new version names the old one', async () => {
    await page.getByRole('link', { name: 'Rules' }).click();
    await press(page, 'Write rules TT-101');
    await expect(page.getByText(/^The same rules as revision [0-9a-f]{8}\.$/)).toBeVisible();
    await page.getByRole('textbox', { name: 'Threshold' }).fill('65');
    await expect(page.getByText('Say what was learned from the revision before.')).toBeVisible();
    await page
      .getByRole('textbox', { name: /^What was learned from revision [0-9a-f]{8}/ })
      .fill('60 was reached in each start.');
    await page.reload();
    await expectAccessible(page);
    await press(page, 'Continue');
    await expect(step(page, 'What would these rules have done?')).toBeVisible();
  });
});
