import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { RunEvaluation } from '../../shared/contract/evaluation.ts';
import { JobRecord } from '../../shared/report/record.ts';
import { compareDecimal, decimalPlaces, roundDecimal } from '../../shared/units/units.ts';
import { needs } from '../needs.ts';
import {
  type Ended,
  looksLikeAStack,
  plumb,
  root,
  type ServedBench,
  serialRecipe,
  serveBench,
  temporaryFolder,
} from './terminal.ts';

interface Answer {
  verdict: string;
  unit: string;
  files: { path: string; sha256: string; size: number }[];
  calibration: { asFound: string[]; asLeft: string[] };
  rules: { id: string; fired: boolean; cleared: boolean }[];
  /** Fingerprint of the key that signed the dossier. */
  signer: string;
}

const largest = (errors: string[]): number => Math.max(...errors.map((error) => Math.abs(Number(error))));

needs('socat', 'pdftotext')('plumb run over a real serial port', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let bench: ServedBench;
  let run: Ended;
  let out: string;
  let answer: Answer;

  beforeAll(async () => {
    folder = await temporaryFolder();
    out = join(folder.path, 'out');
    bench = await serveBench(folder.path, '--boards', '2');
    const ports = ['--port', bench.board(1), '--reference', bench.reference];
    // Over a cable the bench's reference is any other: its certificate is entered by whoever uses it.
    const standards = ['--standards', join(root, 'resources', 'standards', 'bench.json')];
    run = await plumb('run', await serialRecipe(folder.path), ...ports, ...standards, '--out', out, '--json');
    answer = JSON.parse(run.stdout) as Answer;
  }, 120_000);

  afterAll(async () => {
    await bench?.close();
    await folder?.remove();
  });

  it('passes, says so in one JSON document, and tells on stderr what it does', () => {
    expect(run.code, run.stdout + run.stderr).toBe(0);
    expect(answer.verdict).toBe('pass');
    expect(run.stderr).toContain('staging');
    expect(run.stderr).toContain('rule "too-hot" fired');
    expect(looksLikeAStack(run.stderr)).toBe(false);
  });

  it('finds the unit out of tolerance and leaves it within', () => {
    const { asFound, asLeft } = answer.calibration;
    expect([asFound.length, asLeft.length]).toEqual([5, 5]);
    expect(largest(asFound)).toBeGreaterThan(0.2);
    expect(largest(asLeft)).toBeLessThanOrEqual(0.2);
    expect(answer.rules.length).toBe(3);
    expect(answer.rules.every(({ fired, cleared }) => fired && cleared)).toBe(true);
  });

  it('leaves files that are what the answer says', async () => {
    const names = answer.files.map(({ path }) => path);
    expect(names).toEqual(
      ['report.pdf', 'record.json', 'certificate.pdf', 'dcc.xml', 'dossier.plumbz', 'job.plumb'].map((name) =>
        join(out, name),
      ),
    );
    for (const { path, sha256, size } of answer.files) {
      const bytes = await readFile(path);
      expect([createHash('sha256').update(bytes).digest('hex'), bytes.length]).toEqual([sha256, size]);
    }
  });

  it('writes a record that any reader can check against the schema', async () => {
    const record = JobRecord.parse(JSON.parse(await readFile(join(out, 'record.json'), 'utf8')));
    expect(record.verdict).toBe('pass');
    expect(record.unit.hardwareId).toBe(answer.unit);
    const points = [...(record.calibration?.asFound ?? []), ...(record.calibration?.asLeft ?? [])];
    expect(points.length).toBe(10);
    expect(points.every(({ readings }) => readings.length >= 12)).toBe(true);
  });

  it('writes a report that opens and shows what was found', async () => {
    const { stdout: text } = await promisify(execFile)('pdftotext', [
      '-layout',
      join(out, 'report.pdf'),
      '-',
    ]);
    const record = JobRecord.parse(JSON.parse(await readFile(join(out, 'record.json'), 'utf8')));
    expect(text).toContain('TT-101');
    expect(text.replaceAll(/\s/g, '')).toContain(answer.unit);
    expect(text).toMatch(/\bPASS\b/i);
    const printed = new Set(text.split(/\s+/));
    for (const run of [record.calibration?.asFoundEvaluation, record.calibration?.asLeftEvaluation]) {
      const errors = printedErrors(run);
      expect(errors).toHaveLength(5);
      for (const error of errors) expect(printed).toContain(error);
    }
  });

  it('leaves a project whose chain holds, and a dossier of its signer', async () => {
    const verified = await plumb('verify', join(out, 'job.plumb'), '--json');
    expect(verified.code).toBe(0);
    expect((JSON.parse(verified.stdout) as { ok: boolean }).ok).toBe(true);
    const dossier = await plumb('verify', join(out, 'dossier.plumbz'), '--signer', answer.signer, '--json');
    expect([dossier.code, JSON.parse(dossier.stdout)]).toMatchObject([
      0,
      { ok: true, signer: answer.signer },
    ]);
  });

  it('finds the unit commissioned when asked who it is', async () => {
    const asked = await plumb('identify', '--port', bench.board(1), '--yes', '--json');
    const unit = JSON.parse(asked.stdout) as { hardwareId: string; tag: string };
    expect([asked.code, unit.hardwareId, unit.tag]).toEqual([0, answer.unit, 'TT-101']);
  });
});

/**
 * The record's errors as the report must print them: with their sign, to the decimal place of their uncertainty.
 * Worked out here from the exact text, without the report's code.
 */
function printedErrors(run: RunEvaluation | null | undefined): string[] {
  return (run?.points ?? []).map(({ error, expandedUncertainty }) => {
    const text = roundDecimal(error, decimalPlaces(expandedUncertainty));
    return compareDecimal(text, '0') > 0 ? `+${text}` : text;
  });
}

needs('socat')('plumb bench', () => {
  it('takes its links away when it ends', async () => {
    const folder = await temporaryFolder();
    const bench = await serveBench(folder.path, '--json');
    expect([existsSync(bench.board(1)), existsSync(bench.reference)]).toEqual([true, true]);
    onTestFinished(folder.remove);
    const { code, stdout } = await bench.close();
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ links: [bench.board(1), bench.reference] });
    expect([existsSync(bench.board(1)), existsSync(bench.reference)]).toEqual([false, false]);
  });
});

describe('plumb identify', () => {
  it('does nothing without consent', async () => {
    const { code, stdout } = await plumb('identify', '--port', '/dev/ttyNONE0', '--json');
    expect(code).toBe(2);
    expect((JSON.parse(stdout) as { usage: { message: string } }).usage.message).toContain('--yes');
  });
});
