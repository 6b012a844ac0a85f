import { dirname } from 'node:path';
import { Failure } from '../../shared/contract/failure.ts';
import { makeFolder } from '../files/files.ts';
import { aclLines } from '../provisioning/credentials/access-list.ts';
import { hideKey, makeAppKey } from '../provisioning/credentials/app-key.ts';
import { certificateFacts, type Issued, type IssueOptions } from '../provisioning/credentials/authority.ts';
import {
  makeProjectAuthority,
  projectAuthority,
  recordedAuthority,
} from '../provisioning/credentials/project-authority.ts';
import { certificateRequest } from '../provisioning/credentials/request.ts';
import type { Secret, Vault } from '../secrets/secrets.ts';
import { type JobStore, openJob, openOrCreateJob } from '../store/job-store.ts';
import { demandSound, describedAs } from './job.ts';

// A project's own authority, for a door that has no host running: it holds the project file while it works.

export type { Issued, IssueOptions };

async function withProject<T>(store: JobStore, work: (store: JobStore) => T | Promise<T>): Promise<T> {
  try {
    demandSound(store);
    return await work(store);
  } finally {
    store.close();
  }
}

/** STEP_BLOCKED where the project has one already: units that it vouched for would not know the new one. */
export function makeAuthority(
  jobPath: string,
  vault: Vault,
  { again = false, ...options }: IssueOptions & { again?: boolean } = {},
): Promise<Issued> {
  makeFolder(dirname(jobPath));
  const opened = openOrCreateJob(jobPath, { name: 'Commissioning' }, { exclusive: true });
  return withProject(opened, async (store) => {
    const known = recordedAuthority(store);
    if (known && !again) {
      const first = known.fingerprint.slice(0, 16);
      const detail = `the project has an authority already (${first}…), and only --again replaces it`;
      throw new Failure('STEP_BLOCKED', { detail });
    }
    return makeProjectAuthority(store, vault, `Plumbline ${describedAs(store).name}`, options);
  });
}

const none = (): Failure => new Failure('NOT_FOUND', { thing: 'authority', id: 'of this project' });

/** What is public of it; needs no passphrase. NOT_FOUND. */
export const showAuthority = (jobPath: string): Promise<Issued> =>
  withProject(openJob(jobPath), (store) => {
    const record = recordedAuthority(store);
    if (!record) throw none();
    return certificateFacts(record.certificate);
  });

export interface IssuedFiles extends Issued {
  /** The authority's own certificate. */
  authority: string;
  /** Null where the key is with whoever made the request. */
  key: Secret | null;
  /** Lines for the broker's access list. */
  acl: string[];
}

/** What the authority vouches for stands in the record before it leaves this room. */
function record(store: JobStore, whom: string, { subject, fingerprint, notAfter }: Issued): void {
  store.append({ kind: 'certificate.issued', subject: whom, body: { subject, fingerprint, notAfter } });
}

/** For a unit: of its request, or with a key made here. NOT_FOUND, SECRETS_LOCKED, CERTIFICATE_REFUSED. */
export const issueForUnit = (
  jobPath: string,
  vault: Vault,
  { unit, request, topic, days }: { unit: string; request: string | null; topic: string; days?: number },
): Promise<IssuedFiles> =>
  withProject(openJob(jobPath, { exclusive: true }), async (store) => {
    const authority = await projectAuthority(store, vault);
    if (!authority) throw none();
    const made = request === null ? makeAppKey() : null;
    const asked = made ? await certificateRequest(unit, made) : (request ?? '');
    const options = { hardwareId: unit, ...(days === undefined ? {} : { days }) };
    if (made) hideKey(vault.redactor, made.pem);
    const issued = await authority.issue(asked, options);
    record(store, unit, issued);
    return {
      ...issued,
      authority: authority.certificate,
      key: made?.pem ?? null,
      acl: aclLines(unit, unit, topic),
    };
  });

/** For the broker, with a key made here. NOT_FOUND, SECRETS_LOCKED. */
export const issueForServer = (
  jobPath: string,
  vault: Vault,
  { names, days }: { names: readonly string[]; days?: number },
): Promise<IssuedFiles> =>
  withProject(openJob(jobPath, { exclusive: true }), async (store) => {
    const authority = await projectAuthority(store, vault);
    if (!authority) throw none();
    const issued = await authority.issueServer(names, days === undefined ? {} : { days });
    hideKey(vault.redactor, issued.key);
    record(store, 'broker', issued);
    return { ...issued, authority: authority.certificate, acl: [] };
  });
