import { expect, test } from 'vitest';
import { Failure } from '../../../shared/contract/failure.ts';
import { readLogo } from './logo.ts';
import { jpeg, png } from './pictures.fixture.ts';

const read = (bytes: Buffer): ReturnType<typeof readLogo> => readLogo(bytes.toString('base64'));

test.each([
  ['a PNG', png()],
  ['a PNG with alpha', png({ type: 6 })],
  ['a JPEG', jpeg()],
  ['a grey JPEG', jpeg({ colours: 1 })],
  ['a progressive JPEG', jpeg({ frame: 0xc2 })],
])('%s is taken, with its size', (_name, bytes) => {
  expect(read(bytes)).toMatchObject({ width: 30, height: 10 });
});

const damaged = png();
damaged[40] = (damaged[40] ?? 0) ^ 1;

test('what a file says of itself is left out: place, camera, remarks', () => {
  const place = 'GPS 53.55 N';
  const remark = { type: 'tEXt', data: Buffer.from(`Comment\0${place}`) };
  for (const bytes of [jpeg({ exif: place }), png({ chunks: [remark] })]) {
    expect(bytes.includes(place)).toBe(true);
    expect(read(bytes).bytes.includes(place)).toBe(false);
  }
  expect(read(jpeg({ exif: place })).bytes.equals(jpeg())).toBe(true);
  expect(read(png({ chunks: [remark] })).bytes.equals(png())).toBe(true);
});

test('a palette is kept, with what is see-through in it', () => {
  const chunks = [
    { type: 'PLTE', data: Buffer.from([0, 0, 0, 255, 255, 255]) },
    { type: 'tRNS', data: Buffer.from([0, 255]) },
  ];
  const whole = png({ type: 3, rows: Buffer.alloc(310), chunks });
  expect(read(whole).bytes.equals(whole)).toBe(true);
});

test.each([
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'neither a PNG nor a JPEG'],
  ['nothing', Buffer.alloc(0), 'neither a PNG nor a JPEG'],
  ['a PNG that was cut off', png().subarray(0, 60), 'cut off'],
  ['a PNG with a bit turned over', damaged, 'damaged'],
  ['a PNG that is larger than it says', png({ rows: Buffer.alloc(5_000_000) }), 'something else'],
  ['a PNG with too few rows', png({ rows: Buffer.alloc(91) }), 'too few rows'],
  ['a PNG with unknown filters', png({ rows: Buffer.alloc(910, 9) }), 'damaged'],
  ['a PNG of millions of pixels', png({ width: 60_000, height: 60_000, rows: Buffer.alloc(9) }), '60000 x'],
  ['a PNG of 16 bits', png({ depth: 16 }), 'more than 8 bits'],
  ['an interlaced PNG', png({ interlace: 1 }), 'interlaced'],
  ['a PNG with a palette that is not there', png({ type: 3, rows: Buffer.alloc(310) }), 'no palette'],
  ['a JPEG without an end', jpeg().subarray(0, -2), 'no end'],
  ['a JPEG in inks', jpeg({ colours: 4 }), 'grey or RGB'],
  ['a JPEG that is lossless', jpeg({ frame: 0xc3 }), 'cannot be used'],
  ['a JPEG of 12 bits', jpeg({ depth: 12 }), '8 bits'],
  ['a JPEG that is too wide', jpeg({ width: 40_000 }), '40000 x'],
  ['a JPEG of nothing', Buffer.from('ffd8ffd9', 'hex'), 'no picture'],
  ['a JPEG with a segment of no length', Buffer.from('ffd8ffe0ffd9', 'hex'), 'no picture'],
])('%s is refused, and said why', (_name, bytes, words) => {
  expect(() => read(bytes)).toThrow(Failure);
  expect(() => read(bytes)).toThrow(words);
});
