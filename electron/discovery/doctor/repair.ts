import { execFile } from 'node:child_process';
import type { Finding, Fix, FixResult } from '../../../shared/contract/doctor.ts';
import { throwIfCancelled } from '../../transport/deadline.ts';
import { plain } from './check.ts';
import type { Facts } from './facts.ts';
import { type Step, stepsOf } from './fix.ts';

export interface RepairOptions {
  /** Asked before each fix; false leaves everything as it is. */
  ask: (fix: Fix) => Promise<boolean>;
  isRoot: boolean;
  run?: (step: Step, signal: AbortSignal) => Promise<void>;
  signal: AbortSignal;
}

const stepDeadlineMs = 30_000;

/** Runs one program, without a shell. Rejects with what it said where it fails. */
export function runStep({ program, arguments: words }: Step, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(program, [...words], { timeout: stepDeadlineMs, signal }, (error, _stdout, stderr) => {
      if (error) reject(new Error(stderr.trim() || error.message));
      else resolve();
    });
  });
}

/** Does the fixes that the findings of one port offer, each after asking, and nothing else. */
export async function repair(
  findings: readonly Finding[],
  facts: Facts,
  options: RepairOptions,
): Promise<FixResult[]> {
  const offered = new Map<string, Fix>();
  for (const { state, fix } of findings) if (fix && state !== 'ok') offered.set(fix.id, fix);
  const results: FixResult[] = [];
  for (const fix of offered.values()) results.push(await repairOne(fix, facts, options));
  return results;
}

async function repairOne(fix: Fix, facts: Facts, options: RepairOptions): Promise<FixResult> {
  const { ask, isRoot, run = runStep, signal } = options;
  if (fix.needsRoot && !isRoot) return { ...fix, outcome: 'needs-root', detail: '' };
  const agreed = await ask(fix);
  throwIfCancelled(signal, 'asking what may be done');
  if (!agreed) return { ...fix, outcome: 'refused', detail: '' };
  try {
    for (const step of stepsOf(fix.id, facts)) await run(step, signal);
    return { ...fix, outcome: 'done', detail: '' };
  } catch (thrown) {
    return {
      ...fix,
      outcome: 'failed',
      detail: plain(thrown instanceof Error ? thrown.message : String(thrown)),
    };
  }
}
