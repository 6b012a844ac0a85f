import { afterEach, describe, expect, test } from 'vitest';
import { Failure } from '../../../shared/contract/failure.ts';
import { agentImage, file, OneUnit, slotFile } from './agent-image.fixture.ts';
import { RawRepl } from './raw-repl.ts';
import { usualTiming } from './timing.ts';

/** Boards that hold what no push of ours has put there. */
const impatient = { enterMs: 600, execMs: 1500, replyMs: 500, bannerMs: 300, pollMs: 100, requestMs: 500 };
const image = agentImage('NEW');

let unit: OneUnit;
afterEach(() => unit.close());

/** Runs Python on the unit as its owner would, at its own prompt and past everything of ours. */
async function python(source: string): Promise<string> {
  await (await unit.session()).close();
  const transport = await unit.bench.open('bench:1');
  try {
    const repl = new RawRepl(transport, usualTiming);
    await repl.enter();
    return await repl.exec(`import os\n${source}`, { during: 'preparing the test' });
  } finally {
    await transport.close();
  }
}

async function stopped(work: Promise<unknown>): Promise<void> {
  await work.then(undefined, (thrown: unknown) => {
    if (!(thrown instanceof Failure)) throw thrown;
  });
}

/** Soon found not to run: a board of the bench is up in less than a second. */
async function agentRuns(): Promise<boolean> {
  const session = await unit.session({ attachMs: 2500 });
  const hello = session.attach({ expected: unit.expected }).then((link) => link.hello());
  return hello.then(
    ({ manifest }) => manifest === image.manifest.sha256,
    (thrown: unknown) => {
      if (thrown instanceof Failure && thrown.code === 'AGENT_NOT_RUNNING') return false;
      throw thrown;
    },
  );
}

const foreign = "print('somebody else')\n";

describe.each(['littlefs', 'fat'] as const)(
  'a board with a program of somebody else, on %s',
  (fileSystem) => {
    test.each([1, 4, 8])(
      'whose power is cut %d changes after everything was staged: that program or ours is started',
      async (n) => {
        unit = await OneUnit.start({ fileSystem });
        const { expected } = unit;
        await (await unit.session()).replace([file('/main.py', foreign)], { expected });
        const session = await unit.session(impatient);
        const cut = Promise.withResolvers<void>();
        const before = (step: string): void => {
          if (step === 'flipping') unit.fault({ kind: 'cutPowerAtChange', n }).then(cut.resolve, cut.reject);
        };
        await stopped(session.push(image, { expected, before }));
        await cut.promise;
        await unit.cyclePower();
        const ours = await agentRuns();
        const held = await (await unit.session()).read('/main.py', { expected });
        expect([ours, Buffer.from(held ?? []).toString() === foreign]).toContain(true);
        await unit.commission(image);
        expect(await agentRuns()).toBe(true);
      },
      60_000,
    );
  },
);

test('a stray file in the slot that runs goes, and the slot stays sound all the while', async () => {
  unit = await OneUnit.start();
  const { expected } = unit;
  await unit.commission(image);
  await (await unit.session()).replace([file('/a/notes.txt', 'stray')], { expected });
  const session = await unit.session(impatient);
  await session.software({ expected });
  await unit.fault({ kind: 'cutPowerAtChange', n: 1 });
  await stopped(session.push(image, { expected }));
  await unit.cyclePower();
  expect(await agentRuns()).toBe(true);
  const { files } = await (await unit.session()).push(image, { expected });
  expect(files.filter(({ sent }) => sent)).toEqual([]);
  expect(await (await unit.session()).read('/a/notes.txt', { expected })).toBeNull();
}, 60_000);

test('a package that becomes one file: its empty folder, which would be taken for it, is gone', async () => {
  unit = await OneUnit.start();
  await unit.commission(agentImage('V1', {}, [slotFile('/lib/foo/deep/__init__.py', 'X = 1\n')]));
  await unit.commission(agentImage('V2'));
  const agent = Buffer.from(
    image.files.find(({ path }) => path === '/plumbline/agent.py')?.bytes ?? [],
  ).toString();
  const asking = `import foo\n\nif foo.X != 3:\n    raise ValueError('not the file')\n${agent}`;
  const next = agentImage('V3', { '/plumbline/agent.py': asking }, [slotFile('/lib/foo.py', 'X = 3\n')]);
  await unit.commission(next);
  expect(await unit.running()).toBe(next.manifest.sha256);
}, 60_000);

test('files with odd names in a slot are in the way, and go', async () => {
  unit = await OneUnit.start();
  await unit.commission(agentImage('OLD'));
  const names = ['quo\\"te', 'back\\\\slash', "apo'strophe", 'new\\nline', '\\xfcmlaut', '\\u20ac'];
  const lines = names.map((name) => `open("/b/x/${name}","w").close()`);
  await python(["os.mkdir('/b')", "os.mkdir('/b/x')", ...lines].join('\n'));
  await unit.commission(image);
  expect(await agentRuns()).toBe(true);
  expect(await python("print('x' in os.listdir('/b'))")).toMatch(/^False/);
}, 60_000);
