import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../electron/cli/command.ts';
import { commands } from '../../electron/cli/commands.ts';
import { outputOf } from '../../electron/cli/output.ts';
import { runTerminal } from '../../electron/cli/terminal.ts';
import { createJob } from '../../electron/store/job-store.ts';
import { demoRecipe, type Ended, looksLikeAStack, plumb, temporaryFolder } from './terminal.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder();
});

afterAll(() => folder.remove());

interface Refusal {
  failure: { code: string };
  mistakes: { path: string; message: string }[];
}

async function refused(name: string, content: string): Promise<Refusal> {
  const file = join(folder.path, `${name}.json`);
  const out = join(folder.path, `${name}-out`);
  await writeFile(file, content);
  const run = await plumb(
    'run',
    file,
    '--port',
    'bench:1',
    '--reference',
    'bench:reference',
    '--out',
    out,
    '--json',
  );
  expect(run.code, run.stdout + run.stderr).toBe(2);
  expect(looksLikeAStack(run.stderr)).toBe(false);
  expect(existsSync(out)).toBe(false);
  return JSON.parse(run.stdout) as Refusal;
}

describe('a wrong recipe', () => {
  it('has every mistake named with its path, and nothing is touched', async () => {
    const recipe = JSON.parse(await readFile(demoRecipe, 'utf8'));
    delete recipe.report.engineer;
    recipe.extra = true;
    recipe.provision.tag = 'not a tag!';
    recipe.provision.periodMs = '50';
    recipe.calibrate.points = ['0', '500', '0'];
    recipe.calibrate.tolerance = '0';
    recipe.validate.rules[0].when.below = '5';
    recipe.validate.rules[1].when.sensor = 't9';
    recipe.validate.rules[2].for = '5 fortnights';
    const { failure, mistakes } = await refused('mistaken', JSON.stringify(recipe));
    expect(failure.code).toBe('RECIPE_INVALID');
    const paths = mistakes.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'report.engineer',
        'extra',
        'provision.tag',
        'provision.periodMs',
        'calibrate.points.1',
        'calibrate.points.2',
        'calibrate.tolerance',
        'validate.rules.0.when',
        'validate.rules.1.when.sensor',
        'validate.rules.2.for',
      ]),
    );
    expect(mistakes.every(({ message }) => message.length > 5)).toBe(true);
  });

  it.each([
    ['not-json', '{"recipe": 1,'],
    ['empty', ''],
    ['array', '[]'],
    ['null', 'null'],
    ['number', '42'],
    ['deep', '['.repeat(200_000)],
    ['large', `"${'x'.repeat(2_000_000)}"`],
  ])('that is %s is refused', async (name, content) => {
    expect((await refused(name, content)).mistakes.length).toBeGreaterThan(0);
  });

  it.each([
    ['/dev/zero', '/dev/zero'],
    ['a pipe', 'pipe'],
    ['a folder', '.'],
  ])('that is %s is refused at once', async (_, name) => {
    const pipe = join(folder.path, 'pipe');
    if (!existsSync(pipe)) execFileSync('mkfifo', [pipe]);
    const run = await plumb('recipe', 'check', resolve(folder.path, name), '--json');
    expect(run.code).toBe(2);
    expect((JSON.parse(run.stdout) as Refusal).mistakes[0]?.message).toContain('cannot be read: it is a ');
  });

  it('that is not there is refused', async () => {
    const missing = join(folder.path, 'missing.json');
    const run = await plumb('recipe', 'check', missing, '--json');
    expect(run.code).toBe(2);
    expect((JSON.parse(run.stdout) as Refusal).mistakes).toEqual([
      { path: missing, message: 'cannot be read: it is not there' },
    ]);
  });
});

interface Asked {
  plain: Ended;
  json: unknown;
  code: number | null;
}

/** The same with and without `--json`: the same exit code, words for people, exactly one JSON document on stdout. */
/** The terminal without a process of its own, which costs half a second each. */
async function inProcess(asked: string[]): Promise<Ended> {
  const heard = { stdout: '', stderr: '' };
  const sink = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (heard[name] += text) });
  const output = outputOf(false, sink('stdout'), sink('stderr'));
  const terminal = { output, log: pino({ level: 'silent' }), signal: new AbortController().signal };
  return { code: await runTerminal(asked, commands, terminal), ...heard };
}

async function bothWays(args: () => string[]): Promise<Asked> {
  const [plain, json] = await Promise.all([inProcess(args()), plumb(...args(), '--json')]);
  expect(json.code, json.stdout + json.stderr).toBe(plain.code);
  expect(plain.stdout).toBe('');
  expect(plain.stderr.trim()).not.toBe('');
  expect([plain, json].some(({ stderr }) => looksLikeAStack(stderr))).toBe(false);
  return { plain, json: JSON.parse(json.stdout), code: json.code };
}

/** A command with something for everything that it needs. */
const complete = ({ name, arguments: needed = [], options = [] }: Command): string[] => [
  ...name.split(' '),
  ...needed.map(() => 'x'),
  ...options.flatMap(({ flags, required }) => (required ? [flags.split(' ')[0] ?? '', '1'] : [])),
];
const incomplete = commands
  .filter((command) => command.arguments?.length || command.options?.some(({ required }) => required))
  .map(({ name }) => name.split(' '));
const runWith = (port: string, reference: string, out: string): string[] =>
  ['run', demoRecipe, '--port', port, '--reference', reference].concat('--out', out);
const ports = (port: string, reference: string): string[] =>
  runWith(port, reference, join(folder.path, 'never-made'));

describe('wrong usage', () => {
  it.each<[string, () => string[], string]>([
    ['no command', () => [], 'a command is missing'],
    ['half a command', () => ['recipe'], 'a command is missing'],
    ['an unknown command', () => ['dance'], "unknown command 'dance'"],
    ['an unknown half', () => ['recipe', 'dance'], "unknown command 'dance'"],
    ['an unknown option before the command', () => ['--loud', 'devices'], "unknown option '--loud'"],
    ...commands.map((command): [string, () => string[], string] => [
      `an unknown option of ${command.name}`,
      () => [...complete(command), '--loud'],
      "unknown option '--loud'",
    ]),
    ...incomplete.map((name): [string, () => string[], string] => [
      `nothing that ${name.join(' ')} needs`,
      () => name,
      'required',
    ]),
    ['too many arguments', () => ['verify', 'a', 'b'], 'too many arguments'],
    ['an option without its value', () => ['identify', '--yes', '--port'], "option '--port <port>' argument"],
    ['no number', () => ['bench', '--ptys', 'x', '--boards', 'two'], 'a whole number from 1 to 16'],
    ['one port for both', () => ports('bench:1', 'bench:1'), 'the same port'],
    ['an empty port', () => ports('', 'bench:reference'), '--port must not be empty'],
    ['neither a port nor all', () => ['run', demoRecipe, '--out', 'x'], '--port or --all is needed'],
    ['a port and all', () => [...ports('bench:1', 'bench:reference'), '--all'], 'exclude each other'],
    [
      'names for one',
      () => [...ports('bench:1', 'bench:reference'), '--names', 'x'],
      '--names goes with --all',
    ],
    ['all without a reference', () => ['run', demoRecipe, '--all', '--out', 'x'], '--reference is missing'],
    ['an empty reference', () => ports('bench:1', ' '), '--reference must not be empty'],
    ['half a tcp: port', () => ports('bench:1', 'tcp:host'), '--reference must be tcp:host:port'],
    ['an empty port to identify', () => ['identify', '--port', '', '--yes'], 'must not be empty'],
    ['a bench to identify', () => ['identify', '--port', 'bench:1', '--yes'], 'ports of this computer'],
    ['no consent', () => ['identify', '--port', '/dev/not-there'], 'say --yes'],
  ])('%s: exit 2, words, and one JSON document', async (_name, args, message) => {
    const { plain, json, code } = await bothWays(args);
    expect(code).toBe(2);
    expect(plain.stderr).toContain(message);
    expect((json as { usage: { message: string } }).usage.message).toContain(message);
    expect(existsSync(join(folder.path, 'never-made'))).toBe(false);
  });

  it.each(commands.map(({ name }) => [name]))('%s has help with an example', async (name) => {
    const { code, stdout } = await plumb(...name.split(' '), '--help');
    expect(code).toBe(0);
    // What takes a request shows one on its standard input.
    expect(/Example:\n {2}(?:echo .* \| )?plumb (.*)/.exec(stdout)?.[1]).toMatch(new RegExp(`^${name}\\b`));
  });
});

describe('what cannot be done', () => {
  const run = (port: string, out: string): string[] => runWith(port, 'bench:reference', out);
  const fresh = (): string => join(folder.path, randomUUID());
  const nowhere = join(tmpdir(), 'plumb-not-there', 'port');
  const onLinux: [string, () => string[], string][] = [
    ['run into a folder that cannot be', () => run('bench:1', '/proc/x'), 'FILE_UNWRITABLE'],
    ['run into a folder that takes nothing', () => run('bench:1', '/proc'), 'FILE_UNWRITABLE'],
    ['bench in a folder that cannot be', () => ['bench', '--ptys', '/proc/x/y'], 'FILE_UNWRITABLE'],
  ];

  it.each([
    ...(process.platform === 'linux' ? onLinux : []),
    ['run into a file', () => run('bench:1', demoRecipe), 'FILE_UNWRITABLE'],
    ['bench in a file', () => ['bench', '--ptys', demoRecipe], 'FILE_UNWRITABLE'],
    ['run on no port', () => run(nowhere, fresh()), 'PORT_NOT_FOUND'],
    ['run on no board', () => run('bench:9', fresh()), 'PORT_NOT_FOUND'],
    ['identify on no port', () => ['identify', '--port', nowhere, '--yes'], 'PORT_NOT_FOUND'],
    ['verify nothing', () => ['verify', nowhere], 'FILE_UNREADABLE'],
    ['verify a folder', () => ['verify', folder.path], 'FILE_UNREADABLE'],
    ['verify a device', () => ['verify', '/dev/zero'], 'FILE_UNREADABLE'],
  ] satisfies [string, () => string[], string][])(
    '%s: exit 1, words, and one JSON document',
    async (_name, args, expected) => {
      const { plain, json, code } = await bothWays(args);
      expect(code).toBe(1);
      expect(plain.stderr).toContain(`(${expected})`);
      expect((json as Refusal).failure.code).toBe(expected);
    },
  );
});

describe('plumb verify', () => {
  it('names the first event of an altered project: exit 1', async () => {
    const path = join(folder.path, 'altered.plumb');
    const store = createJob(path, { name: 'Altered' });
    for (const value of ['before', 'as-found 1.25', 'after']) {
      store.append({ kind: 'note', subject: 'job', body: { value } });
    }
    store.close();
    expect((await plumb('verify', path)).code).toBe(0);
    const bytes = await readFile(path);
    bytes.write('as-found 0.02', bytes.indexOf('as-found 1.25'));
    await writeFile(path, bytes);
    const { code, stdout } = await plumb('verify', path, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, seq: 3 });
  });

  it.each([
    ['foreign', 'not a project'],
    ['empty', ''],
  ])('of a file that is no project (%s): exit 1 with the failure', async (name, content) => {
    const path = join(folder.path, `${name}.plumb`);
    await writeFile(path, content);
    const { code, stdout } = await plumb('verify', path, '--json');
    expect(code).toBe(1);
    expect((JSON.parse(stdout) as Refusal).failure.code).toBe('PROJECT_INVALID');
  });
});
