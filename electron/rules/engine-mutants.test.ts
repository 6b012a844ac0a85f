import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { AuthorRules } from '../../shared/contract/validate.ts';
import { selfTestVectors } from '../../shared/rules/lab/lab.ts';
import { compileRules } from '../../shared/rules/rules.ts';
import { mutants } from './engine-mutants.fixture.ts';
import { expectedOf } from './self-test.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const channels = ['t1', 't2', 'run'].map((id) => ({
  id,
  quantum: '0.001',
  unit: 'degC',
  min: '-50',
  max: '655',
  staleMs: 2000,
}));
/** Between them they use every operator and option that the changed lines are about. */
const compiled = compileRules(
  AuthorRules.parse([
    { id: 'hot', when: { sensor: 't1', above: '60', deadband: '2' }, for: '500ms', firstOut: 'g' },
    {
      id: 'cold',
      when: { sensor: 't1', below: '10', deadband: '1' },
      clearAfter: '20s',
      needsAck: true,
      firstOut: 'g',
      remind: { every: '10s', times: 2 },
    },
    { id: 'warm', when: { sensor: 't1', above: '25', deadband: '1', not: true }, ifNoData: 'fire' },
    {
      id: 'mean',
      when: { sensor: 't2', average: '5s', samples: 6, above: '60', deadband: '1' },
      ifNoData: 'clear',
      inhibitedBy: ['cold'],
    },
    {
      id: 'rise',
      when: { sensor: 't1', rising: '2', per: 'min', over: '5s', points: 8 },
      onlyOnCrossing: true,
    },
    { id: 'still', when: { sensor: 't2', stuck: '10s', tolerance: '0.01' }, inhibitedBy: ['cold'] },
    { id: 'silent', when: { sensor: 't1', silent: true }, for: '5s' },
    {
      id: 'both',
      when: {
        all: [
          { sensor: 't1', above: '50' },
          { sensor: 't2', outside: ['1', '5'], deadband: '0.5' },
        ],
      },
    },
    {
      id: 'cycles',
      when: { times: 3, of: { sensor: 'run', above: '0.5' }, within: '10s' },
      shelveAtMost: '1h',
    },
    { id: 'nights', when: { during: { days: ['mon', 'wed'], from: '22:00', to: '06:00' } } },
    { id: 'days', when: { during: { days: ['tue'], from: '08:00', to: '17:00' } } },
  ]),
  channels,
);
if ('mistakes' in compiled) throw new Error(JSON.stringify(compiled.mistakes));
const form: unknown = JSON.parse(compiled.text);
const vectors = selfTestVectors(form, { seed: 5 });
const { expected } = expectedOf(form, vectors);

/** Hashes of what the agent decides: as it is, and with each change; the kind of its failure where it fails. */
async function hashes(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-engine-'));
  try {
    const program = path('engine-mutants.fixture.py');
    const python = spawn('python3', ['-B', program, path('../../resources/agent'), folder]);
    python.stdin.end(JSON.stringify({ form, vectors, mutants }));
    const said = await text(python.stdout);
    return said
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as string);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it('the self-test finds what the engine of a unit does otherwise', { timeout: 300_000 }, async () => {
  const [asItIs, ...changed] = await hashes();
  expect(asItIs).toBe(expected);
  expect(changed).toHaveLength(mutants.length);
  expect(changed).not.toContain('not there');
  expect(mutants.filter((_, i) => changed[i] === expected)).toEqual([]);
});
