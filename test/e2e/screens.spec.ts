import { expect, expectAccessible, test } from './app.ts';
import {
  choose,
  expectToFit,
  looks,
  openJob,
  pick,
  press,
  pushAndProve,
  scan,
  show,
  step,
  steps,
} from './hands.ts';

const rooms = [
  'job',
  'many',
  'batch',
  'live',
  'recordings',
  'rules',
  'standards',
  'reports',
  'bench',
  'settings',
  'demo',
  'provision',
];

test('every room is accessible and fits, in three themes, two languages and on a small screen', async ({
  app,
  page,
}) => {
  test.setTimeout(240_000);
  await openJob(page, app);
  for (const look of looks) {
    await show(page, look);
    for (const room of rooms) {
      await test.step(`${room} ${look.theme} ${look.language}`, async () => {
        await page.goto(`${new URL(page.url()).origin}/#/${room}`);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expectAccessible(page);
        await expectToFit(page);
      });
    }
  }
});

test('theme and language are chosen in the settings', async ({ app, page }) => {
  await openJob(page, app);
  await page.goto(`${new URL(page.url()).origin}/#/settings`);
  await choose(page, 'Theme$', /^Sunlight/);
  await choose(page, 'Language$', /^Deutsch/);
  await expect(page.getByRole('heading', { level: 1, name: 'Einstellungen' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'sunlight');
});

test('every step of provisioning is accessible and fits, in three themes and two languages', async ({
  app,
  page,
}) => {
  test.setTimeout(240_000);
  await openJob(page, app);
  const look = async (): Promise<void> => {
    // English last, for the hands that go on.
    for (const one of [...looks].reverse()) {
      await show(page, one);
      await expectAccessible(page);
      await expectToFit(page);
    }
  };
  await press(page, 'Add unit bench:1');
  await expect(step(page, steps.choose)).toBeVisible();
  await look();
  await press(page, 'Identify unit');
  await expect(step(page, steps.describe)).toBeVisible();
  await look();
  await scan(page, 'TT-101;A-7;Pump house 3');
  await press(page, 'Continue');
  await expect(step(page, steps.connect)).toBeVisible();
  await look();
  await press(page, 'Use the broker of the bench');
  await page.getByText('Topic, certificate name').click();
  await pick(page, 'How the unit signs in', 'User and password');
  await expectAccessible(page);
  await expectToFit(page);
  await pick(page, 'How the unit signs in', 'Certificate of its own');
  await press(page, 'Continue');
  await expect(step(page, steps.difference)).toBeVisible();
  await look();
  await pushAndProve(page);
  await look();
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
