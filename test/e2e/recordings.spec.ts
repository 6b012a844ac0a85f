import { readFile, writeFile } from 'node:fs/promises';
import type { Download, Page } from '@playwright/test';
import { expect, expectAccessible, test } from './app.ts';
import { expectToFit, looks, openJob, press, provision, show } from './hands.ts';

const rows = 2000;
const startsAt = Date.UTC(2026, 10, 20, 6);

/** A row every 5 s: what is taken, and beside it what a logger writes on a bad day. */
function loggerFile(): { csv: string; taken: Map<number, string> } {
  const taken = new Map<number, string>();
  const lines = ['time,t1 (degC),note'];
  for (let i = 0; i < rows; i += 1) {
    const t = startsAt + i * 5000;
    const value = (20 + 5 * Math.sin(i / 100)).toFixed(3);
    const said = i === 700 ? 'NaN' : value;
    const time = new Date(t).toISOString().slice(0, 19);
    lines.push(`${time},${said},ok`);
    taken.set(t, said);
    if (i === 100) lines.push(`${time},99.000,twice`);
    if (i === 200) lines.push(`${new Date(t - 3_600_000).toISOString().slice(0, 19)},99.000,early`);
    if (i === 300) lines.push(',99.000,no time');
    if (i === 400) lines.push('1970-01-01T00:00:00,99.000,clock not set');
    if (i === 500) lines.push(`${time},"99.000`);
  }
  return { csv: `${lines.join('\n')}\n`, taken };
}

/** What the chart says of itself to who does not see it. */
async function said(page: Page): Promise<string> {
  const chart = page.getByRole('group', { name: /^Chart of Bad day/ });
  const id = await chart.getAttribute('aria-describedby');
  return (await page.locator(`[id="${id}"]`).textContent()) ?? '';
}

async function savedText(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8');
}

test('a file with bad rows is looked at, taken in, read by keyboard and saved again', async ({
  app,
  page,
}, info) => {
  test.setTimeout(240_000);
  const { csv, taken } = loggerFile();
  const path = info.outputPath('Bad day.csv');
  await writeFile(path, csv);
  await openJob(page, app);
  await provision(page, 'bench:1', { tag: 'TT-101', location: 'Bench' });
  await page.goto(`${new URL(page.url()).origin}/#/live`);
  await press(page, 'Recordings');
  await expect(page.getByRole('heading', { name: 'No recording yet' })).toBeVisible();

  await test.step('what the file holds is shown before it is taken', async () => {
    const choosing = page.waitForEvent('filechooser');
    await press(page, 'Add a file');
    await (await choosing).setFiles(path);
    const dialog = page.getByRole('dialog', { name: 'Add a file: Bad day.csv' });
    await expect(dialog.getByText('2,000 of 2,005')).toBeVisible();
    const leftOut = dialog.getByRole('table', { name: 'Rows left out' });
    for (const [why, line] of [
      ['Same time as the row before', 103],
      ['Time earlier than in a row before', 204],
      ['No time that can be read', 305],
      ['A time that no recording is of', 406],
      ['Row that cannot be cut into cells', 507],
    ] as const) {
      await expect(leftOut.getByRole('row', { name: new RegExp(`1 ${why} line ${line}`) })).toBeVisible();
    }
    await expectAccessible(page);
    // Another channel, or none: nothing is taken that nobody means.
    await dialog.getByRole('button', { name: /Channel of column t1/ }).click();
    await page.getByRole('option', { name: 'left out' }).click();
    await expect(dialog.getByText('No column is taken for a channel yet')).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Take in' })).toBeDisabled();
    await dialog.getByRole('button', { name: /Channel of column t1/ }).click();
    await page.getByRole('option', { name: /^t1/ }).click();
    await dialog.getByRole('button', { name: 'Take in' }).click();
    await expect(dialog).toBeHidden();
  });

  await test.step('zoomed and read by keyboard alone', async () => {
    await expect(page.getByText('2,000 rows over 2 h 46 min, from a file')).toBeVisible();
    await expect.poll(() => said(page)).toContain('Nov 20, 2026, 06:00:00 – Nov 20, 2026, 08:46:35');
    expect(await said(page)).toContain('Lowest 15.000, Highest 25.000 °C');
    await page.getByRole('group', { name: /^Chart of Bad day/ }).focus();
    // To the bad value at 06:58:20, which is a gap, in a picture fine enough to show every row.
    await page.keyboard.press('Home');
    for (let times = 0; times < 12; times += 1) await page.keyboard.press('+');
    await expect.poll(() => said(page)).toContain('Nov 20, 2026, 06:00:00 – Nov 20, 2026, 06:11:27');
    for (let times = 0; times < 10; times += 1) await page.keyboard.press('PageDown');
    await expect.poll(() => said(page)).toContain('Gaps 1');
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect.poll(() => said(page)).toContain('Chosen instant: Nov 20, 2026, 06:00:00');
    await expect(page.getByText('20.000 °C').first()).toBeVisible();
    await page.keyboard.press('0');
    await expect.poll(() => said(page)).toContain('– Nov 20, 2026, 08:46:35');
  });

  await test.step('what is saved has the values that were taken', async () => {
    await press(page, 'Save to a file');
    const saving = page.waitForEvent('download');
    await press(page, 'Save');
    const [head, ...lines] = (await savedText(await saving)).trimEnd().split('\n');
    expect(head).toBe('t (ms),t1 (°C)');
    const values = new Map(lines.map((line) => line.split(',')).map(([t, value]) => [Number(t), value]));
    expect(values).toEqual(taken);
  });
});

test('the live unit is recorded and finished; the screen is accessible and fits in every look', async ({
  app,
  page,
}) => {
  test.setTimeout(240_000);
  await openJob(page, app);
  await provision(page, 'bench:1', { tag: 'TT-101', location: 'Bench' });
  await page.goto(`${new URL(page.url()).origin}/#/live`);
  await press(page, 'Recordings');
  await press(page, 'Record live');
  const dialog = page.getByRole('dialog', { name: 'Record the live unit' });
  await dialog.getByRole('textbox', { name: 'Name of the recording' }).fill('Ten frames');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Recording Ten frames')).toBeVisible();
  await expect(page.getByText(/^[1-9]\d+ rows, 0:\d\d:\d\d$/)).toBeVisible({ timeout: 60_000 });
  // It goes on while nobody looks.
  await page.reload();
  await press(page, 'Finish recording');
  await expect(page.getByText(/^[1-9]\d+ rows over .*\ss, from the live unit$/)).toBeVisible();
  await expect(page.getByRole('group', { name: /^Chart of Ten frames/ })).toBeVisible();
  for (const look of looks) {
    await show(page, look);
    await expect(page.getByRole('group', { name: /Ten frames/ })).toBeVisible();
    await expectAccessible(page);
    await expectToFit(page);
  }
});
