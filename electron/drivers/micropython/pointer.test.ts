import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SlotName } from '../../../shared/contract/provision.ts';
import { crc16 } from './crc16.ts';
import { encodeRecord, following, newest, nextStart, type PointerRecord, parseRecord } from './pointer.ts';

const slot = fc.constantFrom<SlotName>('a', 'b');
const record: fc.Arbitrary<PointerRecord> = fc
  .record({
    n: fc.integer({ min: 1, max: 999_999_999 }),
    slot,
    bootsLeft: fc.option(fc.integer({ min: 0, max: 9 })),
    falls: fc.boolean(),
    fellBack: fc.option(fc.record({ from: slot, why: fc.constantFrom('boots', 'hash', 'error') })),
  })
  .map(({ falls, ...rest }) => ({ ...rest, other: falls ? (rest.slot === 'a' ? 'b' : 'a') : null }));

test('a record is read as it was written', () => {
  expect(encodeRecord({ n: 7, slot: 'b', bootsLeft: 3, other: 'a', fellBack: null })).toMatch(
    /^7 b 3 a -\*[0-9A-F]{4}\n$/,
  );
  fc.assert(
    fc.property(record, (one) => {
      expect(parseRecord(Buffer.from(encodeRecord(one)))).toEqual(one);
    }),
  );
});

test('a write that is cut anywhere leaves the record that counted', () => {
  fc.assert(
    fc.property(record, record, fc.nat(60), (counts, change, at) => {
      const pointer = newest([Buffer.from(encodeRecord(counts)), null]);
      const next = following(pointer, change);
      const whole = encodeRecord(next.record);
      const torn = Buffer.from(whole.slice(0, Math.min(at, whole.length - 1)));
      expect(next.file).toBe(1);
      expect(newest([Buffer.from(encodeRecord(counts)), torn])).toEqual(pointer);
      if (counts.n < 999_999_999)
        expect(newest([Buffer.from(encodeRecord(counts)), Buffer.from(whole)])).toEqual(next);
    }),
  );
});

test('what has no starts left falls back where there is something to fall back to', () => {
  const used: PointerRecord = { n: 1, slot: 'b', bootsLeft: 0, other: 'a', fellBack: null };
  expect(nextStart(used)).toEqual({ active: 'a', bootsLeft: null, fellBack: { from: 'b', why: 'boots' } });
  expect(nextStart({ ...used, other: null }).active).toBe('b');
  expect(nextStart(null).active).toBeNull();
});

/** Contents of a record file: whole, garbled, cut, made by hand with a right checksum, or anything. */
const withCheck = (text: string): Buffer =>
  Buffer.from(
    `${text}*${crc16(Buffer.from(text, 'latin1')).toString(16).toUpperCase().padStart(4, '0')}\n`,
    'latin1',
  );
const word = fc.constantFrom(
  '0',
  '1',
  '01',
  '9',
  '10',
  '-',
  'a',
  'b',
  'ab',
  '',
  '+1',
  '1_0',
  'a:hash',
  'a:',
  'c:boots',
  '1000000000',
);
const content: fc.Arbitrary<Buffer | null> = fc.oneof(
  fc.constant(null),
  record.map((one) => Buffer.from(encodeRecord(one))),
  fc.tuple(record, fc.nat(40)).map(([one, at]) => Buffer.from(encodeRecord(one).slice(0, at))),
  fc.tuple(record, fc.nat(40), fc.nat(255)).map(([one, at, byte]) => {
    const bytes = Buffer.from(encodeRecord(one));
    bytes[at % bytes.length] = byte;
    return bytes;
  }),
  fc.array(word, { minLength: 4, maxLength: 6 }).map((words) => withCheck(words.join(' '))),
  fc.uint8Array({ maxLength: 90 }).map((bytes) => Buffer.from(bytes)),
);

test('the program on the unit chooses as the app does, whatever stands in the two files', () => {
  const source = readFileSync(
    fileURLToPath(new URL('../../../resources/agent/main.py', import.meta.url)),
    'utf8',
  );
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-pointer-'));
  // Its functions without its start, over many pairs of files.
  const driver = `${source.slice(0, source.indexOf('\ntry:\n    main()'))}
os.makedirs(ROOT + '/plumbline')
answers = []
for pair in json.load(sys.stdin):
    for i in (0, 1):
        if pair[i] is None:
            if os.path.exists(RECORD % i): os.remove(RECORD % i)
        else:
            open(RECORD % i, 'wb').write(bytes.fromhex(pair[i]))
    answers.append([newest(), now[0]])
print(json.dumps(answers))
`;
  try {
    const pairs = fc.sample(fc.tuple(content, content), { numRuns: 2000, seed: 5 });
    const input = JSON.stringify(pairs.map((pair) => pair.map((bytes) => bytes?.toString('hex') ?? null)));
    const answers: unknown = JSON.parse(
      execFileSync('python3', ['-B', '-c', driver, '--root', folder], { input }).toString(),
    );
    const wanted = pairs.map((pair) => {
      const pointer = newest(pair);
      const one = pointer.record;
      const fell = one?.fellBack ? `${one.fellBack.from}:${one.fellBack.why}` : null;
      return [one && [one.n, one.slot, one.bootsLeft, one.other, fell], pointer.file];
    });
    expect(answers).toEqual(wanted);
    expect(wanted.filter(([one]) => one !== null).length).toBeGreaterThan(500);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
