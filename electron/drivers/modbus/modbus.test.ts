import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { ReferenceSource } from '../../../shared/contract/standards.ts';
import { type FarEnd, memoryTransport } from '../../transport/memory-transport.ts';
import { openTcp } from '../../transport/tcp.ts';
import type { Transport } from '../../transport/transport.ts';
import { modbusCrc } from './crc.ts';
import { ModbusSession } from './modbus-session.ts';
import type { ModbusSource } from './registers.ts';

const source = (more: object = {}): ModbusSource =>
  ReferenceSource.parse({
    kind: 'modbus',
    unitId: 17,
    table: 'holding',
    address: 0x6b,
    type: 'int16',
    decimals: 1,
    unit: 'degC',
    ...more,
  }) as ModbusSource;
/** Where an answer does not come on purpose. */
const short = 80;
const session = (transport: Transport, more: object = {}, replyMs = 5000): ModbusSession =>
  new ModbusSession(transport, { source: source(more), timing: { replyMs, quietMs: 10, busyMs: 10 } });

const rtu = (...bytes: number[]): Buffer => {
  const crc = modbusCrc(Uint8Array.from(bytes));
  return Buffer.from([...bytes, crc & 0xff, crc >>> 8]);
};
const answer = rtu(17, 3, 2, 0, 0xfa);

/** A line on which each question is answered by the next of `replies`; the last one stays. */
function line(...replies: ((question: Buffer, far: FarEnd) => void)[]) {
  const asked: Buffer[] = [];
  const { transport, far } = memoryTransport('memory:modbus', (bytes) => {
    const reply = replies[Math.min(asked.length, replies.length - 1)];
    asked.push(bytes);
    reply?.(bytes, far);
  });
  return { transport, far, asked };
}
const says =
  (...parts: Uint8Array[]) =>
  (_: Buffer, far: FarEnd): void => {
    for (const part of parts) far.say(part);
  };
const silence = (): void => undefined;

describe('Modbus on a serial line', () => {
  test('asks for the register as the specification has it, and takes its answer', async () => {
    const { transport, asked } = line(says(answer));
    expect(await session(transport).read()).toEqual({ value: '25.0', at: expect.any(Number) });
    expect(asked.map((bytes) => bytes.toString('hex'))).toEqual([`1103006b0001${crcOf('1103006b0001')}`]);
    const input = line(says(rtu(17, 4, 4, 0, 1, 0x38, 0x80)));
    expect(
      await session(input.transport, { table: 'input', type: 'int32', decimals: 4 }).read(),
    ).toMatchObject({
      value: '8.0000',
    });
    expect(input.asked[0]?.subarray(0, 6).toString('hex')).toBe('1104006b0002');
  });

  test('says the unit of its reading, and that nobody can drive it', async () => {
    const { transport } = line(says(answer));
    const reference = session(transport);
    expect(await reference.identify()).toMatchObject({ unit: 'degC', source: false });
    await expect(reference.setPoint()).rejects.toMatchObject({ code: 'REFERENCE_UNREADABLE' });
  });

  test.each([
    ['noise before it', [Buffer.from([0xff, 0x00, 17, 3, 2]), answer]],
    ['its own question as an echo', [rtu(17, 3, 0, 0x6b, 0, 1), answer]],
    ['the answer of another unit', [rtu(18, 3, 2, 0, 1), answer]],
    ['an answer to another function', [rtu(17, 4, 2, 0, 1), answer]],
    ['a longer answer', [rtu(17, 3, 4, 0, 1, 0, 2), answer]],
    ['an answer with a wrong checksum', [Buffer.from([17, 3, 2, 0, 1, 0, 0]), answer]],
    ['each byte by itself', [...answer].map((byte) => Buffer.from([byte]))],
  ])('finds the answer behind or in %s', async (_, parts) => {
    const { transport, asked } = line(says(...parts));
    expect((await session(transport).read()).value).toBe('25.0');
    expect(asked).toHaveLength(1);
  });

  test('every single changed bit of an answer is noticed, and the register asked again', async () => {
    for (let bit = 0; bit < answer.length * 8; bit += 7) {
      const damaged = Buffer.from(answer);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const { transport, asked } = line(says(damaged), says(answer));
      expect((await session(transport, {}, short).read()).value).toBe('25.0');
      expect(asked).toHaveLength(2);
    }
  });

  test('silence is NO_REPLY after three questions; anything else is said to be unreadable', async () => {
    const silent = line(silence);
    await expect(session(silent.transport, {}, short).read()).rejects.toMatchObject({ code: 'NO_REPLY' });
    expect(silent.asked).toHaveLength(3);
    const other = line(says(rtu(18, 3, 2, 0, 1)));
    await expect(session(other.transport, {}, short).read()).rejects.toMatchObject({
      code: 'REFERENCE_UNREADABLE',
      params: { detail: expect.stringContaining('unit 17 to the question for its register (12 03 02 00 01') },
    });
  });

  test('an exception is told in words and not asked for again; a busy server is', async () => {
    const refused = line(says(rtu(17, 0x83, 2)));
    await expect(session(refused.transport).read()).rejects.toMatchObject({
      code: 'REFERENCE_UNREADABLE',
      params: {
        detail: expect.stringContaining(
          'holding register 107 (counted from 0) with exception 2, illegal data address',
        ),
      },
    });
    expect(refused.asked).toHaveLength(1);
    const busy = line(says(rtu(17, 0x83, 6)), says(answer));
    expect((await session(busy.transport).read()).value).toBe('25.0');
    const stays = line(says(rtu(17, 0x83, 6)));
    await expect(session(stays.transport).read()).rejects.toMatchObject({
      params: { detail: expect.stringContaining('exception 6') },
    });
    expect(stays.asked).toHaveLength(3);
  });

  test('an answer that came too late is not taken for the next one', async () => {
    const late = line(
      silence,
      silence,
      (_, far) => setTimeout(() => far.say(rtu(17, 3, 2, 0, 1)), short + 3),
      (_, far) => setTimeout(() => far.say(answer), short / 2),
    );
    const reference = session(late.transport, {}, short);
    await expect(reference.read()).rejects.toMatchObject({ code: 'NO_REPLY' });
    expect((await reference.read()).value).toBe('25.0');
  });

  test('a float that is no number is no reading', async () => {
    const { transport } = line(says(rtu(17, 3, 4, 0x7f, 0xc0, 0, 0)));
    await expect(session(transport, { type: 'float32' }).read()).rejects.toMatchObject({
      code: 'REFERENCE_UNREADABLE',
      params: { detail: expect.stringContaining('7fc00000') },
    });
  });

  test('a pulled cable and a cancel settle a reading at once', async () => {
    const lost = line((_, far) => far.end());
    await expect(session(lost.transport).read()).rejects.toMatchObject({ code: 'PORT_LOST' });
    const stop = new AbortController();
    const stopped = line(() => stop.abort());
    await expect(session(stopped.transport).read({ signal: stop.signal })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });

  test('questions asked at the same time are sent one after the other', async () => {
    let waits = 0;
    const { transport } = line((_, far) => {
      waits += 1;
      expect(waits).toBe(1);
      setTimeout(() => {
        waits -= 1;
        far.say(answer);
      }, 2);
    });
    const reference = session(transport);
    await Promise.all([reference.read(), reference.read(), reference.read()]);
  });
});

describe('Modbus over TCP', () => {
  const ends: (() => void)[] = [];
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  /** A server that answers each question as told. */
  async function server(reply: (question: Buffer, socket: Socket) => void): Promise<Transport> {
    const listening: Server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => reply(bytes as Buffer, socket));
    });
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    const address = listening.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const transport = await openTcp(`tcp:127.0.0.1:${port}`);
    ends.push(
      () => void transport.close(),
      () => listening.close(),
    );
    return transport;
  }
  const mbap = (question: Buffer, transaction: number, pdu: number[], unit = 17): Buffer => {
    const header = Buffer.from(question.subarray(0, 7));
    header.writeUInt16BE(transaction & 0xffff, 0);
    header.writeUInt16BE(pdu.length + 1, 4);
    header[6] = unit;
    return Buffer.concat([header, Buffer.from(pdu)]);
  };
  const good = [3, 2, 0, 0xfa];

  test('asks with a transaction of its own each time and takes its answer alone', async () => {
    const asked: string[] = [];
    const transport = await server((question, socket) => {
      asked.push(question.toString('hex'));
      const id = question.readUInt16BE(0);
      socket.write(mbap(question, id - 1, [3, 2, 0, 1]));
      socket.write(mbap(question, id, [3, 2, 0, 2], 18));
      socket.write(Buffer.from('noise'));
      const whole = mbap(question, id, good);
      socket.write(whole.subarray(0, 4));
      setTimeout(() => socket.write(whole.subarray(4)), 2);
    });
    const reference = session(transport);
    expect((await reference.read()).value).toBe('25.0');
    expect((await reference.read()).value).toBe('25.0');
    expect(asked).toEqual(['000100000006' + '1103006b0001', '000200000006' + '1103006b0001']);
  });

  test('tells an exception, and what does not answer the question', async () => {
    const refused = session(
      await server((q, socket) => socket.write(mbap(q, q.readUInt16BE(0), [0x83, 11]))),
    );
    await expect(refused.read()).rejects.toMatchObject({
      params: { detail: expect.stringContaining('gateway target device failed to respond') },
    });
    const other = session(
      await server((q, socket) => socket.write(mbap(q, q.readUInt16BE(0), good, 1))),
      {},
      short,
    );
    await expect(other.read()).rejects.toMatchObject({ code: 'REFERENCE_UNREADABLE' });
    const closed = session(await server((_, socket) => socket.destroy()));
    await expect(closed.read()).rejects.toMatchObject({ code: 'PORT_LOST' });
  });
});

const crcOf = (body: string): string =>
  rtu(...Buffer.from(body, 'hex'))
    .subarray(-2)
    .toString('hex');

test('the checksum is that of the specification (V1.02, 6.2.2: 02 07 is 41 12)', () => {
  expect(crcOf('0207')).toBe('4112');
});
