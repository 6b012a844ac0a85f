import { describe, expect, it } from 'vitest';
import { QueueNames } from './queue-names.ts';

const settings = { tag: 'TT-{n}', asset: 'A', location: 'Hall', profile: 'thermo', periodMs: 100 };
const row = (tag: string, hardwareId: string | null = null): Parameters<typeof make>[0][number] => ({
  hardwareId,
  tag,
  asset: '',
  location: '',
});
const make = (rows: ConstructorParameters<typeof QueueNames>[1], units = 2, tag = settings.tag): QueueNames =>
  new QueueNames({ ...settings, tag }, rows, units);

describe('names for several units', () => {
  it('are numbered where there is no list', () => {
    const names = make([]);
    expect([names.for('aaaa', 1).tag, names.for('bbbb', 2).tag, names.for('aaaa', 9).tag]).toEqual([
      'TT-1',
      'TT-2',
      'TT-1',
    ]);
  });

  it('are those of the unit itself, then the next free row, then numbered', () => {
    const names = make([row('FREE'), row('MINE', 'bbbb')]);
    expect(['bbbb', 'aaaa', 'cccc'].map((unit, i) => names.for(unit, i + 1).tag)).toEqual([
      'MINE',
      'FREE',
      'TT-3',
    ]);
  });

  it('keep what the recipe says where the row says nothing', () => {
    expect(make([{ hardwareId: null, tag: 'X', asset: 'B', location: '' }]).for('aaaa', 1)).toMatchObject({
      asset: 'B',
      location: 'Hall',
    });
  });

  it('are refused where two units would get the same', () => {
    expect(() => make([], 2, 'TT-1')).toThrow(expect.objectContaining({ code: 'STEP_BLOCKED' }));
    expect(() => make([row('X'), row('X')])).toThrow(expect.objectContaining({ code: 'LIST_INVALID' }));
    const same = make([row('ONE'), row('TWO', 'ffff')], 2, 'ONE');
    expect(same.for('aaaa', 1).tag).toBe('ONE');
    expect(() => same.for('bbbb', 2)).toThrow(expect.objectContaining({ code: 'STEP_BLOCKED' }));
  });

  it('pass over a number that somebody else has', () => {
    const names = make([row('TT-2', 'ffff')]);
    expect(['aaaa', 'bbbb', 'ffff'].map((unit, i) => names.for(unit, i + 2).tag)).toEqual([
      'TT-1',
      'TT-3',
      'TT-2',
    ]);
  });

  it('stay with the unit that had them in this job before, whatever the order', () => {
    const before = new Map([
      ['aaaa', 'TT-2'],
      ['bbbb', 'FREE'],
      ['cccc', 'OLD'],
    ]);
    const numbered = new QueueNames(settings, [], 3, before);
    expect(['cccc', 'dddd', 'aaaa'].map((unit, i) => numbered.for(unit, i + 1).tag)).toEqual([
      'TT-1',
      'TT-3',
      'TT-2',
    ]);
    const listed = new QueueNames(settings, [row('FREE'), row('NEXT')], 2, before);
    expect(['aaaa', 'bbbb'].map((unit, i) => listed.for(unit, i + 1).tag)).toEqual(['NEXT', 'FREE']);
  });
});
