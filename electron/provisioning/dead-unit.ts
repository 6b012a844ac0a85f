import type { ProvisionAction } from '../../shared/contract/provision.ts';
import type { ValidateAction } from '../../shared/contract/validate.ts';
import type { JobStore } from '../store/job-store.ts';
import { bytesIn, latestSnapshot } from './as-found.ts';

/**
 * The rules that a unit had, for the one that takes its place: those that were written to it last in this job, or else
 * those that it was found with. Its calibration is of its own sensor and is never carried over.
 */
export function rulesOfDeadUnit(store: JobStore, unit: string): Uint8Array | null {
  const unitOf = new Map<string, string>();
  const compiled = new Map<string, string>();
  let rules: Uint8Array | null = bytesIn(latestSnapshot(store, unit), 'rules.json');
  for (const { kind, subject, body } of store.events()) {
    if (kind === 'wizard.opened' && isValidation(body)) unitOf.set(subject, body.unit);
    if (kind !== 'wizard.action') continue;
    const action = body as ValidateAction | ProvisionAction;
    if (action.type === 'compiled') compiled.set(subject, action.compiled.text);
    const text = compiled.get(subject);
    if (action.type === 'written' && unitOf.get(subject) === unit && text !== undefined) {
      rules = new TextEncoder().encode(text);
    }
  }
  return rules;
}

const isValidation = (body: unknown): body is { kind: 'validate'; unit: string } =>
  typeof body === 'object' && body !== null && Reflect.get(body, 'kind') === 'validate';
