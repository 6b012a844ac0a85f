import { spawnSync } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { createHost, type Host } from '../../electron/host/host.ts';
import { renderPdf } from '../../electron/report/report.ts';
import { verifyDossier, verifying } from '../../shared/dossier/dossier.ts';
import { exampleInput } from '../../shared/report/example.fixture.ts';
import { buildRecord, recordText } from '../../shared/report/record.ts';
import type { Figure } from './figure.ts';

const resources = fileURLToPath(new URL('../../resources', import.meta.url));
const channels = 100;
/** What a certificate of 20 points comes to: PDF with its attachments, DCC, record; and a unit's share of the journal. */
const sizes = { pdf: 300_000, dcc: 80_000, json: 250_000, journal: 75_000 };

const facts = (bytes: Uint8Array) => ({
  sha256: createHash('sha256').update(bytes).digest('hex'),
  size: bytes.length,
});
const port = { port: 'bench:1', kind: 'simulated', looksLike: 'unit' };

async function put(path: string, bytes: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}

const open = (folder: string): Promise<Host> =>
  createHost({
    bench: false,
    jobPath: join(folder, 'job.plumb'),
    resources,
    door: 'terminal',
    version: '1.0.0',
    log: pino({ level: 'silent' }),
  });

/** A job of 100 units with a channel each: reported, certified, their files on the disk. */
async function fill(folder: string): Promise<void> {
  const host = await open(folder);
  const { store } = host;
  const record = buildRecord(exampleInput());
  const { identity } = record.unit;
  const report = { pdf: await renderPdf(record), json: Buffer.from(recordText(record)) };
  for (let unit = 1; unit <= channels; unit += 1) {
    const hardwareId = `e66${String(unit).padStart(13, '0')}`;
    const wizard = `w${unit}`;
    store.append({ kind: 'wizard.opened', subject: wizard, body: { kind: 'provision' } });
    store.append({ kind: 'wizard.action', subject: wizard, body: { type: 'identify', port } });
    const identified = { type: 'identified', unit: { ...identity, hardwareId } };
    store.append({ kind: 'wizard.action', subject: wizard, body: identified });
    store.append({ kind: 'work', subject: hardwareId, body: randomBytes(sizes.journal / 2).toString('hex') });
    const id = randomUUID();
    await put(join(`${store.path}.reports`, id, 'report.pdf'), report.pdf);
    await put(join(`${store.path}.reports`, id, 'record.json'), report.json);
    const built = { id, unit: hardwareId, at: 1, pdf: facts(report.pdf), json: facts(report.json) };
    store.append({ kind: 'report.built', subject: hardwareId, body: built });
    await certify(store, hardwareId, `PL-${unit}`);
  }
  await host.close();
}

async function certify(store: Host['store'], unit: string, number: string): Promise<void> {
  const [pdf, dcc, json] = [randomBytes(sizes.pdf), randomBytes(sizes.dcc), randomBytes(sizes.json)];
  const own = join(`${store.path}.certificates`, number);
  await put(join(own, 'certificate.pdf'), pdf);
  await put(join(own, 'dcc.xml'), dcc);
  await put(join(own, 'certificate.json'), json);
  const files = { pdf: facts(pdf), dcc: facts(dcc), json: facts(json) };
  const body = {
    number,
    unit,
    wizard: 'w1',
    channel: 't1',
    at: 1,
    amends: null,
    verdict: 'pass',
    signed: false,
    files,
  };
  store.append({ kind: 'certificate.issued', subject: unit, body });
}

const seconds = async (work: () => unknown): Promise<number> => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
};

/** A dossier on the disk, and its parts in a folder. */
async function withDossier<T>(
  work: (place: { bytes: Buffer; folder: string; parts: string; building: number }) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'plumb-bench-dossier-'));
  try {
    await fill(folder);
    const host = await open(folder);
    let sha256 = '';
    const building = await seconds(async () => {
      ({ sha256 } = await host.call('dossier.build', {}));
    });
    await host.close();
    const bytes = await readFile(join(folder, 'job.plumb.dossiers', sha256, 'dossier.plumbz'));
    const parts = join(folder, 'parts');
    const steps = verifying(bytes);
    for (let step = steps.next(); !step.done; step = steps.next())
      await put(join(parts, step.value.path), step.value.bytes);
    return await work({ bytes, folder, parts, building });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function zip(folder: string, parts: string): void {
  const { status, error } = spawnSync('zip', ['-q', '-r', join(folder, 'plain.zip'), '.'], { cwd: parts });
  if (status !== 0) throw new Error(error?.message ?? `zip ended with ${status}`);
}

/** Every file read and compared with the record, the chain recomputed, all hashed, signed, written. */
const build: Figure = {
  name: `dossier of ${channels} channels built`,
  beside: 'zip of the same parts, which are only packed',
  unit: 's',
  runs: 3,
  measure: () =>
    withDossier(async ({ folder, parts, building }) => ({
      ours: building,
      beside: await seconds(() => zip(folder, parts)),
    })),
};

const verify: Figure = {
  name: `dossier of ${channels} channels verified, as the page does it`,
  beside: 'unzip -t of it, which looks at check sums',
  unit: 's',
  runs: 3,
  measure: () =>
    withDossier(async ({ folder, bytes }) => {
      await put(join(folder, 'a.plumbz'), bytes);
      return {
        ours: await seconds(() => {
          const verdict = verifyDossier(bytes);
          if (!verdict.ok) throw new Error(`${verdict.part}: ${verdict.reason}`);
        }),
        beside: await seconds(() => {
          const { status } = spawnSync('unzip', ['-tqq', join(folder, 'a.plumbz')]);
          if (status !== 0) throw new Error(`unzip ended with ${status}`);
        }),
      };
    }),
};

export const dossiers: readonly Figure[] = [build, verify];
