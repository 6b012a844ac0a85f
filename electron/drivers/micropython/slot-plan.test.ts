import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SlotImage } from '../driver.ts';
import { foldersOf, planSlot, roomFor } from './slot-plan.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const file = (path: string, text: string) => ({ path, bytes: Buffer.from(text), sha256: sha256(text) });
type Files = Record<string, string>;

const imageOf = (files: Files): SlotImage => ({
  files: Object.entries(files).map(([path, text]) => ({ ...file(path, text), size: text.length })),
  manifest: file('/manifest.json', JSON.stringify(files)),
  trampoline: file('/main.py', ''),
  data: [],
});
const held = (files: Map<string, string>) =>
  new Map([...files].map(([path, text]) => [path, { size: text.length, sha256: sha256(text) }]));

/** What the unit holds after a plan was carried out up to its `steps`-th step. */
function carryOut(files: Map<string, string>, plan: ReturnType<typeof planSlot>, steps: number): void {
  const work = [
    ...plan.remove.map((path) => () => void files.delete(path)),
    ...plan.copy.map(
      ({ from, to }) =>
        () =>
          void files.set(to, files.get(from) ?? 'lost'),
    ),
    ...[...plan.send, plan.manifest].map((one) => () => void files.set(one.path, one.bytes.toString())),
  ];
  for (const step of work.slice(0, steps)) step();
}

const path = fc.constantFrom('/a.py', '/b.py', '/lib/c.py', '/lib/d.py', '/config.json');
const text = fc.constantFrom('one', 'two', 'three', 'four');
const tree = fc.dictionary(path, text);

test('from whatever a slot holds, cut wherever it may be, it comes to hold the image and nothing else', () => {
  const inSlot = (slot: string, files: Files): [string, string][] =>
    Object.entries(files).map(([at, content]) => [`/${slot}${at}`, content]);
  fc.assert(
    fc.property(tree, tree, tree, fc.array(fc.nat(12), { maxLength: 4 }), (wanted, spare, active, cuts) => {
      const image = imageOf(wanted);
      const files = new Map([...inSlot('b', spare), ...inSlot('a', active)]);
      const other = new Map(inSlot('a', active));
      for (const steps of [...cuts, 99, 99, 99]) {
        const plan = planSlot(image, 'b', held(files));
        if (!plan.complete) carryOut(files, plan, steps);
        expect([...files].filter(([at]) => at.startsWith('/a/'))).toEqual([...other]);
      }
      expect(planSlot(image, 'b', held(files)).complete).toBe(true);
      const now = new Map([...files].filter(([at]) => at.startsWith('/b/')));
      expect(now).toEqual(new Map([...inSlot('b', wanted), ['/b/manifest.json', JSON.stringify(wanted)]]));
    }),
  );
});

test('what the unit holds anywhere is not sent, and a slot that changes has no manifest', () => {
  const image = imageOf({ '/a.py': 'same', '/b.py': 'moved', '/c.py': 'new' });
  const files = held(
    new Map([
      ['/a/a.py', 'same'],
      ['/b/a.py', 'same'],
      ['/b/stray.py', 'moved'],
      ['/b/manifest.json', 'of before'],
    ]),
  );
  const plan = planSlot(image, 'b', files);
  expect(plan).toMatchObject({
    remove: ['/b/manifest.json'],
    copy: [{ from: '/b/stray.py', to: '/b/b.py' }],
    send: [{ path: '/b/c.py' }],
    missing: [],
    complete: false,
  });
  const block = 4096;
  expect(roomFor(plan, [image.trampoline], files, block)).toEqual({ needed: 8 * block, freed: block });
});

test('bytes that are nowhere on the unit and are not given are missing', () => {
  const image = imageOf({ '/key.pem': 'secret' });
  const files = image.files.map((one) => ({ ...one, bytes: null }));
  expect(planSlot({ ...image, files }, 'a', new Map()).missing).toEqual(['/key.pem']);
  const made = held(new Map([['/plumbline/made/key.pem', 'secret']]));
  expect(planSlot({ ...image, files }, 'a', made)).toMatchObject({
    missing: [],
    copy: [{ from: '/plumbline/made/key.pem', to: '/a/key.pem' }],
  });
});

test('folders come outermost first', () => {
  expect(foldersOf(['/b/lib/deep/x.py', '/b/y.py', '/z'])).toEqual(['/b', '/b/lib', '/b/lib/deep']);
});
