import { describe, expect, test } from 'vitest';
import { RawRepl } from './raw-repl.ts';
import { type BoardScript, echo, scriptedBoard } from './scripted-board.fixture.ts';
import { usualTiming } from './timing.ts';

const timing = {
  ...usualTiming,
  enterMs: 300,
  interruptMs: 5,
  bannerMs: 50,
  replyMs: 100,
  execMs: 100,
  pacingMs: 1,
};

function setUp(script: BoardScript = {}) {
  const board = scriptedBoard(script);
  return { ...board, repl: new RawRepl(board.transport, timing) };
}

const doing = { during: 'testing' };
const long = `print("${'x'.repeat(700)}")`;

describe('entering', () => {
  test.each<[string, BoardScript]>([
    ['a running program', {}],
    ['a board that boots while it is asked', { deafTo: 3 }],
    ['boot noise before the banner', { noise: '\r\nMPY: soft reboot\r\nraw REPL; CTRL\r\n>>> ' }],
    ['a burst of 0xFF before the banner', { noise: Buffer.alloc(5000, 0xff) }],
    ['a banner that an earlier attempt asked for', { noise: 'raw REPL; CTRL-B to exit\r\n>' }],
  ])('%s', async (_, script) => {
    const { repl } = setUp(script);
    await repl.enter();
    expect(await repl.exec('print("there")', doing)).toBe('there\r\n');
    await repl.enter();
    expect(await repl.exec('print("again")', doing)).toBe('again\r\n');
  });

  test('a silent line is NO_REPLY, a line of garbage REPLY_UNREADABLE', async () => {
    const silent = setUp({ deafTo: Number.POSITIVE_INFINITY });
    await expect(silent.repl.enter()).rejects.toMatchObject({ code: 'NO_REPLY' });
    const garbage = setUp({ garble: (text) => Buffer.alloc(text.length, 0xff) });
    await expect(garbage.repl.enter()).rejects.toMatchObject({ code: 'REPLY_UNREADABLE' });
  });

  test('a flood without end neither hangs nor fills memory', async () => {
    const { repl, far } = setUp({ deafTo: Number.POSITIVE_INFINITY });
    const flood = setInterval(() => far.say(Buffer.alloc(50_000, 0xff)), 1);
    await expect(repl.enter()).rejects.toMatchObject({ code: 'REPLY_UNREADABLE' });
    clearInterval(flood);
  });

  test('cancel and a pulled cable end it', async () => {
    const stop = new AbortController();
    const deaf = setUp({ deafTo: Number.POSITIVE_INFINITY });
    const entering = deaf.repl.enter(stop.signal);
    stop.abort();
    await expect(entering).rejects.toMatchObject({ code: 'CANCELLED' });
    const pulled = setUp({ deafTo: Number.POSITIVE_INFINITY });
    const lost = pulled.repl.enter();
    pulled.far.end();
    await expect(lost).rejects.toMatchObject({ code: 'PORT_LOST' });
  });
});

describe('running programs', () => {
  test.each<[BoardScript['rawPaste'], number]>([
    ['works', 32],
    ['works', 128],
    ['works', 300],
    ['declined', 32],
    ['unknown', 32],
    ['silent', 32],
  ])('raw-paste %s, window %i', async (rawPaste, window) => {
    const { repl, programs, state } = setUp({ rawPaste, window });
    await repl.enter();
    expect(await repl.exec(long, doing)).toBe(`${'x'.repeat(700)}\r\n`);
    expect(await repl.exec('print("short")', doing)).toBe('short\r\n');
    expect(programs.filter((program) => program === long)).toHaveLength(1);
    expect(state.overrun).toBe(0);
  });

  test('a source of exactly the credit, one less and one more', async () => {
    const { repl, state } = setUp({ window: 32 });
    await repl.enter();
    for (const length of [31, 32, 33, 63, 64, 65, 96]) {
      const word = 'y'.repeat(length - 'print("")'.length);
      expect(await repl.exec(`print("${word}")`, doing)).toBe(`${word}\r\n`);
    }
    expect(state.overrun).toBe(0);
  });

  test.each(['declined', 'unknown', 'silent'] as const)(
    'raw-paste %s is asked for once',
    async (rawPaste) => {
      const { repl, state } = setUp({ rawPaste });
      await repl.enter();
      await repl.exec('print("a")', doing);
      const before = state.bytes;
      await repl.exec('print("b")', doing);
      expect(state.bytes - before).toBe('print("b")\x04'.length);
    },
  );

  test('a unit that stops the transfer says why in the error field', async () => {
    const error = 'Traceback (most recent call last):\r\nSyntaxError: invalid syntax\r\n';
    const { repl, state } = setUp({
      stopPasteAfter: 100,
      run: (source) => (source.length > 50 ? { error } : echo(source)),
    });
    await repl.enter();
    await expect(repl.exec(long, doing)).rejects.toMatchObject({
      code: 'UNIT_REFUSED',
      params: { during: 'testing', detail: 'SyntaxError: invalid syntax' },
    });
    expect(state.mode).toBe('raw');
    expect(await repl.exec('print("on")', doing)).toBe('on\r\n');
  });

  test('the prompt and OK inside the output do not confuse it', async () => {
    const said = '>>> OK > raw REPL; CTRL-B to exit\r\n>';
    const { repl } = setUp({ run: (source) => (source === 'x' ? { output: said } : echo(source)) });
    await repl.enter();
    expect(await repl.exec('x', doing)).toBe(said);
  });

  test('terminal titles of CircuitPython are taken out', async () => {
    const output = '\x1b]0;🐍REPL | 9.0\x1b\\5\x1b]0;busy\x07\r\n';
    const latin = Buffer.from(output).toString('latin1');
    const { repl } = setUp({ run: (source) => (source === 'x' ? { output: latin } : echo(source)) });
    await repl.enter();
    expect(await repl.exec('x', doing)).toBe('5\r\n');
  });

  test.each<[string, BoardScript, string]>([
    [
      'endless output',
      { run: (s) => (s === 'x' ? { output: 'y'.repeat(70_000) } : echo(s)) },
      'REPLY_UNREADABLE',
    ],
    [
      'noise before the prompt',
      { garble: (text) => text.replace('y\x04\x04>', 'y\x04\x04noise>') },
      'REPLY_UNREADABLE',
    ],
    ['no end', { garble: (text) => text.replace('y\x04\x04>', 'y') }, 'NO_REPLY'],
  ])('%s is %s', async (_, script, code) => {
    const { repl } = setUp({ run: (s) => (s === 'x' ? { output: 'y' } : echo(s)), ...script });
    await repl.enter();
    await expect(repl.exec('x', doing)).rejects.toMatchObject({ code });
  });

  test('whatever happened, entering again makes it usable', async () => {
    let bad = true;
    const { repl } = setUp({ garble: (text) => (bad && text.includes('zzz') ? text.slice(0, 3) : text) });
    await repl.enter();
    await expect(repl.exec('print("zzz")', doing)).rejects.toMatchObject({ code: 'NO_REPLY' });
    bad = false;
    await repl.enter();
    expect(await repl.exec('print("zzz")', doing)).toBe('zzz\r\n');
  });

  test.each(['works', 'unknown'] as const)(
    'the cable pulled at every byte, raw-paste %s',
    async (rawPaste) => {
      const whole = setUp({ rawPaste });
      await whole.repl.enter();
      await whole.repl.exec(`print("${'v'.repeat(80)}")`, doing);
      const total = whole.state.bytes;
      for (let at = 0; at < total; at += 1) {
        const { repl, state, far, transport } = setUp({ rawPaste });
        const work = repl.enter().then(() => repl.exec(`print("${'v'.repeat(80)}")`, doing));
        const watch = async (): Promise<void> => {
          while (state.bytes < at && transport.isOpen) await new Promise(setImmediate);
          far.end();
        };
        const [outcome] = await Promise.allSettled([work, watch()]);
        if (outcome.status === 'fulfilled') expect(at).toBeGreaterThan(total - 200);
        else expect(outcome.reason).toMatchObject({ code: 'PORT_LOST' });
      }
    },
  );
});
