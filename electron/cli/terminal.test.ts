import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../shared/contract/failure.ts';
import type { Command, Context } from './command.ts';
import { numberBetween } from './numbers.ts';
import { outputOf } from './output.ts';
import { runTerminal } from './terminal.ts';

const commandThat = (run: (context: Context) => Promise<0 | 1 | 2>): Command => ({
  name: 'try it',
  summary: 'a command of this test',
  arguments: [{ name: 'what', description: 'anything' }],
  options: [{ flags: '--count <n>', description: 'how many', parse: numberBetween(1, 3) }],
  example: 'plumb try it x',
  run: (_input, context) => run(context),
});

async function outcome(command: Command, ...asked: string[]) {
  const heard = { stdout: '', stderr: '' };
  const sink = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      heard[name] += text;
    },
  });
  const output = outputOf(asked.includes('--json'), sink('stdout'), sink('stderr'));
  const log = pino({ level: 'silent' });
  const code = await runTerminal(asked, [command], { output, log, signal: new AbortController().signal });
  return { code, ...heard };
}

const answering = commandThat(async (context) => {
  context.say('under way');
  context.answer({ sum: 3 }, ['The sum is 3.']);
  return 0;
});

describe('a command', () => {
  it('answers in words on stdout, and tells on stderr what it does', async () => {
    const heard = { stdout: 'The sum is 3.\n', stderr: 'under way\n' };
    expect(await outcome(answering, 'try', 'it', 'x')).toEqual({ code: 0, ...heard });
  });

  it('answers with one JSON document', async () => {
    const { code, stdout } = await outcome(answering, 'try', 'it', 'x', '--json');
    expect([code, JSON.parse(stdout)]).toEqual([0, { sum: 3 }]);
  });

  it('ends with the code that it says', async () => {
    expect(
      (
        await outcome(
          commandThat(async () => 1),
          'try',
          'it',
          'x',
        )
      ).code,
    ).toBe(1);
  });
});

describe('what goes wrong', () => {
  const failing = commandThat(async () => {
    throw new Failure('PORT_BUSY', { port: 'COM3' }, { deviceState: 'old-still-runs' });
  });

  it('is a failure record with --json', async () => {
    const { code, stdout } = await outcome(failing, 'try', 'it', 'x', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      failure: { code: 'PORT_BUSY', deviceState: 'old-still-runs', params: { port: 'COM3' } },
    });
  });

  it('is told in words: what happened, the state of the unit, what to do', async () => {
    const { code, stdout, stderr } = await outcome(failing, 'try', 'it', 'x');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      'The port COM3 is in use by another program. (PORT_BUSY)\n' +
        'State of the unit: its old program still runs.\n' +
        'What to do: Close the other program, then try again.\n',
    );
  });

  it('is INTERNAL, without a stack, where nobody foresaw it', async () => {
    const broken = commandThat(async () => {
      throw new TypeError('x is not a function');
    });
    const { code, stdout, stderr } = await outcome(broken, 'try', 'it', 'x', '--json');
    expect([code, stderr]).toEqual([1, '']);
    expect(JSON.parse(stdout)).toMatchObject({ failure: { code: 'INTERNAL' } });
    expect(stdout).not.toContain('terminal.test');
  });

  it('after the answer stays off stdout: there is one document', async () => {
    const late = commandThat(async (context) => {
      context.answer({ ready: true }, []);
      throw new Failure('BENCH_FAILED', { detail: 'it broke' });
    });
    const { code, stdout, stderr } = await outcome(late, 'try', 'it', 'x', '--json');
    expect([code, JSON.parse(stdout)]).toEqual([1, { ready: true }]);
    expect(stderr).toContain('BENCH_FAILED');
  });
});

describe('wrong usage', () => {
  it.each([
    [[], 'a command is missing'],
    [['try'], 'a command is missing'],
    [['dance'], "unknown command 'dance'"],
    [['try', 'it'], "missing required argument 'what'"],
    [['try', 'it', 'x', '--count'], 'Its value is missing.'],
    [['try', 'it', 'x', '--count', '4'], 'It must be a whole number from 1 to 3.'],
    [['try', 'it', 'x', '--count', '1.5'], 'It must be a whole number from 1 to 3.'],
  ])('%j', async (asked, message) => {
    const { code, stdout } = await outcome(answering, ...asked, '--json');
    expect(code).toBe(2);
    expect((JSON.parse(stdout) as { usage: { message: string } }).usage.message).toContain(message);
  });
});
