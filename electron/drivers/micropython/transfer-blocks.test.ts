import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Block,
  type BlockFile,
  checkOf,
  escaped,
  frameOf,
  longestBlock,
  nextBlock,
  type Position,
  shortestBlock,
} from './transfer-blocks.ts';

/** As the program on the unit undoes it: one code after the other. */
function unescaped(bytes: Uint8Array): Buffer {
  let text = Buffer.from(bytes).toString('latin1');
  for (const code of [1, 2, 3, 4, 5, 10, 13]) {
    text = text.replaceAll(`\x1b${String.fromCharCode(64 + code)}`, String.fromCharCode(code));
  }
  return Buffer.from(text.replaceAll('\x1b[', '\x1b'), 'latin1');
}

/** As the program on the unit takes segments in: into `files`, by path. */
function take(block: Block, files: Map<string, Buffer>, open: { path: string }): boolean {
  const raw =
    block.kind === '0'
      ? block.body
      : inflateRawSync(block.body, { windowBits: Number.parseInt(block.kind, 16) });
  for (let at = 0; at < raw.length; ) {
    const [pathBytes, count] = [raw.readUInt8(at), raw.readUInt16LE(at + 1)];
    at += 3;
    if (pathBytes === 255) {
      expect(at).toBe(raw.length);
      return true;
    }
    if (pathBytes > 0) {
      open.path = raw.toString('utf8', at, at + pathBytes);
      at += pathBytes;
      files.set(open.path, Buffer.alloc(0));
    }
    files.set(
      open.path,
      Buffer.concat([files.get(open.path) ?? Buffer.alloc(0), raw.subarray(at, at + count)]),
    );
    at += count;
  }
  return false;
}

const anyFiles = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 3000 }),
      fc.string({ maxLength: 40 }).map((text) => Buffer.from(text.repeat(50))),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((all) =>
    all.map((bytes, i): BlockFile => ({ path: `/a/${'long-'.repeat(i % 4)}file${i}.new`, bytes })),
  );

test('blocks of any size carry every file, whatever they are packed with', () => {
  fc.assert(
    fc.property(
      anyFiles,
      fc.array(fc.integer({ min: shortestBlock, max: longestBlock }), { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      fc.integer({ min: shortestBlock, max: longestBlock }),
      (files, sizes, inflates, packed) => {
        const taken = new Map<string, Buffer>();
        const open = { path: '' };
        let at: Position = { file: 0, offset: 0 };
        let payload = 0;
        for (let n = 0, ended = false; !ended; n += 1) {
          const raw = sizes[n % sizes.length] ?? shortestBlock;
          const block = nextBlock(files, at, { raw, packed, inflates });
          expect(block.body.length).toBeLessThanOrEqual(Math.max(packed, shortestBlock));
          ended = take(block, taken, open);
          expect(ended).toBe(block.last);
          payload += block.payload;
          at = block.next;
        }
        expect(at).toEqual({ file: files.length, offset: 0 });
        expect(payload).toBe(files.reduce((sum, { bytes }) => sum + bytes.length, 0));
        expect([...taken]).toEqual(files.map(({ path, bytes }) => [path, Buffer.from(bytes)]));
      },
    ),
  );
});

test('a frame holds nothing that the REPL listens to, and everything that was put in', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 2000 }),
      fc.integer({ min: 0, max: 65_535 }),
      (bytes, n) => {
        const block: Block = {
          kind: '0',
          body: Buffer.from(bytes),
          payload: 0,
          next: { file: 0, offset: 0 },
          last: false,
        };
        const frame = frameOf('word', n, block);
        expect(frame.some((byte) => [1, 2, 3, 4, 5, 10, 13].includes(byte))).toBe(false);
        const head = frame.toString('latin1', 0, 17);
        expect(head).toBe(
          `${n.toString(16).padStart(4, '0')}${(frame.length - 17).toString(16).padStart(4, '0')}0${checkOf('word', n, block)}`,
        );
        expect(unescaped(frame.subarray(17))).toEqual(Buffer.from(bytes));
      },
    ),
  );
});

test('escapes of everything that could be taken for an escape', () => {
  const odd = Buffer.from('\x1b\x1b[\x01A\x1bA\x03C\x1b[[\x05\x1b\x00@', 'latin1');
  expect(unescaped(escaped(odd))).toEqual(odd);
});

test('the check tells a block from the same block with another number, kind or word', () => {
  const body = Buffer.from('x');
  expect(
    new Set([
      checkOf('w', 1, { kind: '0', body }),
      checkOf('w', 2, { kind: '0', body }),
      checkOf('v', 1, { kind: '0', body }),
      checkOf('w', 1, { kind: '9', body }),
    ]).size,
  ).toBe(4);
});
