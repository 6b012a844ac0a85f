import type { CredentialFacts } from '../../shared/contract/connection.ts';
import type { ProvisionAction, PushJournal } from '../../shared/contract/provision.ts';
import type { JobStore } from '../store/job-store.ts';

/** What the record tells of earlier pushes to one unit, whichever wizard did them. */
export interface UnitHistory {
  journal: PushJournal | null;
  /** Made for it by the authority that the project has now. */
  credential: CredentialFacts | null;
  /** Hash of the unit's certificate as it was pushed last. */
  certificateFile: string | null;
}

export function historyOf(store: JobStore, unit: string): UnitHistory {
  const unitOfWizard = new Map<string, string>();
  const history: UnitHistory = { journal: null, credential: null, certificateFile: null };
  for (const { kind, subject, body } of store.events()) {
    if (kind === 'authority.made') history.credential = null;
    if (kind !== 'wizard.action') continue;
    const action = body as ProvisionAction;
    if (action.type === 'identified') unitOfWizard.set(subject, action.unit.hardwareId);
    if (unitOfWizard.get(subject) === unit) take(history, action);
  }
  return history;
}

function take(history: UnitHistory, action: ProvisionAction): void {
  switch (action.type) {
    case 'pushing':
    case 'confirmed':
    case 'rolledBack':
      history.journal = action.journal;
      break;
    case 'credential':
      history.credential = action.credential;
      break;
    case 'pushed':
      history.certificateFile = action.files.find(({ path }) => path.endsWith('/cert.pem'))?.sha256 ?? null;
      break;
    default:
  }
}

/** It was begun and neither confirmed nor taken back. */
export const isOpen = (journal: PushJournal | null): journal is PushJournal =>
  journal !== null && journal.stage !== 'confirmed' && journal.stage !== 'rolled-back';
