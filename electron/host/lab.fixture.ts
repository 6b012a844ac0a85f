import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import type { PortInfo, UnitIdentity } from '../../shared/contract/devices.ts';
import type { RecordingFacts } from '../../shared/contract/recordings.ts';
import type { ValidateIntent, ValidateState } from '../../shared/contract/validate.ts';
import { createHost, type Host } from './host.ts';

const resources = fileURLToPath(new URL('../../resources', import.meta.url));
export const unit = 'e6605838835a8f4a';
const identity: UnitIdentity = {
  hardwareId: unit,
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
const port: PortInfo = { port: 'none:1', kind: 'simulated', looksLike: 'unit' };
const settings = {
  tag: 'TT-1',
  asset: '',
  location: 'Bench',
  profile: 'bench-thermometer',
  periodMs: 100,
};

const opened = (jobPath: string): Promise<Host> =>
  createHost({
    bench: false,
    jobPath,
    resources,
    door: 'terminal',
    version: '9.9.9',
    log: pino({ level: 'silent' }),
  });

/** A host whose record knows one provisioned unit that is not plugged in. */
export async function hostWithUnit(jobPath: string): Promise<Host> {
  const first = await opened(jobPath);
  await first.call('wizard.open', { kind: 'provision', fresh: true });
  for (const body of [
    { type: 'identify', port },
    { type: 'identified', unit: identity },
    { type: 'describe', settings, software: { kind: 'app' } },
  ])
    first.store.append({ kind: 'wizard.action', subject: 'w1', body });
  await first.close();
  return opened(jobPath);
}

export { opened as hostAgain };

/** The whole way of a file into the job, in pieces of so many bytes. */
export async function imported(
  host: Host,
  csv: string,
  { name = 'a week', file = 'week.csv', pieceBytes = 1000 } = {},
): Promise<RecordingFacts> {
  const upload = await uploaded(host, csv, { file, pieceBytes });
  return host.call('recordings.import', { upload, unit, name });
}

export async function uploaded(host: Host, csv: string, { file = 'week.csv', pieceBytes = 1000 } = {}) {
  const bytes = Buffer.from(csv);
  const { upload } = await host.call('recordings.upload', { name: file, size: bytes.length });
  for (let at = 0; at < bytes.length; ) {
    const base64 = bytes.subarray(at, at + pieceBytes).toString('base64');
    ({ at } = await host.call('recordings.piece', { upload, at, base64 }));
  }
  return upload;
}

/** One value a second, in degrees; the time in ms. */
export const csvOf = (values: readonly (number | string)[]): string =>
  ['t (ms),t1 (°C)', ...values.map((value, i) => `${i * 1000},${value}`), ''].join('\n');

/** Acts on a rules wizard and waits until nothing runs any more. */
export async function acted(host: Host, id: string, intent: ValidateIntent): Promise<ValidateState> {
  await host.call('wizard.act', { id, action: { kind: 'validate', intent } });
  for (;;) {
    const state = (await host.call('wizard.get', { id })) as ValidateState;
    if (state.task === null) return state;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export const fileOf = (jobPath: string, { id }: RecordingFacts): string => `${jobPath}.recordings/${id}.csv`;
export const textOf = (path: string): string => readFileSync(path, 'utf8');
