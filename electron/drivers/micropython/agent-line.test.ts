import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AgentLineReader, asciiJson, encodeLine } from './agent-line.ts';
import { parseMessage } from './agent-message.ts';
import { crc16 } from './crc16.ts';

const line = (body: string): Buffer => Buffer.from(encodeLine(body));

test('the checksum is CRC-16/CCITT-FALSE', () => {
  expect(crc16(Buffer.from('123456789'))).toBe(0x29b1);
  expect(crc16(Buffer.from(''))).toBe(0xffff);
  expect(line('~123 45678 t1=23512:252176').toString()).toMatch(
    /^~123 45678 t1=23512:252176\*[0-9A-F]{4}\n$/,
  );
});

test('what the protocol cannot carry is not sent', () => {
  expect(() => encodeLine('?1 hello\n')).toThrow(RangeError);
  expect(() => encodeLine('é')).toThrow(RangeError);
  expect(() => encodeLine('x'.repeat(1201))).toThrow(RangeError);
  expect(asciiJson({ tag: 'Kühler\u{1F40D}\n' })).toBe('{"tag":"K\\u00fchler\\ud83d\\udc0d\\n"}');
  expect(JSON.parse(asciiJson({ tag: 'Kühler\u{1F40D}' }))).toEqual({ tag: 'Kühler\u{1F40D}' });
});

describe('reading', () => {
  const stream = Buffer.concat([
    Buffer.from('MPY: soft reboot\r\n>>> '),
    Buffer.from(line('#{"agent":"0.1.0"}')),
    Buffer.from('\xff\xff\xff', 'latin1'),
    line('~1 100 t1=5:6'),
    Buffer.from(line('=7 ok {"seq":2}').toString().replace('\n', '\r\n')),
    Buffer.from('noise without an end'),
    line('!1 100 0 ON'),
  ]);
  const bodies = ['#{"agent":"0.1.0"}', '~1 100 t1=5:6', '=7 ok {"seq":2}', '!1 100 0 ON'];

  test('every split of the stream in two gives the same bodies', () => {
    for (let split = 0; split <= stream.length; split += 1) {
      const reader = new AgentLineReader();
      expect([...reader.feed(stream.subarray(0, split)), ...reader.feed(stream.subarray(split))]).toEqual(
        bodies,
      );
    }
  });

  test('any split of any lines gives the same bodies', () => {
    const body = fc.string({
      minLength: 1,
      maxLength: 300,
      unit: fc.integer({ min: 0x20, max: 0x7e }).map((c) => String.fromCharCode(c)),
    });
    fc.assert(
      fc.property(fc.array(body, { maxLength: 8 }), fc.array(fc.nat(2000)), (sent, cuts) => {
        const bytes = Buffer.concat(sent.map(line));
        const reader = new AgentLineReader();
        const heard: string[] = [];
        const places = [...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length].sort(
          (a, b) => a - b,
        );
        let from = 0;
        for (const to of places) {
          heard.push(...reader.feed(bytes.subarray(from, to)));
          from = to;
        }
        expect(heard).toEqual(sent);
        expect(reader.strayBytes).toBe(0);
      }),
    );
  });

  test('random garbage between lines loses no line, and invents none', () => {
    const frame = fc
      .tuple(fc.nat(1e9), fc.nat(1e9), fc.integer())
      .map(([seq, t, value]) => `~${seq} ${t} t1=${value}:0`);
    const garbage = fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(fc.array(fc.tuple(garbage, frame), { maxLength: 6 }), (parts) => {
        const reader = new AgentLineReader();
        const heard = reader.feed(Buffer.concat(parts.flatMap(([noise, body]) => [noise, line(body)])));
        expect(heard.filter((body) => parseMessage(body))).toEqual(parts.map(([, body]) => body));
      }),
    );
  });

  test('a damaged line is dropped and counted; so is one that is too long, whole', () => {
    const reader = new AgentLineReader();
    const damaged = line('~1 100 t1=5:6');
    damaged[6] = 0x39;
    expect(reader.feed(damaged)).toEqual([]);
    expect(reader.badChecksums).toBe(1);
    expect(reader.feed(Buffer.concat([Buffer.alloc(1400, 0x41), line('~2 200 t1=5:6')]))).toEqual([]);
    expect(reader.feed(line('~3 300 t1=5:6'))).toEqual(['~3 300 t1=5:6']);
  });

  test('what would be a good line without its end is not one', () => {
    const body = `~1 100 ${'a'.repeat(1288)}`;
    const whole = `${body}*${crc16(Buffer.from(body)).toString(16).toUpperCase().padStart(4, '0')}`;
    expect(whole.length).toBe(1300);
    expect(new AgentLineReader().feed(Buffer.from(`${whole}\n`))).toEqual([body]);
    expect(new AgentLineReader().feed(Buffer.from(`${whole}x\n`))).toEqual([]);
  });

  test('a megabyte of flood costs little and the next line is heard', () => {
    for (const flood of [
      Buffer.alloc(1 << 20, 0xff),
      Buffer.from('~1=2\n'.repeat(200_000)),
      Buffer.alloc(1 << 20, '~1'),
    ]) {
      const reader = new AgentLineReader();
      reader.feed(flood);
      expect(reader.feed(Buffer.concat([Buffer.from('\n'), line('~3 300 t1=5:6')]))).toEqual([
        '~3 300 t1=5:6',
      ]);
    }
  });

  test('lines that are none of the protocol are handed on as text', () => {
    const stray: string[] = [];
    const reader = new AgentLineReader((text) => stray.push(text));
    reader.feed(Buffer.from('Traceback (most recent call last):\r\nImportError: no module\r\n>>> '));
    expect(stray).toEqual(['Traceback (most recent call last):', 'ImportError: no module']);
    expect(reader.unfinished).toBe('>>> ');
  });
});

describe('messages', () => {
  test.each([
    [
      '~123 45678 t1=23512:252176',
      { kind: 'frame', frame: { seq: 123, t: 45678, channels: [{ id: 't1', value: 23512, raw: 252176 }] } },
    ],
    [
      '~1 2 a=-5:null b=null',
      {
        kind: 'frame',
        frame: {
          seq: 1,
          t: 2,
          channels: [
            { id: 'a', value: -5, raw: null },
            { id: 'b', value: null, raw: null },
          ],
        },
      },
    ],
    ['!9 10 3 RTN', { kind: 'event', event: { seq: 9, t: 10, rule: 3, kind: 'RTN' } }],
    ['!9 10 3 ON 1', { kind: 'event', event: { seq: 9, t: 10, rule: 3, kind: 'ON', first: true } }],
    [
      '~1 2 $week=604799999',
      { kind: 'frame', frame: { seq: 1, t: 2, channels: [{ id: '$week', value: 604_799_999, raw: null }] } },
    ],
    ['#{"a":1}', { kind: 'announcement', json: { a: 1 } }],
    ['=5 ok {}', { kind: 'answer', id: 5, ok: true, json: {} }],
    ['=5 ok', { kind: 'answer', id: 5, ok: true, json: {} }],
    ['=0 no checksum "again"', { kind: 'answer', id: 0, ok: false, code: 'checksum', words: 'again' }],
    ['=6 no hash', { kind: 'answer', id: 6, ok: false, code: 'hash', words: '' }],
  ])('%s', (body, message) => {
    expect(parseMessage(body)).toEqual(message);
  });

  test.each([
    '',
    '?1 hello',
    '~',
    '~1',
    '~x 1 a=1:1',
    '~1 2 a=',
    '~1 2 a=1.5:2',
    '~1 2 a=99999999999999999:1',
    '~1 2  a=1:1',
    '!1 2 3 ONN',
    '!1 2 -3 ON',
    '!1 2 3 ON 2',
    '~1 2 $day=1',
    '=1 maybe {}',
    '=1 ok {',
    '#{',
  ])('%j is no message', (body) => {
    expect(parseMessage(body)).toBeUndefined();
  });

  test('nothing that arrives makes it throw', () => {
    fc.assert(fc.property(fc.string({ maxLength: 100 }), (body) => void parseMessage(body)));
    fc.assert(
      fc.property(
        fc.constantFrom('~', '!', '=', '#', '?'),
        fc.string({ maxLength: 100 }),
        (kind, rest) => void parseMessage(kind + rest),
      ),
    );
  });
});
