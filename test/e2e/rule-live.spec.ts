import type { Page } from '@playwright/test';
import { type App, expect, expectAccessible, test } from './app.ts';
import { expectToFit, openJob, press, provision, step } from './hands.ts';
import { type Hand, keys, mouse } from './keys.ts';

const tried = 'What would these rules have done?';
const lesson = 'The pump warms the bath to 45 °C on every start';

/** A second window on the same job: the person at the bench, who moves the bath while the first one looks on. */
async function atTheBench(page: Page, app: App): Promise<(celsius: string) => Promise<void>> {
  const bench = await page.context().newPage();
  await bench.goto(app.url);
  await bench.goto(`${new URL(bench.url()).origin}/#/bench`);
  return async (celsius) => {
    await bench.getByRole('textbox', { name: 'New set point' }).fill(celsius);
    await press(bench, 'Set');
  };
}

async function writeRule(page: Page, hand: Hand): Promise<void> {
  await page.getByRole('link', { name: 'Rules' }).click();
  await press(page, 'Write rules TT-101');
  await hand.press(/^Too hot/);
  await hand.write('From which value on?', '30');
  await hand.write('How long is short?', '500ms');
  await hand.press('Add this rule');
  await hand.press('Continue');
  await expect(step(page, tried)).toBeVisible();
}

const startRecording = async (page: Page, hand: Hand, name: string): Promise<void> => {
  await hand.press('Record live');
  await hand.write('Name of the recording', name);
  await page.keyboard.press('Enter');
  await expect(page.getByText(`Recording ${name}`)).toBeVisible();
};

const now = (page: Page, state: string, alarms: number) =>
  expect(
    page
      .getByRole('table', { name: 'What each rule does now' })
      .getByRole('row', { name: `too-hot ${state} ${alarms}` }),
  ).toBeVisible({ timeout: 30_000 });

const seen = (page: Page, row: string) =>
  expect(page.getByRole('row', { name: new RegExp(`^too-hot ${row}$`) })).toBeVisible();

/** The draft on the unit's live values, while the bath goes over the threshold and back; recorded meanwhile. */
async function shadow(page: Page, hand: Hand, bath: (celsius: string) => Promise<void>): Promise<void> {
  await startRecording(page, hand, 'First look');
  await hand.view('Live');
  await hand.pick('What happens at the unit meanwhile?', 'Something out of the ordinary');
  await hand.press('Run on live values');
  await now(page, 'Normal', 0);
  await bath('75');
  await now(page, 'In alarm', 1);
  await expectAccessible(page);
  await expectToFit(page);
  await bath('0');
  await now(page, 'Normal', 1);
  const decisions = page.getByRole('list', { name: 'Newest decisions' }).getByRole('listitem');
  await expect(decisions).toHaveText([/^too-hot cleared · frame \d+$/, /^too-hot fired · frame \d+$/]);
  await hand.press('Stop and count it');
  await expect(page.getByRole('table', { name: 'What each rule did last' })).toBeVisible();
  await hand.view('Coverage');
  await seen(page, 'Live .* Live .* Not seen None Not yet');
  await expect(page.getByText(/^Live: .*, 1 alarm\. Something out of the ordinary$/)).toBeVisible();
}

/** What was decided, was decided here: the unit has no rules, and nothing of this stands as written. */
async function nothingWritten(page: Page, hand: Hand): Promise<void> {
  await hand.press('Finish recording');
  await expect(page.getByText(/^[1-9]\d+ rows over .*\ss, from the live unit$/)).toBeVisible();
  await hand.view('Monitor');
  await expect(judged(page)).toHaveCount(1);
  await hand.press('Bring its events back');
  await expect(page.getByText(/^0 events since start \d+ of the unit$/)).toBeVisible();
  await expect(page.getByText('There are no rules on the unit.')).toBeVisible();
  await expect(page.getByText('On the unit', { exact: true })).toBeHidden();
}

/** The alarms of the recording that are to be judged. */
const judged = (page: Page) =>
  page.getByRole('table', { name: 'Alarms to judge' }).getByRole('button', { name: /^Wrong: the alarm at / });

/** A fault in the live values: what it shows is made up, and never that a rule holds its tongue. */
async function shadowWithFault(page: Page, hand: Hand): Promise<void> {
  await hand.view('Faults');
  await hand.pick('What goes wrong', 'Drift');
  await hand.write('From', '0:00:01');
  await hand.write('Until', '0:00:03');
  await hand.write('Drift', '400000');
  await hand.press('Put it into the data');
  await hand.write('Name of the test', 'a wild drift is seen');
  await hand.press('Save as test');
  await expect(page.getByRole('row', { name: /^a wild drift is seen \d+ Passes/ })).toBeVisible();
  await hand.view('Live');
  await page.getByText('Put the 1 fault of the data into the live values too').click();
  await expect(page.getByRole('radio', { name: 'Something out of the ordinary' })).toBeChecked();
  await hand.press('Run on live values');
  // What has drifted away stays away.
  await now(page, 'In alarm', 1);
  await hand.press('Stop and count it');
  await hand.view('Coverage');
  await expect(page.getByText(/^Made up: .*, 1 alarm\. Something out of the ordinary$/)).toBeVisible();
  await seen(page, 'Live .* Live .* Not seen None Not yet');
}

async function pushAndProve(page: Page, hand: Hand): Promise<void> {
  await hand.press('Continue');
  await hand.press('Push to unit');
  await expect(step(page, 'Does every rule fire and clear?')).toBeVisible({ timeout: 90_000 });
  await hand.choose(/Driven by/, /bench:reference/);
  await hand.write('Set points in turn', '75; 0');
  await hand.press('Prove the rules');
  await expect(page.getByText(/unit and app decided alike each time/)).toBeVisible({ timeout: 120_000 });
  await seen(page, 'Live .* Live .* On the bench .* None Accepted');
  await hand.press('Finish');
}

/** The next version starts from what the unit has: its rules and their tests. */
async function newVersion(page: Page, hand: Hand): Promise<string> {
  await page.getByRole('link', { name: 'Rules' }).click();
  await press(page, 'Write rules TT-101');
  const same = page.getByText(/revision [0-9a-f]{8}/).first();
  const revision = /[0-9a-f]{8}/.exec((await same.textContent()) ?? '')?.[0] ?? '';
  await expect(page.getByText(/too-hot: fires when t1 is at or above 30.000 °C/).first()).toBeVisible();
  await hand.press('Continue');
  await expect(step(page, tried)).toBeVisible();
  await hand.view('Faults');
  await expect(page.getByRole('row', { name: /^a wild drift is seen \d+ Passes/ })).toBeVisible();
  return revision;
}

/** The unit decides by itself while it is recorded. */
async function recordAnAlarm(page: Page, hand: Hand, bath: (celsius: string) => Promise<void>) {
  await hand.press('Choose other data');
  await startRecording(page, hand, 'A pump start');
  await hand.view('Monitor');
  const events = page.getByRole('table', { name: 'What the unit decided' });
  const bring = async (newest: string) => {
    await expect(async () => {
      await hand.press('Bring its events back');
      await expect(events.getByRole('row').nth(1)).toContainText(`too-hot${newest}`, { timeout: 1000 });
    }).toPass({ timeout: 40_000 });
  };
  // The second one goes so high that it outlasts every threshold between them, however soon it is cooled.
  for (const celsius of ['45', '110']) {
    await bath(celsius);
    await bring('fired');
    await bath('0');
    await bring('cleared');
  }
  await hand.press('Finish recording');
  await expect(page.getByText('4 decisions alike, 0 differ')).toBeVisible();
  await expect(page.getByText('A pump start', { exact: true })).toBeVisible();
}

async function improve(page: Page, hand: Hand, revision: string): Promise<void> {
  await expect(judged(page)).toHaveCount(2);
  await hand.press(/^Wrong: the alarm at /);
  await hand.reach(page.getByRole('button', { name: /^Right: the alarm at / }).last());
  await page.keyboard.press('Enter');
  await hand.press('Find a value');
  await expect(
    page.getByText(/^Threshold: [34]\d(\.\d+)? °C keeps every right alarm and leaves out the wrong ones$/),
  ).toBeVisible();
  await hand.write('What was learned', lesson);
  await expectAccessible(page);
  await expectToFit(page);
  await hand.press('Take as draft of a new version');
  await expect(page.getByText(/^It is the draft now/)).toBeVisible();
  await hand.press('Keep these values');
  const evidence = page.getByRole('complementary');
  await expect(evidence.getByText(`Improves revision ${revision}`)).toBeVisible();
  await expect(evidence.getByText(lesson)).toBeVisible();
  await expect(evidence.getByText(/too-hot: fires when t1 is at or above [34]\d\.\d{3} °C/)).toBeVisible();
  await expect(judged(page)).toHaveCount(1);
}

test('a draft runs beside the live unit, and an alarm that was wrong makes the next version better', async ({
  app,
  page,
}) => {
  test.setTimeout(300_000);
  await openJob(page, app);
  await provision(page, 'bench:1', { tag: 'TT-101', location: 'Pump house 3' });
  const bath = await atTheBench(page, app);
  const hand = mouse(page);
  await writeRule(page, hand);
  await test.step('the draft on live values', () => shadow(page, hand, bath));
  await test.step('nothing was written', () => nothingWritten(page, hand));
  await test.step('a fault in the live values', () => shadowWithFault(page, hand));
  await test.step('pushed and proven', () => pushAndProve(page, hand));
  const revision = await test.step('a new version', () => newVersion(page, hand));
  await test.step('the unit is recorded over an alarm', () => recordAnAlarm(page, hand, bath));
  await test.step('improved by keys alone', () => improve(page, keys(page), revision));
});
