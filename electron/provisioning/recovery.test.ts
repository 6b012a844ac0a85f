import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { PushJournal, SlotName } from '../../shared/contract/provision.ts';
import type { SlotFile, SlotImage, UnitSoftware } from '../drivers/driver.ts';
import { besideSlotsDiffers, standingOf } from './recovery.ts';
import { imageOf } from './software/software.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const file = (path: string, text: string): SlotFile => ({
  path,
  size: text.length,
  sha256: sha256(text),
  bytes: Buffer.from(text),
});
const trampoline = { path: '/main.py', bytes: Buffer.from('m'), sha256: sha256('m') };
const image = (tag: string): SlotImage =>
  imageOf({
    facts: { product: 'plumbline-agent', version: '0.1.0', securityCounter: 0 },
    files: [file('/plumbline/agent.py', 'agent'), file('/config.json', tag)],
    trampoline,
    data: [],
  });
const [old, wanted, other] = [image('old'), image('wanted'), image('other')];

const held = ({ manifest }: SlotImage): { manifest: string; text: Uint8Array } => ({
  manifest: manifest.sha256,
  text: manifest.bytes,
});
/** Slot a runs `old`, confirmed; slot b holds what is given. */
const unit = (change: Partial<UnitSoftware> & { b?: SlotImage | null } = {}): UnitSoftware => {
  const { b = null, ...facts } = change;
  return { active: 'a', bootsLeft: null, fellBack: null, slots: { a: held(old), b: b && held(b) }, ...facts };
};
const journal = (stage: PushJournal['stage'], of: SlotImage = wanted, slot: SlotName = 'b'): PushJournal => ({
  slot,
  manifest: of.manifest.sha256,
  stage,
});

describe('what an earlier push left', () => {
  it.each<[string, PushJournal | null, UnitSoftware, object]>([
    ['no push before', null, unit(), { go: 'stage', recovery: null }],
    [
      'a blank unit',
      null,
      unit({ active: null, slots: { a: null, b: null } }),
      { go: 'stage', recovery: null },
    ],
    ['the last push was confirmed', journal('confirmed', old, 'a'), unit(), { go: 'stage', recovery: null }],
    [
      'the last push was taken back',
      journal('rolled-back', old, 'a'),
      unit(),
      { go: 'stage', recovery: null },
    ],
    ['cut while staging', journal('staging'), unit(), { go: 'stage', recovery: { how: 'resumed' } }],
    [
      'cut before the flip, all staged',
      journal('flipping'),
      unit({ b: wanted }),
      { go: 'stage', recovery: { how: 'resumed' } },
    ],
    [
      'cut after the flip',
      journal('flipping'),
      unit({ active: 'b', bootsLeft: 3, b: wanted }),
      { go: 'start', slot: 'b', recovery: { how: 'resumed' } },
    ],
    [
      'cut after the unit was told to keep it',
      journal('confirming'),
      unit({ active: 'b', b: wanted }),
      { go: 'start', slot: 'b', recovery: { how: 'completed' } },
    ],
    [
      'on trial without any record of it: the project is another one',
      null,
      unit({ active: 'b', bootsLeft: 1, b: wanted }),
      { go: 'start', slot: 'b', recovery: { how: 'resumed' } },
    ],
    [
      'other software on trial',
      journal('restarting', other),
      unit({ active: 'b', bootsLeft: 2, b: other }),
      { go: 'roll-back', from: 'b', recovery: { how: 'rolled-back' } },
    ],
    [
      'the unit gave it up by itself',
      journal('restarting'),
      unit({ b: wanted, fellBack: { from: 'b', why: 'boots' } }),
      { go: 'stage', recovery: { how: 'rolled-back' } },
    ],
    [
      'other software was confirmed, and the app did not hear it',
      journal('confirming', other),
      unit({ active: 'b', b: other }),
      { go: 'stage', recovery: { how: 'completed' } },
    ],
    [
      'the slot of the push is in force with software from before it',
      journal('staging', wanted, 'a'),
      unit(),
      { go: 'stage', recovery: { how: 'nothing-written' } },
    ],
  ])('%s', (_, cut, software, expected) => {
    expect(standingOf(cut, software, wanted)).toMatchObject(expected);
  });

  it('is started as it lies on the unit, and nothing is sent', () => {
    const standing = standingOf(journal('flipping'), unit({ active: 'b', bootsLeft: 3, b: wanted }), wanted);
    if (standing.go !== 'start') throw new Error(standing.go);
    expect(standing.manifest.sha256).toBe(wanted.manifest.sha256);
    expect(standing.files.map(({ path, bytes }) => [path, bytes])).toEqual([
      ['/config.json', null],
      ['/plumbline/agent.py', null],
    ]);
  });

  it('is not started where what lies beside the slots is another', () => {
    const trial = unit({ active: 'b', bootsLeft: 3, b: wanted });
    expect(besideSlotsDiffers(standingOf(null, trial, wanted), trial)).toMatchObject({
      go: 'roll-back',
      recovery: { how: 'rolled-back' },
    });
    const kept = unit({ active: 'b', b: wanted });
    const standing = standingOf(journal('confirming'), kept, wanted);
    expect(besideSlotsDiffers(standing, kept)).toMatchObject({ go: 'stage', recovery: { how: 'completed' } });
  });

  it('is never taken for what is wanted where one byte of it is another', () => {
    const changed = { files: wanted.files.map((each, n) => (n === 0 ? file(each.path, 'wantee') : each)) };
    const trial = unit({ active: 'b', bootsLeft: 3, b: wanted });
    expect(standingOf(journal('flipping'), trial, changed).go).toBe('roll-back');
  });

  it('with a manifest that cannot be read is other software', () => {
    const slots = {
      a: held(old),
      b: { manifest: wanted.manifest.sha256, text: Buffer.from('{"files":[1]}') },
    };
    expect(standingOf(null, unit({ active: 'b', bootsLeft: 3, slots }), wanted).go).toBe('roll-back');
  });
});
