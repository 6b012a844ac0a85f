import { expect, it } from 'vitest';
import { Heap } from './heap.ts';

it('refuses a build that it does not know, rather than leave its heap without a limit', () => {
  const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  expect(() => new Heap().patch(empty)).toThrow('whose heap can be limited');
});

it('grants growth only to a program that has used the world outside, and passes real requests on', () => {
  const heap = new Heap();
  const asked: number[] = [];
  const resize = (size: number): number => asked.push(size);
  const { emscripten_resize_heap: grow } = heap.imports({ emscripten_resize_heap: resize }) as {
    emscripten_resize_heap: typeof resize;
  };
  expect(grow(0)).toBe(0);
  heap.allowPieces();
  expect(grow(0)).toBe(65_536);
  heap.fix();
  expect(grow(0)).toBe(0);
  expect(asked).toEqual([]);
  expect(grow(1 << 25)).toBe(1);
  expect(asked).toEqual([1 << 25]);
});
