import { writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, picture, test } from './app.ts';
import { expectToFit, looks, openJob, press, provision, show, step } from './hands.ts';
import { type Hand, keys, mouse } from './keys.ts';

const tried = 'What would these rules have done?';

/** An hour, a row a second: 40 °C, five minutes at 75 °C, and later twenty seconds at 66 °C. */
function hour(): string {
  const lines = ['time,t1 (degC)'];
  for (let i = 0; i < 3600; i += 1) {
    const high = i >= 900 && i < 1200 ? 75 : i >= 2400 && i < 2420 ? 66 : 40;
    const time = new Date(Date.UTC(2026, 10, 20, 6) + i * 1000).toISOString();
    lines.push(`${time},${(high + 0.2 * Math.sin(i)).toFixed(3)}`);
  }
  return `${lines.join('\n')}\n`;
}

const replayed = (page: Page) => page.getByRole('table', { name: 'What each rule would have done' });

async function writeRule(page: Page, hand: Hand): Promise<void> {
  await page.getByRole('link', { name: 'Rules' }).click();
  await press(page, 'Write rules TT-101');
  await hand.press(/^Too hot/);
  await hand.write('From which value on?', '60');
  await hand.write('How long is short?', '2s');
  await hand.press('Add this rule');
  await hand.press('Continue');
  await expect(step(page, tried)).toBeVisible();
}

async function takeIn(page: Page, hand: Hand, path: string): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await hand.press('Add a file');
  await (await choosing).setFiles(path);
  await hand.press('Take in');
  await expect(page.getByText('3,600 rows over 59 min 59 s, from a file')).toBeVisible();
}

/** The row of the rule: alarms, time in alarm, alarms a day. */
const shows = (page: Page, alarms: number, time: string) =>
  expect(replayed(page).getByRole('row', { name: new RegExp(`^too-hot ${alarms} ${time}`) })).toBeVisible();

async function turn(page: Page, hand: Hand): Promise<void> {
  await shows(page, 2, '5 min 16 s');
  const slider = page.getByRole('slider', { name: 'Threshold' });
  await hand.reach(slider);
  await page.keyboard.press('ArrowRight');
  await expect(slider).toHaveAttribute('aria-valuetext', '60.001 °C');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('PageUp');
  await shows(page, 1, '4 min 58 s');
  await expect(page.getByText(/^A draft \([0-9a-f]{8}\)\. It differs from the compiled rules/)).toBeVisible();
  await expect(page.getByText('The draft is not kept yet.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Continue' })).toBeDisabled();
  await expectAccessible(page);
}

async function sweep(page: Page, hand: Hand): Promise<void> {
  await hand.view('Sweep');
  const chart = page.getByRole('group', { name: /^Threshold \(°C\)/ });
  await hand.reach(chart);
  await page.keyboard.press('Home');
  await expect(page.getByText(/1 alarm, .* in alarm\)$/)).toBeVisible();
  await page.keyboard.press('End');
  await expect(page.getByText(/: 0 alarms a day/)).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Now: 7\d\.\d+ °C$/)).toBeVisible();
  await expectAccessible(page);
  await hand.press('Drop the draft');
  await expect(page.getByText('Now: 60 °C')).toBeVisible();
  await hand.view('Replay');
  await hand.write('Threshold', '62,5');
  await shows(page, 2, '5 min 16 s');
  await hand.press('Keep these values');
  await expect(page.getByText(/fires when t1 is at or above 62.500 °C/).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Continue' })).toBeEnabled();
}

async function askWhy(page: Page, hand: Hand): Promise<void> {
  await hand.view('Why');
  await hand.write('Instant', '2026-11-20 06:17:00');
  await expect(page.getByText('In alarm', { exact: true })).toBeVisible();
  await expect(page.getByText('Holds', { exact: true })).toBeVisible();
  await expect(page.getByText(/^value 7[45]\.\d{3}$/)).toBeVisible();
  await expect(page.getByText('too-hot did fire, at Nov 20, 2026, 06:15:02.')).toBeVisible();
  await hand.write('Between', '2026-11-20 06:30:00');
  await hand.write('and', '2026-11-20 06:39:00');
  await expect(page.getByText(/^The condition of too-hot never held\. It was nearest at/)).toBeVisible();
  await hand.write('and', '2026-11-20 06:40:01');
  await expect(
    page.getByText(/held, from Nov 20, 2026, 06:40:00 on for 1\ss\. It has to hold/),
  ).toBeVisible();
  await expectAccessible(page);
}

async function breakData(page: Page, hand: Hand): Promise<void> {
  await hand.view('Faults');
  await hand.pick('What goes wrong', 'Drift');
  await hand.write('From', '2026-11-20 06:45:00');
  await hand.write('Until', '2026-11-20 06:50:00');
  await hand.write('Drift', '400');
  await hand.press('Put it into the data');
  await expect(page.getByText('t1 drifts by +400 °C an hour, at Nov 20, 2026, 06:45:00')).toBeVisible();
  await expect(page.getByText('1 fault put in')).toBeVisible();
  await hand.write('Name of the test', 'a drift is seen');
  await hand.press('Save as test');
  await expect(page.getByRole('row', { name: /^a drift is seen 5 Passes/ })).toBeVisible();
  await expectAccessible(page);
}

async function count(page: Page, hand: Hand): Promise<void> {
  await hand.view('Coverage');
  await expect(
    page.getByRole('row', { name: /^too-hot Not seen Not seen Not seen None Not yet/ }),
  ).toBeVisible();
  await hand.press('Count it');
  await expect(page.getByRole('row', { name: /^too-hot Made up \w+ Made up/ })).toBeVisible();
  await expectAccessible(page);
}

async function pushAndProve(page: Page, hand: Hand): Promise<void> {
  await hand.press('Continue');
  await hand.press('Push to unit');
  await expect(step(page, 'Does every rule fire and clear?')).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText('0 differences, hash equal')).toBeVisible();
  await hand.choose(/Driven by/, /bench:reference/);
  await hand.write('Set points in turn', '75; 40');
  await expectAccessible(page);
  await hand.press('Prove the rules');
  await expect(page.getByText(/unit and app decided alike each time/)).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole('row', { name: /^too-hot On the bench .* Accepted$/ })).toBeVisible();
  await expectAccessible(page);
}

for (const [how, handOf] of [
  ['a mouse', mouse],
  ['keys alone', keys],
] as const) {
  test(`a rule is tried, pushed and seen to decide alike with ${how}`, async ({ app, page }, info) => {
    test.setTimeout(400_000);
    const path = info.outputPath('hour.csv');
    await writeFile(path, hour());
    const hand = handOf(page);
    await openJob(page, app);
    await provision(page, 'bench:1', { tag: 'TT-101', location: 'Pump house 3' });
    await test.step('written from what it means', () => writeRule(page, hand));
    await test.step('a recording is taken in', () => takeIn(page, hand, path));
    await test.step('a slider replays it', () => turn(page, hand));
    await test.step('a sweep shows how much is too much', () => sweep(page, hand));
    await test.step('why it fired, and why not', () => askWhy(page, hand));
    await test.step('a fault is put in, and kept as a test', () => breakData(page, hand));
    if (how === 'a mouse') {
      await step(page, tried).scrollIntoViewIfNeeded();
      await picture(page, 'rule-lab');
    }
    await test.step('what it showed is counted', () => count(page, hand));
    if (how === 'a mouse') {
      for (const look of looks) {
        await show(page, look);
        await expectAccessible(page);
        await expectToFit(page);
      }
      await show(page, { theme: 'light', language: 'en', width: 1366, height: 768 });
    }
    await test.step('pushed, tested by itself, and proven beside the app', () => pushAndProve(page, hand));
  });
}
