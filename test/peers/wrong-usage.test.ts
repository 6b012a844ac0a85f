import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJob } from '../../electron/store/job-store.ts';
import { demoRecipe, looksLikeAStack, plumb, temporaryFolder } from './terminal.ts';

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

describe('wrong usage', () => {
  it.each([
    ['no command', []],
    ['an unknown command', ['dance']],
    ['an unknown option', ['devices', '--loud']],
    ['a missing option', ['run', demoRecipe]],
    ['a missing argument', ['verify']],
    ['too many arguments', ['verify', 'a', 'b']],
    ['half a command', ['recipe']],
    ['no number', ['bench', '--ptys', 'x', '--boards', 'two']],
  ])('%s: exit 2, words, and one JSON document', async (_name, args) => {
    const plain = await plumb(...args);
    expect([plain.code, plain.stdout]).toEqual([2, '']);
    expect(looksLikeAStack(plain.stderr)).toBe(false);
    const json = await plumb(...args, '--json');
    expect(json.code).toBe(2);
    expect((JSON.parse(json.stdout) as { usage: { message: string } }).usage.message).not.toBe('');
  });

  it.each([['run'], ['recipe', 'check'], ['devices'], ['identify'], ['verify'], ['bench']])(
    '%s has help with an example',
    async (...words) => {
      const { code, stdout } = await plumb(...words.filter((word) => typeof word === 'string'), '--help');
      expect(code).toBe(0);
      expect(stdout).toContain(`Example:\n  plumb ${words.join(' ')}`);
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
