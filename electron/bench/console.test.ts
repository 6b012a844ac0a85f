import { expect, it } from 'vitest';
import { ByteRing, control } from './byte-ring.ts';
import { BoardConsole } from './console.ts';

function newConsole() {
  const words = new Int32Array(new SharedArrayBuffer(4 * control.words));
  const ring = (head: number, tail: number) =>
    new ByteRing(words, head, tail, new Uint8Array(new SharedArrayBuffer(256)));
  const input = ring(control.inHead, control.inTail);
  const output = ring(control.outHead, control.outTail);
  const console = new BoardConsole({ words, input, output, tell: () => {} });
  let interrupts = 0;
  let running = true;
  console.interruptible = () => running;
  console.interrupt = () => {
    interrupts += 1;
  };
  return {
    console,
    type: (text: string) => input.write(Buffer.from(text, 'latin1')),
    shown: () => Buffer.from(output.read(256)).toString('latin1'),
    interrupts: () => interrupts,
    stop: () => {
      running = false;
    },
  };
}

const print = (console: BoardConsole, text: string): void => console.print(Buffer.from(text, 'latin1'));

it.each([
  ['a\n', 'a\r\n'],
  ['a\r\nb\n', 'a\r\r\nb\r\n'],
  ['\n\n', '\r\n\r\n'],
])('ends the lines of a program as boards do: %j', (text, wanted) => {
  const { console, shown } = newConsole();
  print(console, text);
  expect(shown()).toBe(wanted);
});

it('leaves the line ends of the REPL itself as they are, also in two pieces', () => {
  const { console, shown, stop } = newConsole();
  stop();
  print(console, 'a\r\nb\n');
  print(console, 'c\r');
  print(console, '\n');
  expect(shown()).toBe('a\r\nb\r\nc\r\n');
});

it('takes Ctrl-C with all that came before it, once', () => {
  const { console, type, interrupts } = newConsole();
  type('rubbish\x03rest');
  expect(console.poll()).toBe(true);
  expect(interrupts()).toBe(1);
  expect(console.poll()).toBe(false);
  expect(console.waiting).toBe(4);
});

it('leaves Ctrl-C in the input while nothing runs', () => {
  const { console, type, stop } = newConsole();
  stop();
  type('\x03');
  expect(console.sleep(0)).toBe(false);
  expect(console.read(10)).toEqual(Uint8Array.of(3));
});

it.each([
  ['sleep', (console: BoardConsole) => expect(console.sleep(300)).toBe(true)],
  ['wait for input', (console: BoardConsole) => expect(console.read(1)).toBeNull()],
])('does not %s over a Ctrl-C that came during a print', (_, wait) => {
  const { console, type, interrupts } = newConsole();
  type('\x03');
  print(console, 'on\n');
  expect(interrupts()).toBe(1);
  type('x');
  wait(console);
  expect(console.sleep(0)).toBe(false);
  expect(interrupts()).toBe(1);
});
