import { describe, expect, it } from 'vitest';
import { longestPaste, type ReplAction, ReplFrontEnd, window } from './raw-repl.ts';

const bytes = (text: string): number[] => [...Buffer.from(text, 'latin1')];
const feed = (front: ReplFrontEnd, text: string): ReplAction[] =>
  bytes(text).flatMap((byte) => front.feed(byte));
/** What goes out on the line, as text. */
const sent = (actions: ReplAction[]): string =>
  actions
    .map((action) => (action.kind === 'send' ? Buffer.from(action.bytes).toString('latin1') : ''))
    .join('');

function inRaw(): ReplFrontEnd {
  const front = new ReplFrontEnd();
  front.enterRaw();
  return front;
}

function inPaste(): ReplFrontEnd {
  const front = inRaw();
  feed(front, '\x05A\x01');
  return front;
}

describe('ReplFrontEnd', () => {
  it('leaves the friendly REPL to the interpreter', () => {
    const front = new ReplFrontEnd();
    expect(feed(front, 'a\x05A\x01')).toEqual(bytes('a\x05A\x01').map((byte) => ({ kind: 'engine', byte })));
    expect(front.mode).toBe('friendly');
  });

  it('leaves raw mode with Ctrl-B only', () => {
    const front = inRaw();
    feed(front, 'print()\x04\x03\x01');
    expect(front.mode).toBe('raw');
    feed(front, '\x02');
    expect(front.mode).toBe('friendly');
  });

  it.each([
    ['the known command', '\x05A\x01', 'R\x01\x80\x00\x01', 'paste'],
    ['an unknown command', '\x05B\x01', 'R\x00>', 'raw'],
    ['too much before Ctrl-A', 'x\x05A\x01', '', 'raw'],
    ['a line that was cleared before', 'x\x03\x05A\x01', 'R\x01\x80\x00\x01', 'paste'],
  ])('answers %s', (_, text, answer, mode) => {
    const front = inRaw();
    expect(sent(feed(front, text))).toBe(answer);
    expect(front.mode).toBe(mode);
  });

  it('gives credit exactly when a window has been taken in', () => {
    const front = inPaste();
    expect(feed(front, 'x'.repeat(window - 1))).toEqual([]);
    expect(sent(feed(front, 'x'))).toBe('\x01');
    expect(sent(feed(front, 'x'.repeat(3 * window)))).toBe('\x01\x01\x01');
  });

  it('acknowledges the end and runs what was pasted, control bytes and all', () => {
    const front = inPaste();
    const actions = feed(front, 'a\x01\x02\x05\r\n\x04');
    expect(actions).toEqual([
      { kind: 'send', bytes: [4] },
      { kind: 'run', source: Uint8Array.from(bytes('a\x01\x02\x05\r\n')) },
    ]);
    expect(front.mode).toBe('raw');
  });

  it('ends a paste on Ctrl-C with a KeyboardInterrupt', () => {
    const front = inPaste();
    expect(sent(feed(front, 'a\x03'))).toBe('\x04\x04KeyboardInterrupt: \r\n\x04>');
    expect(front.mode).toBe('raw');
  });

  it('hands out complete statements with their line, a window or more at a time', () => {
    const front = inPaste();
    const line = 'x = 1\n';
    const perWindow = Math.ceil(window / line.length);
    const checks = feed(front, line.repeat(2 * perWindow + 1)).filter((action) => action.kind === 'check');
    expect(checks).toEqual([
      { kind: 'check', source: line.repeat(perWindow), line: 0 },
      { kind: 'check', source: line.repeat(perWindow), line: perWindow },
    ]);
  });

  it('aborts once, swallows what still comes, and runs the faulty statements at their lines', () => {
    const front = inPaste();
    expect(sent(front.abort({ source: 'x = = 1\n', line: 2 }))).toBe('\x04');
    expect(feed(front, 'y'.repeat(3 * window))).toEqual([]);
    expect(feed(front, '\x04')).toEqual([{ kind: 'run', source: Uint8Array.from(bytes('\n\nx = = 1\n')) }]);
    expect(front.mode).toBe('raw');
  });

  it('aborts a paste that is longer than its memory', () => {
    const front = inPaste();
    const text = sent(feed(front, 'x'.repeat(longestPaste + 1)));
    expect(text.endsWith('\x04')).toBe(true);
    expect(text.indexOf('\x04')).toBe(text.length - 1);
    expect(sent(feed(front, 'x\x04')).split('\x04')).toEqual([
      '',
      expect.stringMatching(/^MemoryError: /),
      '>',
    ]);
  });
});
