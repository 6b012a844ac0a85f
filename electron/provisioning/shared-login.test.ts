import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ConnectionSettings, noConnection } from '../../shared/contract/connection.ts';
import { newProvision } from '../../shared/wizard/provision.ts';
import { createJob, type JobStore } from '../store/job-store.ts';
import { refuseLoginOfMany, refuseSharedLogin } from './shared-login.ts';

let folder: string;
let store: JobStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumb-login-'));
  store = createJob(join(folder, 'job.plumb'), { name: 'Pump house' });
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const identity = (hardwareId: string) => ({
  hardwareId,
  family: 'micropython' as const,
  implementation: 'micropython',
  version: '1.25.0',
  platform: 'rp2',
  machine: 'Pico',
  freeBytes: 1,
  totalBytes: 2,
  tag: null,
  agent: null,
});
const as = (username: string): ConnectionSettings => ({
  ...noConnection,
  broker: {
    host: 'broker.plant',
    port: 1883,
    tls: null,
    login: { kind: 'password', username, password: 'env:MQTT' },
    watcher: null,
    topic: 'plumbline',
    keepAliveSeconds: 15,
  },
});

/** What the record says of a unit that signs in under this name. */
function provisioned(unit: string, subject: string, dead: string | null = null): void {
  const wizard = `wizard of ${unit}`;
  const replaces = dead === null ? {} : { replaces: { unit: dead } };
  store.append({ kind: 'wizard.opened', subject: wizard, body: { kind: 'provision', ...replaces } });
  const credential = {
    kind: 'password',
    subject,
    fingerprint: null,
    notAfter: null,
    keyMadeOn: null,
    acl: [],
  };
  for (const action of [
    { type: 'identified', unit: identity(unit) },
    { type: 'credential', credential },
    { type: 'confirmed' },
  ]) {
    store.append({ kind: 'wizard.action', subject: wizard, body: action });
  }
}
const refused = (unit: string, username: string, replaces: string | null = null) => {
  const state = { ...newProvision('w'), unit: identity(unit), connection: as(username), replaces };
  try {
    refuseSharedLogin(store, state);
    return null;
  } catch (thrown) {
    return thrown;
  }
};

it('a user with a password is that of one unit', () => {
  provisioned('beef0001', 'hall3');
  expect(refused('beef0001', 'hall3')).toBeNull();
  expect(refused('beef0002', 'hall4')).toBeNull();
  expect(refused('beef0002', 'unit-{unit}')).toBeNull();
  expect(refused('beef0002', 'hall3')).toMatchObject({
    code: 'STEP_BLOCKED',
    deviceState: 'unchanged',
    params: { detail: expect.stringContaining('beef0001') },
  });
});

it('of a unit that is dead it goes over to the one that takes its place, and stays there', () => {
  provisioned('beef0001', 'hall3');
  expect(refused('beef0002', 'hall3', 'beef0001')).toBeNull();
  provisioned('beef0002', 'hall3', 'beef0001');
  expect(refused('beef0002', 'hall3')).toBeNull();
  expect(refused('beef0001', 'hall3')).toMatchObject({ code: 'STEP_BLOCKED' });
});

it('a unit that signs in otherwise by now gives its user free', () => {
  provisioned('beef0001', 'hall3');
  provisioned('beef0001', 'hall5');
  expect(refused('beef0002', 'hall3')).toBeNull();
});

it('many units at once need a name that is made of the unit', () => {
  expect(() => refuseLoginOfMany(as('hall3'), 2)).toThrow(/share the password of hall3/);
  refuseLoginOfMany(as('hall3'), 1);
  refuseLoginOfMany(as('unit-{unit}'), 8);
  refuseLoginOfMany(noConnection, 8);
});
