import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { anyCase } from './arbitrary.fixture.ts';
import { type MicroPython, startMicroPython } from './micropython.fixture.ts';
import { play, vectors } from './replay.fixture.ts';

const lines = `
from plumbline import crc16, encode, Lines

def crc(text):
    got = Lines().feed((encode(text) + '?1 hello*0000\\n').encode())
    return '%04X %s' % (crc16(text.encode()), got == [text, None])
`;

let unit: MicroPython;

beforeAll(async () => {
  unit = await startMicroPython();
});

describe('the engine in MicroPython', () => {
  it('gives the published decisions', () => {
    for (const { given, expected } of vectors().slice(0, 40))
      expect(unit.play(given)).toMatchObject(expected);
  });

  it('decides like the app, and ends in the same state', () => {
    const alike = fc.property(anyCase, (given) => {
      expect(unit.play(given)).toEqual(play(given));
    });
    fc.assert(alike, { numRuns: 200 });
  });

  it('sums lines as published (CRC-16/IBM-3740 check value)', () => {
    const { crc } = unit.module('lines', lines) as { crc: (text: string) => string };
    expect(crc('123456789')).toBe('29B1 True');
  });
});
