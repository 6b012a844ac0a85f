import { describe, expect, it } from 'vitest';
import type { Frame } from '../../shared/contract/devices.ts';
import { ReferenceSource, ReferenceStandard } from '../../shared/contract/standards.ts';
import { memoryTransport } from '../transport/memory-transport.ts';
import type { Transport } from '../transport/transport.ts';
import { Connections } from './connections.ts';
import type { ReferenceAsk } from './driver.ts';
import { modbusCrc } from './modbus/crc.ts';
import { identifyReference, referenceFor } from './reference-source.ts';
import { SharedReferences } from './shared-reference.ts';

const standard = ReferenceStandard.parse({
  id: 's1',
  maker: 'Testo',
  model: '110',
  serial: '42',
  unit: 'degC',
  resolution: '0.1',
  certificates: [
    {
      number: 'C',
      laboratory: 'L',
      issued: '2026-01-01',
      due: '2027-01-01',
      points: [{ value: '0', expandedUncertainty: '0.1' }],
    },
  ],
});
const modbus = {
  kind: 'modbus',
  unitId: 1,
  table: 'input',
  address: 0,
  type: 'int16',
  decimals: 1,
  unit: 'degC',
};

/** Whether it answers SCPI or Modbus; it notes how it was opened and closed. */
function instruments() {
  const opened: unknown[] = [];
  const connections = new Connections(async (port, options = {}) => {
    const { signal: _, ...line } = options;
    opened.push({ port, ...line });
    const { transport } = memoryTransport(port, (bytes, far) => {
      if (bytes[0] === 1) {
        const body = Buffer.from([1, 4, 2, 0, 0xfa]);
        const crc = modbusCrc(body);
        far.say(Buffer.concat([body, Buffer.from([crc & 0xff, crc >>> 8])]));
        return;
      }
      const line = bytes.toString('latin1');
      if (line === '*IDN?\n') far.say('Fluke,1524,A-1,2.0\n');
      if (line === 'UNIT:TEMP?\n') far.say('C\n');
      if (line === 'SOUR:SPO?\n') far.say('2.0E+1\n');
      if (line === 'READ?\n') far.say('+2.500E+01\n');
    });
    void transport.closed.then(() => opened.push(`${port} closed`));
    return transport as Transport;
  });
  const references = new SharedReferences((port, signal, source) =>
    connections.reference(port, signal, source),
  );
  return { opened, connections, references };
}

const ask = (source: object, more: Partial<ReferenceAsk> = {}): ReferenceAsk => ({
  source: ReferenceSource.parse(source),
  port: 'bath',
  unit: { hardwareId: 'abcd', port: 'unit' },
  standard: null,
  channelOf: () => null,
  typed: () => null,
  ...more,
});
const { signal } = new AbortController();

describe('a reference on a port', () => {
  it('says who it is where it speaks SCPI, whatever the register has', async () => {
    const tools = instruments();
    const found = await identifyReference(tools, ask({ kind: 'scpi' }, { standard }), signal);
    expect(found).toMatchObject({ maker: 'Fluke', serial: 'A-1', source: true });
    expect((await (await referenceFor(tools, ask({ kind: 'scpi' }), signal)).read()).value).toBe('25.00');
    expect(tools.opened).toEqual([{ port: 'bath' }]);
    await tools.connections.close();
  });

  it('is the register’s standard where it is a Modbus register, on a line set for it', async () => {
    const tools = instruments();
    const found = await identifyReference(tools, ask(modbus, { standard }), signal);
    expect(found).toEqual({
      maker: 'Testo',
      model: '110',
      serial: '42',
      firmware: '',
      unit: 'degC',
      source: false,
    });
    expect(await identifyReference(tools, ask(modbus), signal)).toMatchObject({
      model: 'Modbus unit 1, input register 0',
    });
    expect((await (await referenceFor(tools, ask(modbus), signal)).read()).value).toBe('25.0');
    expect(tools.opened).toEqual([{ port: 'bath', baudRate: 9600, parity: 'even' }]);
    await tools.connections.close();
  });

  it('is opened anew where it is read in another way, the port closed first', async () => {
    const tools = instruments();
    await identifyReference(tools, ask(modbus), signal);
    await identifyReference(tools, ask({ kind: 'scpi' }), signal);
    await identifyReference(tools, ask({ ...modbus, baudRate: 19200, parity: 'none' }), signal);
    expect(tools.opened).toEqual([
      { port: 'bath', baudRate: 9600, parity: 'even' },
      'bath closed',
      { port: 'bath' },
      'bath closed',
      { port: 'bath', baudRate: 19200, parity: 'none' },
    ]);
    await tools.connections.close();
  });

  it('is shared by units that have places at it', async () => {
    const tools = instruments();
    const source = ReferenceSource.parse(modbus) as Extract<ReferenceSource, { kind: 'modbus' }>;
    const places = tools.references.join('bath', ['unit', 'other'], signal, source);
    const reference = await referenceFor(tools, ask(modbus), signal);
    expect('leave' in reference).toBe(true);
    expect((await reference.read()).value).toBe('25.0');
    for (const leave of places.values()) await leave();
    await tools.connections.close();
  });
});

describe('another channel of the unit', () => {
  const frame = (value: number | null, at: number): Frame => ({
    seq: 1,
    t: 0,
    at,
    channels: [
      { id: 't1', value: 1, raw: 1 },
      { id: 't2', value, raw: 5 },
    ],
  });
  const channelOf = (calibrated: boolean) => (id: string) =>
    id === 't2' ? { unit: 'degC', quantum: '0.01', calibrated } : null;

  /** Connections of which only the frames matter. */
  function frames() {
    const tools = instruments();
    const heard = Promise.withResolvers<(frame: Frame) => void>();
    let listeners = 0;
    tools.connections.onFrame = (unit, listener) => {
      expect(unit).toBe('abcd');
      listeners += 1;
      heard.resolve(listener);
      return () => {
        listeners -= 1;
      };
    };
    return { tools, heard: heard.promise, listeners: () => listeners };
  }

  it('is read in the next frame with a good value of it', async () => {
    const { tools, heard, listeners } = frames();
    const given = ask({ kind: 'channel', channel: 't2' }, { channelOf: channelOf(true) });
    expect(await identifyReference(tools, given, signal)).toEqual({
      maker: '',
      model: 'channel t2',
      serial: 'abcd',
      firmware: '',
      unit: 'degC',
      source: false,
    });
    const reading = (await referenceFor(tools, given, signal)).read();
    const say = await heard;
    say(frame(null, 1));
    say(frame(2512, 2));
    say(frame(9999, 3));
    expect(await reading).toEqual({ value: '25.12', at: 2 });
    expect(listeners()).toBe(0);
  });

  it('is none before it was calibrated, or where the unit has none of that name', async () => {
    const { tools } = frames();
    const not = ask({ kind: 'channel', channel: 't2' }, { channelOf: channelOf(false) });
    await expect(identifyReference(tools, not, signal)).rejects.toMatchObject({ code: 'STEP_BLOCKED' });
    await expect(referenceFor(tools, not, signal)).rejects.toMatchObject({ code: 'STEP_BLOCKED' });
    const none = ask({ kind: 'channel', channel: 't9' }, { channelOf: channelOf(true) });
    await expect(identifyReference(tools, none, signal)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('stops waiting when told to', async () => {
    const { tools, heard, listeners } = frames();
    const given = ask({ kind: 'channel', channel: 't2' }, { channelOf: channelOf(true) });
    const stop = new AbortController();
    const reading = (await referenceFor(tools, given, signal)).read({ signal: stop.signal });
    await heard;
    stop.abort();
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(listeners()).toBe(0);
  });
});

describe('a reference that a person reads', () => {
  it('waits for what is typed, then says it as often as it is asked', async () => {
    const tools = instruments();
    let typed: { value: string; at: number } | null = null;
    const given = ask({ kind: 'typed', unit: 'degC' }, { standard, typed: () => typed, port: '' });
    expect(await identifyReference(tools, given, signal)).toMatchObject({
      maker: 'Testo',
      unit: 'degC',
      source: false,
    });
    const reference = await referenceFor(tools, given, signal);
    const first = reference.read();
    typed = { value: '25.1', at: 1 };
    const [one, two] = [await first, await reference.read()];
    expect([one.value, two.value]).toEqual(['25.1', '25.1']);
    expect(one.at).toBeGreaterThan(1);
    await expect(reference.setPoint('1')).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(tools.opened).toEqual([]);
  });

  it('stops waiting when told to, also where it was told before', async () => {
    const tools = instruments();
    const reference = await referenceFor(tools, ask({ kind: 'typed', unit: 'degC' }), signal);
    const stop = new AbortController();
    const reading = reference.read({ signal: stop.signal });
    stop.abort();
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(reference.read({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });
});
