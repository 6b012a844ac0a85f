import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, startBench } from './bench.ts';
import { window } from './raw-repl.ts';
import { Talk } from './talk.fixture.ts';

/** Every expectation here is what a real board answers, byte for byte (MicroPython docs/reference/repl.rst). */
let bench: Bench;
let talk: Talk;

const banner =
  /^\r\nMicroPython v1\.27\.0 on \d{4}-\d\d-\d\d; Plumbline bench board\r\nType "help\(\)" for more information\.\r\n>>> $/;
const rawBanner = 'raw REPL; CTRL-B to exit\r\n>';

beforeEach(async () => {
  bench = await startBench({ boards: 1 });
  talk = new Talk(await bench.open('bench:1'));
  await talk.ready();
});
afterEach(() => bench.close());

describe('REPL', () => {
  it('speaks the friendly REPL', async () => {
    expect(await talk.ask('1+1\r', '>>> ')).toBe('1+1\r\n2\r\n>>> ');
    expect(await talk.ask('\x03', '>>> ')).toBe('\r\n>>> ');
    expect(await talk.ask('\r\x01', rawBanner)).toBe(`\r\n>>> \r\n${rawBanner}`);
    expect(await talk.ask('\x02', '>>> ')).toMatch(banner);
  });

  it.each([
    ['output', 'print(1)\x04', 'OK1\r\n\x04\x04>'],
    ['no output', 'a=1\x04', 'OK\x04\x04>'],
    ['a half-typed line', 'rubbish(\x03print(2)\x04', 'OK2\r\n\x04\x04>'],
    ['the field mark in the output', 'print("a\\x04b")\x04', 'OKa\x04b\r\n\x04\x04>'],
    ['its own line ends', "print('a\\r\\n')\x04", 'OKa\r\r\n\r\n\x04\x04>'],
    [
      'a traceback',
      '1/0\x04',
      'OK\x04Traceback (most recent call last):\r\n  File "<stdin>", line 1, in <module>\r\n' +
        'ZeroDivisionError: divide by zero\r\n\x04>',
    ],
    [
      'an error number',
      'open("/no")\x04',
      'OK\x04Traceback (most recent call last):\r\n  File "<stdin>", line 1, in <module>\r\n' +
        'OSError: [Errno 2] ENOENT\r\n\x04>',
    ],
  ])('runs code in the raw REPL: %s', async (_, code, answer) => {
    await talk.enterRaw();
    await talk.say(`${code}print("the end")\x04`);
    expect(await talk.until('OKthe end\r\n\x04\x04>')).toBe(`${answer}OKthe end\r\n\x04\x04>`);
  });

  it('pastes with window credit, as it is taken in', async () => {
    await talk.enterRaw();
    expect(await talk.ask('\x05A\x01', '\x80\x00\x01')).toBe('R\x01\x80\x00\x01');
    await talk.say(`${' '.repeat(window - 1)}\n`);
    expect(await talk.until('\x01')).toBe('\x01');
    expect(await talk.ask('print(123)\x04', '\x04>')).toBe('\x04123\r\n\x04\x04>');
    expect(await talk.ask('\x05A\x01', '\x80\x00\x01')).toBe('R\x01\x80\x00\x01');
    const fields = (await talk.ask('x = (1\x04', '\x04>')).split('\x04');
    expect(fields).toEqual(['', '', expect.stringMatching(/SyntaxError: invalid syntax\r\n$/), '>']);
  });

  it('aborts a paste with a syntax error while it is being sent', async () => {
    await talk.enterRaw();
    await talk.ask('\x05A\x01', '\x80\x00\x01');
    await talk.say(`\n\nx = = 1\n${'y = 1\n'.repeat(window / 4)}`);
    expect(await talk.until('\x01\x04')).toBe('\x01\x04');
    const answer = await talk.ask('more\x04', '\x04>');
    expect(answer).toBe(
      '\x04Traceback (most recent call last):\r\n  File "<stdin>", line 3\r\nSyntaxError: invalid syntax\r\n\x04>',
    );
    expect(await talk.run('print(7)')).toEqual({ out: '7\r\n', error: '' });
  });

  it.each([
    ['every byte in a literal', `print(repr("a\x02b\x01\x7f\xc3\xa9"))`, `'a\\x02b\\x01\\x7f\\xe9'\r\n\x04`],
    ['the last line', 'x = 5\nprint(x)', '5\r\n\x04'],
    ['nothing', '', '\x04'],
    [
      'a traceback',
      'def f():\n  raise ValueError("no")\n\nf()\n',
      '\x04Traceback (most recent call last):\r\n  File "<stdin>", line 4, in <module>\r\n' +
        '  File "<stdin>", line 2, in f\r\nValueError: no\r\n',
    ],
    [
      'a name that is not text',
      'a\xf1b',
      '\x04Traceback (most recent call last):\r\n  File "<stdin>", line 1, in <module>\r\n' +
        "NameError: name 'a\xf1b' isn't defined\r\n",
    ],
  ])('runs a paste exactly: %s', async (_, code, answer) => {
    await talk.enterRaw();
    await talk.ask('\x05A\x01', '\x80\x00\x01');
    expect(await talk.ask(`${code}\x04`, '\x04>')).toBe(`\x04${answer}\x04>`);
    expect(await talk.run('print(__name__, 7)')).toEqual({ out: '__main__ 7\r\n', error: '' });
  });

  it('keeps what a paste defined, interrupts it, and resets where it asks for that', async () => {
    await talk.enterRaw();
    await talk.ask('\x05A\x01', '\x80\x00\x01');
    const answer = await talk.ask('import time\nkept=3\nprint("on")\ntime.sleep(1000)\x04', 'on\r\n');
    expect(answer).toBe('\x04on\r\n');
    const fields = (await talk.ask('\x03', '\x04>')).split('\x04');
    expect(fields).toEqual([
      '',
      expect.stringMatching(/^Traceback .*line 4, .*KeyboardInterrupt: \r\n$/s),
      '>',
    ]);
    expect(await talk.run('print(kept)')).toEqual({ out: '3\r\n', error: '' });
    await talk.ask('\x05A\x01', '\x80\x00\x01');
    expect(await talk.ask('raise SystemExit\x04', rawBanner)).toBe(
      `\x04\x04\x04MPY: soft reboot\r\n${rawBanner}`,
    );
  });

  it('survives a flood of output', async () => {
    await talk.enterRaw();
    const { out } = await talk.run('for i in range(5000): print(i)');
    expect(out).toBe(Array.from({ length: 5000 }, (_, i) => `${i}\r\n`).join(''));
  });
});

describe('running programs', () => {
  it.each([
    ['sleeps', 'import time\nprint("on")\nwhile True: time.sleep_ms(100)\n'],
    ['sleeps long', 'import time\nprint("on")\ntime.sleep(1000)\nprint("missed")\n'],
    ['polls', 'import sys,select\np=select.poll()\np.register(sys.stdin,1)\nprint("on")\np.poll(1000000)\n'],
    ['reads', 'import sys\nprint("on")\nsys.stdin.read(1)\n'],
    ['prints', 'while True: print("on")\n'],
    ['watches the clock', 'import time\nprint("on")\nwhile True: time.ticks_ms()\n'],
    ['measures', 'import machine\na=machine.ADC(26)\nprint("on")\nwhile True: a.read_u16()\n'],
  ])('are interrupted by Ctrl-C: one that %s', async (_, code) => {
    await talk.enterRaw();
    await talk.ask(`${code}\x04`, 'on\r\n');
    const answer = await talk.ask('\x03', '\x04>');
    expect(answer.split('\x04')).toEqual([
      expect.not.stringContaining('missed'),
      // Without a traceback where it came during the print: the last statement ends early and no line is left to name.
      expect.stringMatching(/^(Traceback .*)?KeyboardInterrupt: \r\n$/s),
      '>',
    ]);
    expect(await talk.run('print(7)')).toEqual({ out: '7\r\n', error: '' });
  });

  it('read their input, with a timeout and without', async () => {
    await talk.enterRaw();
    const code =
      'import sys,select\np=select.poll()\np.register(sys.stdin,select.POLLIN)\nprint(p.poll(10))\nprint("on")\n' +
      'for _ in p.ipoll(1000000): print("ready")\nprint(sys.stdin.read(2), sys.stdin.buffer.read(2))\n';
    await talk.ask(`${code}\x04`, 'OK[]\r\non\r\n');
    expect(await talk.ask('abcd', '\x04>')).toBe("ready\r\nab b'cd'\r\n\x04\x04>");
  });

  it('get what was sent together with the command that started them', async () => {
    await talk.enterRaw();
    expect(await talk.ask('import sys\nprint(sys.stdin.read(3))\x04abcprint(7)\x04', '7\r\n\x04\x04>')).toBe(
      'OKabc\r\n\x04\x04>OK7\r\n\x04\x04>',
    );
    const answer = await talk.ask('import time\ntime.sleep(1000)\x04\x03', '\x04>');
    expect(answer).toContain('KeyboardInterrupt');
  });

  it('are reset where they do not look at a Ctrl-C: a tight loop, at the REPL and in main.py', async () => {
    // The pin says that the program is past its last use of the line.
    const spin = 'from machine import Pin\nPin(25, Pin.OUT).on()\nwhile True: pass\n';
    const spinning = () => expect.poll(() => bench.state().boards[0]?.pins).toEqual({ 25: 1 });
    await talk.enterRaw();
    await talk.run(`f=open("main.py","w")\nf.write(${JSON.stringify(spin)})\nf.close()`);
    await talk.say(`${spin}\x04`);
    await spinning();
    await talk.until('OK');
    expect(await talk.ask('\x03\x03', '>>> ')).toMatch(banner);
    await talk.ask('import machine\rmachine.reset_cause() == machine.WDT_RESET\r', 'True\r\n>>> ');
    await talk.ask('\x04', 'soft reboot\r\n');
    await spinning();
    expect(await talk.ask('\x03', '>>> ')).toMatch(banner);
  });

  it('stay in a tight loop without a Ctrl-C, until the power is cycled', async () => {
    await talk.enterRaw();
    await talk.ask('print("on")\nwhile True: pass\n\x04', 'on\r\n');
    await expect(talk.line.write(new Uint8Array(4096), { deadlineMs: 50 })).rejects.toMatchObject({
      code: 'NO_REPLY',
    });
    await bench.fault(1, { kind: 'powerOff' });
    await bench.fault(1, { kind: 'powerOn' });
    expect(await talk.ask('1+1\r', '2\r\n>>> ')).toMatch(/>>> 1\+1\r\n2\r\n>>> $/);
  });
});

describe('resets', () => {
  it('run boot.py and main.py after a friendly soft reset, boot.py alone after a raw one, and keep the files', async () => {
    await talk.enterRaw();
    await talk.run(
      'for n in ("boot","main"):\n f=open(n+".py","w")\n f.write("print(\'"+n+"\')")\n f.close()\nmark=1',
    );
    expect(await talk.ask('\x04', rawBanner)).toBe(`OK\r\nMPY: soft reboot\r\nboot\r\n${rawBanner}`);
    expect((await talk.run('mark')).error).toContain('NameError');
    await talk.ask('\x02', '>>> ');
    const text = await talk.ask('\x04', '>>> ');
    expect(text.startsWith('\r\nMPY: soft reboot\r\nboot\r\nmain\r\n')).toBe(true);
    expect(text.slice('\r\nMPY: soft reboot\r\nboot\r\nmain\r\n'.length)).toMatch(banner);
    const hard = await talk.ask('import machine\rmachine.reset()\r', 'main\r\n');
    expect(hard).toMatch(/machine\.reset\(\)\r\nboot\r\nmain\r\n$/);
  });

  it('leave main.py out where boot.py fails, with a traceback that names the file', async () => {
    await talk.enterRaw();
    await talk.run(
      'f=open("boot.py","w")\nf.write("1/0")\nf.close()\nf=open("main.py","w")\nf.write("print(3)")\nf.close()',
    );
    await talk.ask('\x02', '>>> ');
    expect(await talk.ask('\x04', '>>> ')).toMatch(
      /^\r\nMPY: soft reboot\r\nTraceback \(most recent call last\):\r\n {2}File "boot\.py", line 1, in <module>\r\nZeroDivisionError: divide by zero\r\n\r\nMicroPython/,
    );
  });

  it('run a main.py that is not all text, and say what is wrong with it', async () => {
    await talk.enterRaw();
    await talk.run('f=open("main.py","wb")\nf.write(b"print(3)\\na\\xf1b")\nf.close()');
    await talk.ask('\x02', '>>> ');
    expect(await talk.ask('\x04', 'defined\r\n')).toMatch(
      /3\r\nTraceback .*File "main\.py", line 2, in .*'a\xf1b' isn't /s,
    );
  });

  it.each(['print(9)', 'print(9)\\n1/0'])(
    'do not keep a Ctrl-C that came too late for main.py: %s',
    async (main) => {
      await talk.enterRaw();
      await talk.run(`f=open("main.py","w")\nf.write("${main}")\nf.close()`);
      await talk.ask('\x02', '>>> ');
      await talk.ask('\x04\x03', '9\r\n');
      await talk.until('>>> ');
      expect(await talk.ask('print(7)\r', '>>> ')).toBe('print(7)\r\n7\r\n>>> ');
    },
  );

  it('stop main.py at Ctrl-C and give the REPL', async () => {
    await talk.enterRaw();
    await talk.run(
      'f=open("main.py","w")\nf.write("import time\\nprint(\'on\')\\nwhile True: time.sleep_ms(10)")\nf.close()',
    );
    await talk.ask('\x02', '>>> ');
    await talk.ask('\x04', 'on\r\n');
    const text = await talk.ask('\x03', '>>> ');
    expect(text).toMatch(
      /^Traceback \(most recent call last\):\r\n {2}File "main\.py", line 3, in <module>\r\n/,
    );
    expect(text).toContain('KeyboardInterrupt: \r\n\r\nMicroPython v');
  });
});

describe('the board', () => {
  it('says who it is, and that it is simulated', async () => {
    await talk.enterRaw();
    const { out } = await talk.run(
      'import os,sys,machine,binascii\nprint(sys.platform, sys.implementation.name, os.uname().machine, ' +
        'binascii.hexlify(machine.unique_id()).decode(), os.statvfs("/")[:4])',
    );
    const id = bench.ports[0]?.serialNumber ?? '';
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    expect(out).toBe(`bench micropython Plumbline bench board ${id} (4096, 4096, 352, 350)\r\n`);
  });

  it('has pins that the bench sees and a sensor in the bath', async () => {
    await talk.enterRaw();
    const { out, error } = await talk.run(
      'from machine import Pin, ADC\nPin(25, Pin.OUT).on()\nprint(Pin(25).value())\n' +
        'print(sum(ADC(Pin(26)).read_u16() for _ in range(64)) / 64 / 65535 * 140 - 20)',
    );
    expect(error).toBe('');
    const [pin, celsius] = out.split('\r\n');
    expect(pin).toBe('1');
    expect(Math.abs(Number(celsius) - 23)).toBeLessThan(1.6);
    expect(bench.state().boards[0]?.pins).toEqual({ 25: 1 });
  });

  it('gives Python no way into the process that simulates it', async () => {
    await talk.enterRaw();
    expect((await talk.run('import js\njs.process')).error).toContain('AttributeError');
  });
});
