import type { CredentialFacts } from '../../shared/contract/connection.ts';
import type { ProvisionAction, PushJournal } from '../../shared/contract/provision.ts';
import type { JobStore } from '../store/job-store.ts';

/** What the record tells of earlier pushes to one unit, whichever wizard did them. */
export interface UnitHistory {
  journal: PushJournal | null;
  credential: CredentialFacts | null;
}

export function historyOf(store: JobStore, unit: string): UnitHistory {
  const unitOfWizard = new Map<string, string>();
  const history: UnitHistory = { journal: null, credential: null };
  for (const { kind, subject, body } of store.events()) {
    if (kind !== 'wizard.action') continue;
    const action = body as ProvisionAction;
    if (action.type === 'identified') unitOfWizard.set(subject, action.unit.hardwareId);
    if (unitOfWizard.get(subject) !== unit) continue;
    if (action.type === 'pushing' || action.type === 'confirmed' || action.type === 'rolledBack') {
      history.journal = action.journal;
    }
    if (action.type === 'credential') history.credential = action.credential;
  }
  return history;
}

/** It was begun and neither confirmed nor taken back. */
export const isOpen = (journal: PushJournal | null): journal is PushJournal =>
  journal !== null && journal.stage !== 'confirmed' && journal.stage !== 'rolled-back';
