import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CertificateFacts, DossierFacts } from '../../shared/contract/certificate.ts';
import type { PortInfo, UnitIdentity } from '../../shared/contract/devices.ts';
import { type DossierVerdict, verifyDossier, verifying } from '../../shared/dossier/dossier.ts';
import { plainSha256 } from '../../shared/dossier/signature.ts';
import type { SecretStore } from '../secrets/secrets.ts';
import { pieceBytes } from './dossier-pieces.ts';
import { createHost, type Host, type HostOptions } from './host.ts';

const resources = fileURLToPath(new URL('../../resources', import.meta.url));
const hardwareId = 'e6605838835a8f4a';
const identity: UnitIdentity = {
  hardwareId,
  family: 'micropython',
  implementation: 'micropython',
  version: '1.27.0',
  platform: 'rp2',
  machine: 'Raspberry Pi Pico',
  freeBytes: 1000,
  totalBytes: 2000,
  tag: null,
  agent: null,
};
const snapshot = {
  format: 'plumbline-snapshot-1',
  unit: identity,
  at: 1,
  software: null,
  files: [],
  secrets: [],
};

let folder: string;
let jobPath: string;
let hosts: Host[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumb-dossiers-'));
  jobPath = join(folder, 'job.plumb');
  hosts = [];
});
afterEach(async () => {
  for (const host of hosts) await host.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Keeps secrets for as long as the test lasts. */
function memory(): SecretStore {
  let kept: Uint8Array | null = null;
  return {
    load: async () => (kept === null ? null : Uint8Array.from(kept)),
    save: async (plain) => {
      kept = Uint8Array.from(plain);
    },
  };
}

async function opened(options: Partial<HostOptions> = {}): Promise<Host> {
  const log = pino({ level: 'silent' });
  const host = await createHost({
    bench: false,
    jobPath,
    resources,
    door: 'terminal',
    version: '9.9.9',
    log,
    ...options,
  });
  hosts.push(host);
  return host;
}

async function closed(host: Host): Promise<void> {
  hosts = hosts.filter((other) => other !== host);
  await host.close();
}

/** A unit that was looked at, as the journal of a provisioning that was left has it. */
async function withUnit(options: Partial<HostOptions> = {}): Promise<Host> {
  const first = await opened(options);
  await first.call('wizard.open', { kind: 'provision', fresh: true });
  const { store } = first;
  const port: PortInfo = { port: 'bench:1', kind: 'simulated', looksLike: 'unit' };
  for (const body of [
    { type: 'identify', port },
    { type: 'identified', unit: identity },
  ])
    store.append({ kind: 'wizard.action', subject: 'w1', body });
  store.append({ kind: 'unit.snapshot', subject: hardwareId, body: snapshot });
  await closed(first);
  return opened(options);
}

async function whole(host: Host, { sha256 }: DossierFacts): Promise<{ bytes: Buffer; pieces: number }> {
  const pieces: Buffer[] = [];
  for (let offset: number | null = 0; offset !== null; ) {
    const piece: { base64: string; next: number | null } = await host.call('dossier.read', {
      sha256,
      offset,
    });
    pieces.push(Buffer.from(piece.base64, 'base64'));
    offset = piece.next;
  }
  return { bytes: Buffer.concat(pieces), pieces: pieces.length };
}

const sound = (verdict: DossierVerdict): Extract<DossierVerdict, { ok: true }> => {
  if (!verdict.ok) throw new Error(`${verdict.part}: ${verdict.reason}`);
  return verdict;
};

/** Enters a certificate as it is issued, its files beside the project. */
function issue(host: Host, number: string, size = 10): void {
  const bytes = { pdf: Buffer.alloc(size, number), dcc: Buffer.from('<dcc/>'), json: Buffer.from('{}') };
  const facts = (content: Buffer) => ({ sha256: plainSha256(content), size: content.length });
  const own = join(`${jobPath}.certificates`, number);
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'certificate.pdf'), bytes.pdf);
  writeFileSync(join(own, 'dcc.xml'), bytes.dcc);
  writeFileSync(join(own, 'certificate.json'), bytes.json);
  const body: Omit<CertificateFacts, 'amendedBy'> = {
    number,
    unit: hardwareId,
    wizard: 'w2',
    channel: 't1',
    at: 2,
    amends: null,
    verdict: 'pass',
    signed: false,
    files: { pdf: facts(bytes.pdf), dcc: facts(bytes.dcc), json: facts(bytes.json) },
  };
  host.store.append({ kind: 'certificate.issued', subject: hardwareId, body });
}

describe('a dossier', () => {
  it('holds what was issued and the journal, and is entered in the record', async () => {
    const host = await withUnit();
    issue(host, 'PL-7');
    host.store.append({ kind: 'certificate.issued', subject: 'broker', body: { subject: 'CN=b' } });
    const facts = await host.call('dossier.build', {});
    const { bytes } = await whole(host, facts);
    const { manifest, fingerprint } = sound(verifyDossier(bytes, { signer: facts.signer }));
    expect(manifest.parts.map(({ path }) => path)).toEqual([
      'certificates/PL-7/certificate.json',
      'certificates/PL-7/certificate.pdf',
      'certificates/PL-7/dcc.xml',
      'chain.jsonl',
      `configuration/${hardwareId}/after.json`,
      `record/${hardwareId}.json`,
      `report/${hardwareId}.pdf`,
      'signer.pem',
    ]);
    expect(facts).toMatchObject({
      signer: fingerprint,
      entries: 8,
      size: bytes.length,
      sha256: plainSha256(bytes),
    });
    expect(manifest.units).toEqual([{ unit: hardwareId, tag: '' }]);
    expect(await host.call('dossier.list', {})).toEqual([facts]);
    // Its own entry is the one event that it does not hold.
    expect(host.store.head().seq).toBe(manifest.chain.events + 1);
  });

  it('has the same bytes for the same job, also when its file is gone; work makes another', async () => {
    const store = memory();
    const host = await withUnit({ secretStore: store });
    const first = await host.call('dossier.build', {});
    expect(await host.call('dossier.build', {})).toEqual(first);
    rmSync(`${jobPath}.dossiers`, { recursive: true });
    const again = await host.call('dossier.build', {});
    expect([again.sha256, again.signer]).toEqual([first.sha256, first.signer]);
    host.store.append({
      kind: 'job.described',
      subject: 'job',
      body: { name: 'B', engineer: '', customer: '' },
    });
    const [other, same] = await Promise.all([host.call('dossier.build', {}), host.call('dossier.build', {})]);
    expect(other.sha256).not.toBe(first.sha256);
    expect(same).toEqual(other);
    const { manifest } = sound(verifyDossier((await whole(host, other)).bytes, { signer: first.signer }));
    expect([manifest.signer.key, manifest.job.name]).toEqual(['kept', 'B']);
  });

  it('issues a report anew where the unit was worked on since, and only there', async () => {
    const host = await withUnit();
    const reports = async () => (await host.call('report.list', {})).length;
    await host.call('dossier.build', {});
    issue(host, 'PL-1');
    await host.call('dossier.build', {});
    expect(await reports()).toBe(1);
    const body = { type: 'identified', unit: { ...identity, freeBytes: 7 } };
    host.store.append({ kind: 'wizard.action', subject: 'w1', body });
    const { bytes } = await whole(host, await host.call('dossier.build', {}));
    expect(await reports()).toBe(2);
    sound(verifyDossier(bytes));
  });

  it('keeps its signer over the next start, and says where a key is for one dossier only', async () => {
    const secretStore = memory();
    const host = await withUnit({ secretStore });
    const first = await host.call('dossier.build', {});
    issue(host, 'PL-1');
    await closed(host);
    const second = await opened({ secretStore });
    const next = await second.call('dossier.build', {});
    expect(next.signer).toBe(first.signer);
    issue(second, 'PL-2');
    await closed(second);
    for (const options of [{}, { secretStore: memory() }]) {
      const elsewhere = await opened(options);
      const other = await elsewhere.call('dossier.build', {});
      expect(other.signer).not.toBe(first.signer);
      const { manifest } = sound(verifyDossier((await whole(elsewhere, other)).bytes));
      expect(manifest.signer.key).toBe('for this dossier');
      issue(elsewhere, `PL-${other.entries}`);
      await closed(elsewhere);
    }
  });

  it('comes in pieces where it is large', async () => {
    const host = await withUnit();
    issue(host, 'PL-1', 2 * pieceBytes + 5);
    const { bytes, pieces } = await whole(host, await host.call('dossier.build', {}));
    expect(pieces).toBe(3);
    const steps = verifying(bytes);
    for (let step = steps.next(); ; step = steps.next()) {
      if (!step.done) continue;
      sound(step.value);
      break;
    }
  });

  it('is not made of what was changed after its issue', async () => {
    const host = await withUnit();
    issue(host, 'PL-1');
    const path = join(`${jobPath}.certificates`, 'PL-1', 'dcc.xml');
    writeFileSync(path, '<DCC/>');
    await expect(host.call('dossier.build', {})).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      params: { path },
    });
    rmSync(path);
    await expect(host.call('dossier.build', {})).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    expect(await host.call('dossier.list', {})).toEqual([]);
  });

  it('is not handed out when its file was changed, and not under a name that the record does not know', async () => {
    const host = await withUnit();
    const { sha256 } = await host.call('dossier.build', {});
    const [own] = readdirSync(`${jobPath}.dossiers`);
    const path = join(`${jobPath}.dossiers`, own ?? '', 'dossier.plumbz');
    writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.alloc(1)]));
    await expect(host.call('dossier.read', { sha256 })).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    const other = '0'.repeat(64);
    await expect(host.call('dossier.read', { sha256: other })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('needs no unit, and holds no secret', async () => {
    const secretStore = memory();
    const host = await opened({ secretStore });
    await host.call('secrets.put', { label: 'broker', value: 'correct horse battery' });
    const { bytes } = await whole(host, await host.call('dossier.build', {}));
    expect(sound(verifyDossier(bytes)).manifest.units).toEqual([]);
    const kept = JSON.parse(Buffer.from((await secretStore.load()) ?? []).toString()) as {
      secrets: { base64: string }[];
    };
    expect(kept.secrets).toHaveLength(2);
    for (const { base64 } of kept.secrets) {
      const secret = Buffer.from(base64, 'base64');
      for (const form of [secret, Buffer.from(secret.toString('hex')), Buffer.from(base64)])
        expect(bytes.includes(form)).toBe(false);
    }
  });
});

it('hands out the page that verifies, or says that it was not built', async () => {
  const verifier = join(folder, 'verifier.html');
  const host = await opened({ verifier });
  await expect(host.call('dossier.verifier', {})).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  writeFileSync(verifier, '<!doctype html>');
  const { name, base64 } = await host.call('dossier.verifier', {});
  expect([name, Buffer.from(base64, 'base64').toString()]).toEqual(['verifier.html', '<!doctype html>']);
});
