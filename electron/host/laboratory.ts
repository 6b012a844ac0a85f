import { Laboratory } from '../../shared/contract/certificate.ts';
import { unknownCountry } from '../../shared/report/certificate/certificate.ts';
import { readLogo } from '../report/report.ts';
import type { JobStore } from '../store/job-store.ts';
import type { Handlers } from './server.ts';

const described = 'laboratory.described';

/** Nobody has said yet who calibrates: without name and address no certificate is issued. */
export const noLaboratory: Laboratory = Laboratory.parse({
  party: { name: '', address: '', country: unknownCountry, contact: '' },
});

/** The newest description; null: there is none. */
export function laboratoryOf(store: JobStore): Laboratory | null {
  const newest = [...store.events({ kind: described, subject: 'job' })].at(-1);
  return newest === undefined ? null : Laboratory.parse(newest.body);
}

/** Enters it in the record, unless it stands there already. FILE_UNREADABLE when the logo is no picture. */
export function describeLaboratory(store: JobStore, laboratory: Laboratory): Laboratory {
  if (laboratory.logo !== null) readLogo(laboratory.logo);
  const present = laboratoryOf(store);
  if (JSON.stringify(present) !== JSON.stringify(laboratory))
    store.append({ kind: described, subject: 'job', body: laboratory });
  return laboratory;
}

export const laboratoryHandlers = ({
  store,
}: {
  store: JobStore;
}): Pick<Handlers, 'laboratory.get' | 'laboratory.describe'> => ({
  'laboratory.get': () => laboratoryOf(store) ?? noLaboratory,
  'laboratory.describe': ({ laboratory }) => describeLaboratory(store, laboratory),
});
