import { rm } from 'node:fs/promises';
import type { CalibrateState } from '../../shared/contract/calibrate.ts';
import type { CertificateFacts } from '../../shared/contract/certificate.ts';
import type { ParsedParams } from '../../shared/contract/contract.ts';
import { Failure } from '../../shared/contract/failure.ts';
import {
  buildCertificate,
  type CertificateInput,
  type CertificateRecord,
  certificateText,
} from '../../shared/report/certificate/certificate.ts';
import { dccText } from '../../shared/report/dcc/dcc.ts';
import { renderCertificate, writeCertificate } from '../report/report.ts';
import { signPdf } from '../report/signature/signature.ts';
import { Secret } from '../secrets/secrets.ts';
import { certificateFolder, certificatesOf } from './certificate-facts.ts';
import { demandSound, describedAs } from './job.ts';
import { laboratoryOf } from './laboratory.ts';
import { paperOf } from './paper.ts';
import { overview, type Services } from './services.ts';

type Issue = ParsedParams<'certificates.issue'>;

const refused = (detail: string): Failure => new Failure('CERTIFICATE_NOT_ISSUED', { detail });

/** The calibration that is meant. */
function calibrationOf({ desk }: Services, id: string): CalibrateState {
  const state = desk.list().find((wizard) => wizard.id === id);
  if (state?.kind !== 'calibrate') throw new Failure('NOT_FOUND', { thing: 'calibration', id });
  return state;
}

/** A calibration has one certificate that counts: a second one takes the place of the first, and says why. */
function demandOrder({ store }: Services, { wizard, amends }: Issue): void {
  const issued = certificatesOf(store);
  if (amends === null) {
    const present = issued.findLast((certificate) => certificate.wizard === wizard);
    if (present)
      throw refused(`the certificate ${present.number} of this calibration was issued; amend that one`);
    return;
  }
  const amended = issued.find(({ number }) => number === amends.number);
  if (!amended) throw new Failure('NOT_FOUND', { thing: 'certificate', id: amends.number });
  if (amended.wizard !== wizard) throw refused(`${amends.number} is the certificate of another calibration`);
  if (amended.amendedBy !== null)
    throw refused(`${amended.amendedBy} stands in the place of ${amends.number}; amend that one`);
}

function inputOf(services: Services, state: CalibrateState, amends: Issue['amends']): CertificateInput {
  const { store, options, profiles, desk } = services;
  const unit = overview(services).units.find(({ hardwareId }) => hardwareId === state.unit);
  if (!unit) throw new Failure('NOT_FOUND', { thing: 'unit', id: state.unit });
  const profile = unit.settings ? profiles.get(unit.settings.profile) : undefined;
  const provisioned = unit.wizards.provision === null ? null : desk.get(unit.wizards.provision);
  const laboratory = laboratoryOf(store);
  const chain = store.head();
  const prefix = laboratory?.prefix ? `${laboratory.prefix}-` : '';
  return {
    // The chain's hash makes it unique beyond this project.
    number: `${prefix}${state.unit.slice(-8)}-${chain.seq}-${chain.hash.slice(0, 8)}`,
    amends,
    issuedAt: Date.now(),
    software: options.version,
    bench: unit.port.startsWith('bench:'),
    laboratory,
    job: describedAs(store),
    unit: {
      identity: unit.identity,
      settings: unit.settings,
      title: profile?.title ?? '',
      agent: provisioned?.kind === 'provision' ? provisioned.agent : null,
      channels: profile?.channels ?? [],
    },
    calibrate: state,
    chain,
  };
}

async function pdfOf(
  { vault, options }: Services,
  record: CertificateRecord,
  dcc: string,
  signature: Issue['signature'],
): Promise<Uint8Array> {
  const pdf = await renderCertificate(record, dcc, paperOf(options));
  if (signature === null) return pdf;
  vault.redactor.add(new Secret(signature.passphrase));
  return signPdf(pdf, {
    p12: Buffer.from(signature.p12, 'base64'),
    passphrase: signature.passphrase,
    reason: `Calibration certificate ${record.number}`,
    at: Date.parse(record.issuedAt),
  });
}

async function issueNow(services: Services, order: Issue): Promise<CertificateFacts> {
  const { store, options } = services;
  demandSound(store);
  const state = calibrationOf(services, order.wizard);
  demandOrder(services, order);
  const record = buildCertificate(inputOf(services, state, order.amends));
  const dcc = dccText(record);
  const bytes = {
    pdf: await pdfOf(services, record, dcc, order.signature),
    dcc: Buffer.from(dcc, 'utf8'),
    json: Buffer.from(certificateText(record), 'utf8'),
  };
  const folder = certificateFolder(options.jobPath, record.number);
  const written = await writeCertificate(folder, bytes);
  const fact = ({ sha256, size }: { sha256: string; size: number }): CertificateFacts['files']['pdf'] => ({
    sha256,
    size,
  });
  const facts: Omit<CertificateFacts, 'amendedBy'> = {
    number: record.number,
    unit: state.unit,
    wizard: state.id,
    channel: record.item.channel.id,
    at: Date.parse(record.issuedAt),
    amends: order.amends,
    verdict: record.decision.verdict,
    signed: order.signature !== null,
    files: { pdf: fact(written.pdf), dcc: fact(written.dcc), json: fact(written.json) },
  };
  try {
    store.append({ kind: 'certificate.issued', subject: state.unit, body: facts });
  } catch (thrown) {
    // Files of which the record knows nothing are no certificate, and nobody shall find them.
    await rm(folder, { recursive: true, force: true });
    throw thrown;
  }
  services.emit('certificates.changed', certificatesOf(store));
  services.emit('job.changed', overview(services));
  return { ...facts, amendedBy: null };
}

/** One at a time for each project: two would find that none was issued yet. */
const issuing = new WeakMap<Services['store'], Promise<unknown>>();

/**
 * Issues the certificate of a finished calibration: PDF/A with the DCC inside, DCC, record; their hashes are entered in
 * the project's record. CERTIFICATE_NOT_ISSUED, naming what is missing; NOT_FOUND, KEY_INVALID, FILE_UNWRITABLE.
 */
export function issueCertificate(services: Services, order: Issue): Promise<CertificateFacts> {
  const before = issuing.get(services.store) ?? Promise.resolve();
  const issued = before.catch(() => undefined).then(() => issueNow(services, order));
  issuing.set(services.store, issued);
  return issued;
}
