import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { fingerprintOf } from '../../shared/dossier/dossier.ts';
import { bytesOf, type Example, example, manifestOf, packed } from '../../shared/dossier/example.fixture.ts';

// The page as its file lies on a disk, in a browser that is offline.

const page = pathToFileURL(fileURLToPath(new URL('../../out/verifier.html', import.meta.url))).href;
const given = example();
const signer = fingerprintOf(given.manifest.signer.publicKey);
const evil = '<img src=x onerror="document.title=1"></script>';

const test = base.extend<{ folder: string; verifier: Page }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern.
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-verifier-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  verifier: async ({ page: tab, context }, use) => {
    const wrong: string[] = [];
    await offline(context, wrong);
    tab.on('pageerror', (error) => wrong.push(error.message));
    tab.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') wrong.push(message.text());
    });
    await tab.goto(page);
    await use(tab);
    expect(wrong, 'errors, policy violations and requests').toEqual([]);
  },
});

/** Whatever the page asks for but itself is noted and refused. */
async function offline(context: BrowserContext, wrong: string[]): Promise<void> {
  await context.setOffline(true);
  context.on('request', (request) => {
    const url = request.url();
    if (url !== page && !url.startsWith('blob:')) wrong.push(url);
  });
}

async function choose(verifier: Page, folder: string, bytes: Uint8Array, name = 'job.plumbz'): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  await verifier.getByLabel('Choose a dossier').setInputFiles(path);
}

async function expectAccessible(verifier: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page: verifier }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual(
    [],
  );
}

/** A dossier whose texts are hostile, its certificate as one is issued. */
function hostile(): Pick<Example, 'manifest' | 'parts'> {
  const certificate = {
    number: 'PL-1',
    issuedAt: '2026-06-01T12:00:00.000Z',
    bench: true,
    amends: null,
    laboratory: { party: { name: evil }, accreditation: '' },
    customer: null,
    item: { description: 'Thermometer', serial: 'e661', tag: evil, channel: { id: 't1', unit: 'degC' } },
    decision: { tolerance: '0.5', verdict: 'pass' },
  };
  const { rows, parts } = example('a report', bytesOf(JSON.stringify(certificate)));
  const manifest = manifestOf(parts, rows);
  return {
    parts,
    manifest: { ...manifest, job: { name: evil, engineer: '', customer: '' }, simulated: true },
  };
}

test('shows a sound dossier part by part, and hands each part out as it is', async ({ verifier, folder }) => {
  await expectAccessible(verifier);
  await choose(verifier, folder, packed(given));
  await expect(verifier.getByRole('status')).toHaveText('Every part is as it was signed');
  await expect(verifier.getByRole('row')).toHaveCount(given.parts.length + 1);
  await expect(verifier.getByText('compare it with its owner')).toContainText(signer.slice(0, 8));
  await expectAccessible(verifier);
  for (const { path, bytes } of given.parts) {
    const arriving = verifier.waitForEvent('download');
    await verifier.getByRole('button', { name: `Save ${path}` }).click();
    const download = await arriving;
    expect(download.suggestedFilename()).toBe(path.replaceAll('/', '-'));
    expect(await readFile(await download.path())).toEqual(Buffer.from(bytes));
  }
});

test('names the first part that is wrong, and shows none of the rest', async ({ verifier, folder }) => {
  const altered = Uint8Array.from(packed(given));
  const report = 'a report, as a page';
  const at = Buffer.from(altered).indexOf(report);
  altered[at] = (altered[at] ?? 0) ^ 1;
  await choose(verifier, folder, altered);
  await expect(verifier.getByRole('heading', { name: 'This dossier is not as it was signed' })).toBeVisible();
  await expect(verifier.getByRole('status')).toContainText('report/e6616407e3496e28.pdf');
  await expect(verifier.getByText('its content is not what was signed')).toBeVisible();
  await expect(verifier.getByRole('row')).toHaveCount(0);
  await expectAccessible(verifier);
  await choose(verifier, folder, bytesOf('%PDF-1.7'), 'other.plumbz');
  await expect(verifier.getByRole('status')).toContainText('the archive');
});

test('asks for the signer', async ({ verifier, folder }) => {
  await choose(verifier, folder, packed(given));
  const field = verifier.getByLabel('Fingerprint of the signer');
  await field.fill(signer.toUpperCase().replace(/(.{8})/g, '$1 '));
  await field.blur();
  await expect(verifier.getByText('the signer that you asked for')).toBeVisible();
  await field.fill('0'.repeat(64));
  await field.blur();
  await expect(verifier.getByRole('status')).toContainText('manifest.sig');
  await field.fill('nobody');
  await field.blur();
  await expect(verifier.getByRole('alert')).toHaveText('A fingerprint has 64 hex digits.');
});

test('shows what a certificate says as text, whatever it says', async ({ verifier, folder }) => {
  await choose(verifier, folder, packed(hostile()));
  await expect(verifier.getByRole('heading', { name: 'Certificate PL-1' })).toBeVisible();
  await expect(verifier.getByRole('definition').filter({ hasText: evil })).toHaveCount(3);
  await expect(verifier.getByText('simulated bench').first()).toBeVisible();
  await expect(verifier.locator('img')).toHaveCount(0);
  await expect(verifier).toHaveTitle('Verify a dossier');
});

test('takes what is dropped on it', async ({ verifier }) => {
  const bytes = [...packed(given)];
  await verifier.evaluate((content) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(content)], 'dropped.plumbz'));
    document.dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true, bubbles: true }));
  }, bytes);
  await expect(verifier.getByText('dropped.plumbz')).toBeVisible();
});
