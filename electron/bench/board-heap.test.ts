import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, startBench } from './bench.ts';
import { Talk } from './talk.fixture.ts';

let bench: Bench;
let talk: Talk;

beforeEach(async () => {
  bench = await startBench({ boards: 1 });
  talk = new Talk(await bench.open('bench:1'));
  await talk.ready();
});
afterEach(() => bench.close());

describe('the heap', () => {
  const free = 'import gc\ngc.collect()\nprint(gc.mem_free())';

  it.each([
    ['at once', 'bytearray(10**7)'],
    ['in one piece that a board does not have', 'bytearray(250000)'],
    ['bit by bit', 'many=[bytearray(5000) for _ in range(60)]'],
    ['at once after a word', 'print("on")\nbytearray(100000)\nbytearray(100000)\nbytearray(100000)'],
  ])('is that of a board, and ends: %s', async (_, code) => {
    await talk.enterRaw();
    expect((await talk.run(code)).error).toMatch(
      /MemoryError: memory allocation failed, allocating \d+ bytes\r\n$/,
    );
    await talk.ask('\x05A\x01', '\x80\x00\x01');
    expect(await talk.ask(`${code}\x04`, '\x04>')).toContain('MemoryError');
    expect((await talk.run('several=[bytearray(5000) for _ in range(30)]')).error).toBe('');
  });

  it('has as much room as that of a board, again after each program', async () => {
    await talk.enterRaw();
    const before = Number((await talk.run(free)).out);
    expect(before).toBeGreaterThan(190_000);
    expect(before).toBeLessThan(230_000);
    await talk.run('for i in range(2000):\n print(i)\n s=bytes(300)\ns=None');
    const after = Number((await talk.run(free)).out);
    expect(Math.abs(after - before)).toBeLessThan(5000);
  });

  it('does not run out under a program that makes garbage and goes on for ever', async () => {
    await talk.enterRaw();
    const { out, error } = await talk.run('for i in range(2000):\n print(i)\n s=bytes(300)');
    expect(error).toBe('');
    expect(out.endsWith('1999\r\n')).toBe(true);
  });
});
