import { type FarEnd, memoryTransport } from '../../transport/memory-transport.ts';

export interface BoardScript {
  /** What a program prints and the traceback it ends in. */
  run?: (source: string) => { output?: string; error?: string };
  rawPaste?: 'works' | 'declined' | 'unknown' | 'silent' | undefined;
  window?: number;
  /** Raw-paste is stopped by the unit after this many bytes. */
  stopPasteAfter?: number;
  /** Interrupts that come before the board has booted and are lost. */
  deafTo?: number;
  /** Text before the banner of raw mode. */
  noise?: string | Buffer;
  /** Everything that the board says, changed on its way. */
  garble?: (text: string) => string | Buffer;
}

type Mode = 'program' | 'friendly' | 'raw' | 'paste' | 'drain';

/** The raw REPL's protocol without an interpreter, for faults that no real board has at will. Tests only. */
export function scriptedBoard(script: BoardScript = {}) {
  const { run = echo, rawPaste = 'works', window = 32, noise = '' } = script;
  const programs: string[] = [];
  const state = {
    mode: 'program' as Mode,
    line: '',
    deafTo: script.deafTo ?? 0,
    credit: 0,
    overrun: 0,
    bytes: 0,
  };
  const board = memoryTransport('memory:board', (bytes, far) => {
    for (const byte of bytes) take(byte, far);
  });

  const say = (far: FarEnd, text: string | Buffer): void =>
    far.say(typeof text === 'string' && script.garble ? script.garble(text) : text);

  function runProgram(far: FarEnd, acknowledged: string): void {
    programs.push(state.line);
    const { output = '', error = '' } = run(state.line);
    state.line = '';
    state.mode = 'raw';
    say(far, `${acknowledged}${output}\x04${error}\x04>`);
  }

  function startPaste(far: FarEnd): void {
    state.line = '';
    if (rawPaste === 'declined') say(far, 'R\x00>');
    if (rawPaste !== 'works') return;
    state.mode = 'paste';
    state.credit = 2 * window;
    say(far, `R\x01${String.fromCharCode(window & 0xff, window >> 8)}\x01`);
  }

  function takeRaw(byte: number, far: FarEnd): void {
    if (byte === 0x01 && state.line === '\x05A' && rawPaste !== 'unknown') startPaste(far);
    else if (byte === 0x01) {
      state.line = '';
      say(far, 'raw REPL; CTRL-B to exit\r\n>');
    } else if (byte === 0x02) {
      state.mode = 'friendly';
      say(far, '\r\nMicroPython\r\n>>> ');
    } else if (byte === 0x03) state.line = '';
    else if (byte === 0x04) runProgram(far, 'OK');
    else state.line += String.fromCharCode(byte);
  }

  function takePaste(byte: number, far: FarEnd): void {
    if (byte === 0x04) {
      runProgram(far, '\x04');
      return;
    }
    state.line += String.fromCharCode(byte);
    state.credit -= 1;
    if (state.credit < 0) state.overrun += 1;
    if (state.line.length === script.stopPasteAfter) {
      state.mode = 'drain';
      say(far, '\x04');
    } else if (state.line.length % window === 0) {
      say(far, '\x01');
      // Credit counts from when the host can know of it.
      setImmediate(() => {
        state.credit += window;
      });
    }
  }

  function takeOutsideRaw(byte: number, far: FarEnd): void {
    if (byte === 0x03 && state.deafTo > 0) state.deafTo -= 1;
    else if (byte === 0x03) {
      const interrupted = 'Traceback (most recent call last):\r\nKeyboardInterrupt: \r\n';
      say(far, `${state.mode === 'program' ? interrupted : '\r\n'}>>> `);
      state.mode = 'friendly';
    } else if (byte === 0x01 && state.mode === 'friendly') {
      state.mode = 'raw';
      far.say(noise);
      say(far, '\r\nraw REPL; CTRL-B to exit\r\n>');
    }
  }

  function take(byte: number, far: FarEnd): void {
    state.bytes += 1;
    if (state.mode === 'raw') takeRaw(byte, far);
    else if (state.mode === 'paste') takePaste(byte, far);
    else if (state.mode !== 'drain') takeOutsideRaw(byte, far);
    else if (byte === 0x04) runProgram(far, '');
  }

  return { ...board, programs, state };
}

/** Runs `print("word")` and nothing else. */
export function echo(source: string): { output?: string; error?: string } {
  const printed = /^print\("([^"]*)"\)$/.exec(source)?.[1];
  return printed === undefined
    ? { error: 'Traceback (most recent call last):\r\nNotImplementedError: \r\n' }
    : { output: `${printed}\r\n` };
}
