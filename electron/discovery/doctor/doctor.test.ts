import { describe, expect, test } from 'vitest';
import type { PortInfo } from '../../../shared/contract/devices.ts';
import { type CheckId, checkIds, Diagnosis, type FindingState } from '../../../shared/contract/doctor.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { memoryTransport } from '../../transport/memory-transport.ts';
import type { OpenPort } from '../../transport/transport.ts';
import { type DoctorOptions, diagnose } from './doctor.ts';
import { ada, debian, makeTree, ruleSource } from './tree.fixture.ts';

const unit: PortInfo = {
  port: '/dev/ttyACM5',
  kind: 'serial',
  vendorId: '2e8a',
  productId: '0005',
  looksLike: 'unit',
};

/** A line on which everything that is opened, written and asked is kept. */
function bench(says = '') {
  const events: string[] = [];
  const openPort: OpenPort = async (port) => {
    events.push(`open ${port}`);
    const { transport, far } = memoryTransport(port, (bytes) =>
      events.push(`write ${bytes.toString('latin1')}`),
    );
    if (says) far.say(says);
    void transport.closed.then(() => events.push('close'));
    return transport;
  };
  const greet: DoctorOptions['greet'] = async () => {
    events.push('hello');
    return { agent: '0.1.0', unit: 'e661', tag: '' };
  };
  return { events, openPort, greet };
}

async function examine(more: Partial<DoctorOptions>, listed: PortInfo[] = []) {
  const diagnosis = await diagnose({
    ruleSource,
    ...bench(),
    signal: new AbortController().signal,
    list: async () => listed,
    base: more.base ?? (await makeTree(quiet)),
    platform: 'linux',
    identity: ada,
    listenMs: 1,
    ...more,
  });
  Diagnosis.parse(diagnosis);
  const state = (id: CheckId, at = 0): FindingState | undefined =>
    diagnosis.reports[at]?.findings.find((finding) => finding.id === id)?.state;
  return { diagnosis, state };
}

/** A port is a character device, and there is one in every test machine that everybody may open. */
const quiet = Object.fromEntries([5, 6, 7].map((n) => [`/dev/ttyACM${n}`, '-> /dev/null']));

describe('a port', () => {
  test('against which nothing speaks is opened, listened to, greeted and closed; nothing else is written', async () => {
    const { events, ...line } = bench();
    const { diagnosis, state } = await examine({ ...line, port: '/dev/ttyACM5' }, [unit]);
    expect(events).toEqual(['open /dev/ttyACM5', 'hello', 'close']);
    expect([state('opens'), state('answers')]).toEqual(['ok', 'ok']);
    expect(diagnosis.reports[0]?.findings.map(({ id }) => id)).toEqual(checkIds);
  });

  test.each<[string, Partial<DoctorOptions>, CheckId]>([
    ['that is not there', { port: '/dev/ttyACM9' }, 'port-exists'],
    ['that another program holds', { port: '/dev/ttyACM0' }, 'port-held'],
    ['that a living process has locked', { port: '/dev/ttyACM0' }, 'lock-file'],
  ])('%s is never opened', async (_name, more, id) => {
    const { events, ...line } = bench();
    const { diagnosis, state } = await examine({ ...line, ...more, base: await makeTree(debian) });
    expect(events).toEqual([]);
    expect([diagnosis.ok, state(id), state('opens')]).toEqual([false, 'problem', 'not-applicable']);
  });

  test('that looks like a reference is listened to, and asked nothing', async () => {
    const { events, ...line } = bench();
    const reference: PortInfo = { ...unit, looksLike: 'reference' };
    const { state } = await examine({ ...line, port: '/dev/ttyACM5' }, [reference]);
    expect([events, state('answers')]).toEqual([['open /dev/ttyACM5', 'close'], 'ok']);
  });

  test('that does not open is a finding with the failure’s words', async () => {
    const openPort: OpenPort = async (port) => {
      throw new Failure('PORT_BUSY', { port });
    };
    const { diagnosis, state } = await examine({ openPort, port: '/dev/ttyACM5' });
    expect([diagnosis.ok, state('opens'), state('answers')]).toEqual([false, 'problem', 'not-applicable']);
  });

  test('of the network is opened and greeted too', async () => {
    const { state } = await examine({ port: 'tcp:10.0.0.5:5025' });
    expect([state('port-exists'), state('opens'), state('answers')]).toEqual(['not-applicable', 'ok', 'ok']);
  });
});

describe('without a name', () => {
  const bridge: PortInfo = { ...unit, port: '/dev/ttyACM6', vendorId: '1a86', productId: '7523' };
  const stranger: PortInfo = { ...unit, port: '/dev/ttyACM7', looksLike: 'unknown' };

  test('only what takes no harm is opened', async () => {
    const { events, ...line } = bench();
    const { diagnosis, state } = await examine({ ...line }, [unit, bridge, stranger]);
    expect(events).toEqual(['open /dev/ttyACM5', 'hello', 'close']);
    expect(diagnosis.reports).toHaveLength(3);
    expect([0, 1, 2].map((at) => state('opens', at))).toEqual(['ok', 'not-applicable', 'not-applicable']);
  });

  test('and without any port the computer is looked at', async () => {
    const { diagnosis, state } = await examine({ base: await makeTree(debian) });
    expect(diagnosis.reports.map(({ port }) => port)).toEqual([null]);
    // The CH340 that brltty has taken, and the Pico's drive.
    const states = (['port-exists', 'driver', 'brltty', 'bootloader'] as const).map((id) => state(id));
    expect(states).toEqual(['problem', 'problem', 'problem', 'problem']);
  });
});

test('Ctrl-C ends it', async () => {
  const stop = new AbortController();
  const openPort: OpenPort = async (port) => {
    stop.abort();
    return memoryTransport(port, () => undefined).transport;
  };
  const examining = examine({
    openPort,
    port: '/dev/ttyACM5',
    signal: stop.signal,
    listenMs: 60_000,
  });
  await expect(examining).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('what is not checked on macOS and Windows says so', async () => {
  for (const platform of ['darwin', 'win32'] as const) {
    const { diagnosis } = await examine({ port: 'COM3', platform }, [{ ...unit, port: 'COM3' }]);
    const unchecked = diagnosis.reports[0]?.findings.filter(
      ({ evidence }) => evidence === `not checked on ${platform}`,
    );
    const ids = [
      'signed-in-again',
      'udev-rule',
      'modem-manager',
      'brltty',
      'port-held',
      'lock-file',
      'driver',
    ];
    expect(unchecked?.map(({ id }) => id)).toEqual(ids);
  }
});
