import { expect, expectAccessible, test } from './app.ts';
import { choose, openJob, press, provision, step, steps } from './hands.ts';

const plate = { tag: 'TT-204', location: 'Boiler' };

test('a second tab sees the same wizard at the same step', async ({ app, page, context }) => {
  await openJob(page, app);
  await press(page, 'Add unit bench:1');
  await press(page, 'Identify unit');
  await expect(step(page, steps.describe)).toBeVisible();
  const second = await context.newPage();
  await second.goto(page.url());
  await expect(step(second, steps.describe)).toBeVisible();
  await second.getByRole('textbox', { name: 'Tag' }).fill('TT-1');
  await second.getByRole('textbox', { name: 'Location' }).fill('Here');
  await press(second, 'Continue');
  await expect(step(page, steps.connect)).toBeVisible();
});

test('a pulled cable is a card that says what happened, how the unit is, and what to do', async ({
  app,
  page,
  context,
}) => {
  await openJob(page, app);
  await provision(page, 'bench:1', plate);
  await press(page, 'Calibrate TT-204');
  await choose(page, 'Reference standard', /bench:reference/);
  await press(page, 'Continue');
  await press(page, 'Take as-found readings');
  await expect(page.getByText(/point 1 of 3/i).first()).toBeVisible();
  const bench = await context.newPage();
  await bench.goto(`${new URL(page.url()).origin}/#/bench`);
  await press(bench, 'Pull the cable');
  const card = page.getByRole('alert');
  await expect(card).toBeVisible({ timeout: 30_000 });
  await expect(card).toContainText(/bench:1/);
  await expectAccessible(page);
  await press(bench, 'Plug the cable in');
  await press(page, 'Take as-found readings');
  await expect(page.getByText(/point 2 of 3/i).first()).toBeVisible({ timeout: 40_000 });
  await press(page, 'Stop');
});

test('an app that ended in the middle of a run goes on where it was', async ({ app, page }) => {
  await openJob(page, app);
  await provision(page, 'bench:1', plate);
  await press(page, 'Calibrate TT-204');
  await choose(page, 'Reference standard', /bench:reference/);
  await page.getByRole('textbox', { name: 'Points' }).fill('20; 40');
  await press(page, 'Continue');
  await press(page, 'Take as-found readings');
  await expect(page.getByText(/point 2 of 2/i).first()).toBeVisible({ timeout: 40_000 });
  await app.crash();
  await page.goto(app.url);
  await page
    .getByRole('link', { name: /TT-204.*(Failed|Under way)/ })
    .or(page.getByRole('button', { name: 'Calibrate TT-204' }))
    .first()
    .click();
  await expect(page.getByText('The app was closed while taking readings.', { exact: true })).toBeVisible();
  await expect(page.getByRole('table').first()).toContainText('20');
  await press(page, 'Take as-found readings');
  await expect(page.getByRole('button', { name: 'Adjust', exact: true })).toBeVisible({ timeout: 40_000 });
});

test('the demonstration commissions a unit by itself', async ({ app, page }) => {
  test.setTimeout(150_000);
  await openJob(page, app);
  await press(page, 'Try it on the bench');
  await press(page, 'Start the demonstration');
  await expectAccessible(page);
  await expect(page.getByText('Commissioned and proven')).toBeVisible({ timeout: 120_000 });
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Job', exact: true }).click();
  const row = page.getByRole('row', { name: /TT-101/ });
  for (const word of ['Proven', 'In tolerance', 'Built']) await expect(row).toContainText(word);
});
