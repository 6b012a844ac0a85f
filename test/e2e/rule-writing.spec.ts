import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './app.ts';
import { expectToFit, looks, openJob, press, provision, show, step } from './hands.ts';

const title = 'When should the unit raise an alarm?';

async function writeRules(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Rules' }).click();
  await press(page, 'Write rules TT-101');
  await expect(step(page, title)).toBeVisible();
}

/** Tab until the element of this role and name has the focus. */
async function tabTo(page: Page, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const named = { name, exact: typeof name === 'string' };
  const wanted = page
    .getByRole('button', named)
    .or(page.getByRole('textbox', named))
    .or(page.getByRole('tab', named))
    .or(page.getByRole('radio', named));
  for (let presses = 0; presses < 80; presses += 1) {
    const reached = await wanted.evaluateAll((all) => all.some((each) => each === document.activeElement));
    if (reached) return;
    await page.keyboard.press(key);
  }
  throw new Error(`no way by keys to ${name}`);
}

const sentence = (page: Page, text: string | RegExp) => page.getByText(text).first();
const asText = (page: Page) => page.getByRole('textbox', { name: 'All rules as text' });

test('rules are written by keys alone: by what they mean, field by field, as text', async ({ app, page }) => {
  test.setTimeout(300_000);
  await openJob(page, app);
  await provision(page, 'bench:1', { tag: 'TT-101', location: 'Pump house 3' });
  await writeRules(page);
  await expectAccessible(page);

  await test.step('by what it means', async () => {
    await expect(page.getByText('Needs 2 channels; this unit has 1')).toHaveCount(2);
    await tabTo(page, /^Too hot/);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Too hot' })).toBeFocused();
    await expect(page.getByText('Usual for temperature (EEMUA 191): 1 % of the range')).toBeVisible();
    await expectAccessible(page);
    await tabTo(page, 'From which value on?');
    await page.keyboard.type('500');
    await expect(page.getByText("is outside the sensor's range, -20 to 120 °C")).toBeVisible();
    await expect(page.getByRole('button', { name: 'Add this rule' })).toBeDisabled();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('70');
    await expect(sentence(page, /fires when t1 is at or above 70.000 °C for 60 s/)).toBeVisible();
    await tabTo(page, /^No: a short one/);
    await page.keyboard.press('ArrowLeft');
    await expect(
      sentence(page, /at or above 70.000 °C; clears when it is below 68.600 °C for 60 s/),
    ).toBeVisible();
    await tabTo(page, 'How long is short?');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('2s');
    // Enter is the one main action of the screen.
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Edit rule too-hot' })).toBeFocused();
  });

  await test.step('field by field', async () => {
    await tabTo(page, 'Add rule');
    await page.keyboard.press('Enter');
    await tabTo(page, /^A plain threshold/);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('too-cold');
    await tabTo(page, /Fires when the value is/);
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Threshold');
    await page.keyboard.type('5');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('0,5');
    await tabTo(page, 'On-delay');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('500ms');
    await expect(sentence(page, /too-cold: fires when t1 is at or below 5.000 °C for 500 ms/)).toBeVisible();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Remind every');
    await page.keyboard.type('10min');
    await page.keyboard.press('Tab');
    await page.keyboard.type('3');
    await expect(sentence(page, /reminds every 10 min, at most 3 times/)).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('as text', async () => {
    await tabTo(page, 'Form', 'Shift+Tab');
    await page.keyboard.press('ArrowRight');
    await expect(asText(page)).toHaveValue(
      [
        'rule too-hot "Too hot"',
        '  when t1 above 70 dead-band 1.400',
        '  clear after 2s',
        '  severity high',
        '',
        'rule too-cold',
        '  when t1 below 5 dead-band 0.5',
        '  for 500ms',
        '  remind every 10min 3 times',
        '',
      ].join('\n'),
    );
    await tabTo(page, 'All rules as text');
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.type('\nrule silent when t1 silnt');
    await expect(page.getByText('a test is missing, such as "above": here stands "silnt"')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Line 11, column 21' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Continue' })).toBeDisabled();
    await expect(page.getByText('The form opens once the text can be read.')).toBeVisible();
    await expectAccessible(page);
    await tabTo(page, 'Line 11, column 21');
    await page.keyboard.press('Enter');
    await expect(asText(page)).toBeFocused();
    await page.keyboard.press('Shift+End');
    await page.keyboard.type('silent inhibited by too-hat');
    await expect(page.getByText('is not a rule; there are: too-hot, too-cold, silent')).toBeVisible();
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('ot');
    await expect(sentence(page, /silent: fires when t1 silent/)).toBeVisible();
  });

  await test.step('the same rules as a form', async () => {
    await tabTo(page, 'Text', 'Shift+Tab');
    await page.keyboard.press('ArrowLeft');
    await tabTo(page, 'Edit rule silent');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Fires while' })).toHaveValue('t1 silent');
    await expect(page.getByText('More: inhibited')).toBeVisible();
    await tabTo(page, 'Continue');
    await page.keyboard.press('Enter');
    await expect(step(page, 'What would these rules have done?')).toBeVisible();
    await press(page, 'Back');
    await expect(page.getByText(/reminds every 10 min, at most 3 times/).first()).toBeVisible();
  });

  await test.step('in other themes, in German, on a small screen', async () => {
    for (const look of looks) {
      await show(page, look);
      await expectToFit(page);
      await expectAccessible(page);
      await page.getByRole('tab', { name: 'Text' }).click();
      await expectToFit(page);
      await expectAccessible(page);
    }
  });
});
