import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { Connections } from '../../electron/drivers/connections.ts';
import { createOpenPort } from '../../electron/transport/open-port.ts';
import { ReferenceSource } from '../../shared/contract/standards.ts';
import { needs, pythonWithModbus } from '../needs.ts';
import { root, type Started, start, temporaryFolder } from './terminal.ts';

const server = (...args: string[]): Started =>
  start(pythonWithModbus, [join(root, 'test', 'peers', 'modbus_server.py'), ...args]);

type Source = Extract<ReferenceSource, { kind: 'modbus' }>;
const source = (more: object): Source =>
  ReferenceSource.parse({
    kind: 'modbus',
    unitId: 1,
    table: 'holding',
    address: 0,
    type: 'int16',
    decimals: 1,
    unit: 'degC',
    ...more,
  }) as Source;

/** What the registers of `modbus_server.py` are, read in every way that there is. */
const registers: [string, object, string][] = [
  ['an int16', {}, '25.0'],
  ['a negative int16', { address: 1, decimals: 3 }, '-0.005'],
  ['the same as an uint16', { address: 1, type: 'uint16', decimals: 0 }, '65531'],
  ['a float', { address: 2, type: 'float32', decimals: 3 }, '25.345'],
  [
    'a float with its low word first',
    { address: 4, type: 'float32', decimals: 3, wordOrder: 'low-first' },
    '25.345',
  ],
  ['an int32', { address: 6, type: 'int32', decimals: 4 }, '-8.0000'],
  ['an input register', { table: 'input', decimals: 2 }, '12.34'],
];

let connections: Connections;
afterEach(() => connections.close());
const { signal } = new AbortController();
const read = async (port: string, more: object): Promise<string> => {
  const session = await connections.reference(port, signal, source(more));
  return (await session.read()).value;
};

/** On either line the same. */
function reads(port: () => string): void {
  it.each(registers)('reads %s', async (_, more, value) => {
    connections = new Connections(createOpenPort({}));
    expect(await read(port(), more)).toBe(value);
  });

  it('tells a register that is not there, and a unit that does not answer', async () => {
    connections = new Connections(createOpenPort({}));
    await expect(read(port(), { address: 7, type: 'int32' })).rejects.toMatchObject({
      code: 'REFERENCE_UNREADABLE',
      params: { detail: expect.stringContaining('exception 2, illegal data address') },
    });
    await expect(read(port(), { unitId: 9 })).rejects.toMatchObject({
      code: expect.stringMatching(/^(NO_REPLY|REFERENCE_UNREADABLE)$/),
    });
    expect(await read(port(), {})).toBe('25.0');
  });

  it('reads on and on without losing step', async () => {
    connections = new Connections(createOpenPort({}));
    const session = await connections.reference(port(), signal, source({}));
    for (let i = 0; i < 100; i += 1) expect((await session.read()).value).toBe('25.0');
  });
}

needs('pymodbus')('Modbus/TCP of pymodbus', () => {
  let peer: Started;
  let port: string;
  beforeAll(async () => {
    peer = server('tcp');
    port = `tcp:127.0.0.1:${/port (\d+)/.exec(await peer.said('port '))?.[1]}`;
  }, 20_000);
  afterAll(async () => {
    peer.kill('SIGKILL');
    await peer.ended;
  });
  reads(() => port);
});

needs('pymodbus', 'socat')('Modbus RTU of pymodbus over a serial line', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let cable: Started;
  let peer: Started;
  beforeAll(async () => {
    folder = await temporaryFolder();
    const end = (name: string): string => `pty,raw,echo=0,link=${join(folder.path, name)}`;
    cable = start('socat', ['-d', '-d', end('near'), end('far')]);
    await cable.said('starting data transfer', 'stderr');
    // A pseudo-terminal carries no parity bit; the app's side asks for even parity all the same.
    peer = server('rtu', join(folder.path, 'far'), 'N');
    await peer.said('ready');
  }, 20_000);
  afterAll(async () => {
    for (const program of [peer, cable]) {
      program.kill('SIGKILL');
      await program.ended;
    }
    await folder.remove();
  });
  reads(() => join(folder.path, 'near'));
});
