import { expect, type Locator, type Page } from '@playwright/test';

/** How a person works the page: with a mouse, or with keys alone. */
export interface Hand {
  press: (name: string | RegExp) => Promise<void>;
  /** Replaces what a field holds. */
  write: (field: string, text: string) => Promise<void>;
  /** One of the views in tabs. */
  view: (name: string) => Promise<void>;
  /** One of a few that are all in sight. */
  pick: (group: string, entry: string) => Promise<void>;
  /** An entry of a list that opens below its button. */
  choose: (list: RegExp, entry: RegExp) => Promise<void>;
  /** Puts the focus there. */
  reach: (wanted: Locator) => Promise<void>;
}

/** More than any screen has to stop at. */
const MOST_STOPS = 200;

/** Tab until the element has the focus. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.first().waitFor();
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    const reached = await wanted.evaluateAll((all) => all.some((each) => each === document.activeElement));
    if (reached) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no way by keys to ${String(wanted)}`);
}

const named = (name: string | RegExp) => ({ name, exact: typeof name === 'string' });

export const mouse = (page: Page): Hand => ({
  press: (name) => page.getByRole('button', named(name)).first().click(),
  write: (field, text) => page.getByRole('textbox', named(field)).fill(text),
  view: (name) => page.getByRole('tab', named(name)).click(),
  pick: (group, entry) =>
    page.getByRole('radiogroup', { name: group }).getByText(entry, { exact: true }).click(),
  choose: async (list, entry) => {
    await page.getByRole('button', { name: list }).click();
    await page.getByRole('option', { name: entry }).click();
  },
  reach: (wanted) => wanted.focus(),
});

export const keys = (page: Page): Hand => ({
  press: async (name) => {
    await expect(page.getByRole('button', named(name)).first()).toBeEnabled();
    await tabTo(page, page.getByRole('button', named(name)));
    await page.keyboard.press('Enter');
  },
  write: async (field, text) => {
    await tabTo(page, page.getByRole('textbox', named(field)));
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(text);
  },
  view: async (name) => {
    const tab = page.getByRole('tab', named(name));
    await tabTo(page, page.getByRole('tab', { selected: true }));
    for (let steps = 0; steps < 10; steps += 1) {
      if ((await tab.getAttribute('aria-selected')) === 'true') return;
      await page.keyboard.press('ArrowRight');
    }
    throw new Error(`no way by keys to the view ${name}`);
  },
  pick: async (group, entry) => {
    const choices = page.getByRole('radiogroup', { name: group });
    await tabTo(page, choices.getByRole('radio'));
    for (let steps = 0; steps < 10; steps += 1) {
      if (await choices.getByRole('radio', named(entry)).isChecked()) return;
      await page.keyboard.press('ArrowRight');
    }
    throw new Error(`no way by keys to ${entry} of ${group}`);
  },
  choose: async (list, entry) => {
    await tabTo(page, page.getByRole('button', { name: list }));
    await page.keyboard.press('Enter');
    const option = page.getByRole('option', { name: entry });
    for (let steps = 0; steps < 40; steps += 1) {
      if (await option.evaluate((each) => each === document.activeElement)) break;
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
  },
  reach: (wanted) => tabTo(page, wanted),
});
