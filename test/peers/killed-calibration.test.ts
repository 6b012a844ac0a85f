import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openJob } from '../../electron/store/job-store.ts';
import type { CalibrateAction } from '../../shared/contract/calibrate.ts';
import type { CertificateFacts } from '../../shared/contract/certificate.ts';
import { exampleLaboratory } from '../../shared/report/certificate/certificate.fixture.ts';
import { needs } from '../needs.ts';
import { plumb, type ServedBench, serveBench, startPlumb, temporaryFolder } from './terminal.ts';

/** What the terminal says when it has come to a station of the calibration; it is killed right then. */
const all = [
  'as-found point 1',
  'as-found point 2',
  'line fitted',
  'written and read back',
  'as-left point 1',
  'calibration: pass',
  'rule: ',
  'rules: pass',
];
const usual = ['line fitted', 'calibration: pass', 'rules: pass'];
const stations = process.env.PLUMBLINE_FULL === '1' ? all : usual;

const recipe = {
  recipe: 1,
  title: 'Killed',
  provision: { tag: 'TT-1', asset: '', location: 'Bench', profile: 'bench-thermometer', periodMs: 50 },
  calibrate: {
    channel: 't1',
    points: ['20', '40'],
    tolerance: '0.5',
    leastTur: '1',
    adjust: 'always',
    stability: {
      readings: 5,
      intervalMs: 50,
      maxDrift: '0.2',
      maxSpread: '0.2',
      nearNominal: '1',
      timeoutSeconds: 60,
    },
  },
  certificate: { laboratory: exampleLaboratory },
  validate: {
    rules: [{ id: 'there', when: { sensor: 't1', above: '30', deadband: '2' } }],
    setPoints: ['40', '20'],
    timeoutSeconds: 60,
  },
  report: { engineer: 'E' },
};

needs('socat')('plumb run that is killed while it calibrates', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let bench: ServedBench;
  let given: string[];
  beforeAll(async () => {
    folder = await temporaryFolder();
    bench = await serveBench(folder.path);
    const path = join(folder.path, 'recipe.json');
    await writeFile(path, JSON.stringify(recipe));
    const ports = ['--port', bench.board(1), '--reference', bench.reference];
    given = ['run', path, ...ports, '--out', join(folder.path, 'out'), '--json'];
  }, 30_000);
  afterAll(async () => {
    await bench?.close();
    await folder?.remove();
  });

  /** The chain verifies; what it tells of the calibrations, and what lies beside it. */
  function recorded(): { calibrations: string[][]; certificates: string[]; folders: string[] } {
    const job = join(folder.path, 'out', 'job.plumb');
    const store = openJob(job);
    try {
      expect(store.verify()).toMatchObject({ ok: true });
      const calibrations = new Map<string, string[]>();
      for (const { kind, subject, body } of store.events()) {
        if (kind === 'wizard.opened' && (body as { kind: string }).kind === 'calibrate')
          calibrations.set(subject, []);
        if (kind === 'wizard.action') calibrations.get(subject)?.push((body as CalibrateAction).type);
      }
      return {
        calibrations: [...calibrations.values()],
        certificates: [...store.events({ kind: 'certificate.issued' })].map(
          ({ body }) => (body as CertificateFacts).number,
        ),
        folders: existsSync(`${job}.certificates`) ? readdirSync(`${job}.certificates`) : [],
      };
    } finally {
      store.close();
    }
  }

  it(
    'has issued what is in its record and nothing else, and runs again to its end',
    async () => {
      for (const station of stations) {
        const run = startPlumb(...given);
        await run.said(station, 'stderr');
        run.kill('SIGKILL');
        await run.ended;
        const cut = recorded();
        // Nothing is adjusted before as-found is whole.
        for (const actions of cut.calibrations) {
          const writing = actions.indexOf('writing');
          if (writing < 0) continue;
          expect(actions.slice(0, writing).filter((type) => type === 'measured')).toHaveLength(2);
        }
        for (const number of cut.certificates) expect(cut.folders).toContain(number);
      }
      const again = await plumb(...given);
      expect(again.code, again.stderr + again.stdout).toBe(0);
      const { calibrations, certificates } = recorded();
      expect(calibrations).toHaveLength(stations.length + 1);
      // A calibration that came to its end has one certificate at most, and no other has any.
      const ended = calibrations.filter((actions) => actions.includes('finish'));
      expect(new Set(certificates).size).toBe(certificates.length);
      expect(certificates.length).toBeGreaterThan(0);
      expect(certificates.length).toBeLessThanOrEqual(ended.length);
      const verified = await plumb('verify', join(folder.path, 'out', 'dossier.plumbz'), '--json');
      expect(verified.code, verified.stdout).toBe(0);
    },
    stations.length * 30_000,
  );
});
