import { describe, expect, it } from 'vitest';
import type { JobUnit } from '../../../shared/contract/job.ts';
import { nextRow } from './names.ts';

const row = (tag: string, hardwareId: string | null = null) => ({ hardwareId, tag, asset: '', location: '' });
const unit = (hardwareId: string, tag: string) => ({ hardwareId, settings: { tag } }) as JobUnit;
const rows = [row('TT-1'), row('TT-2'), row('TT-9', 'abcd')];

describe('the next row of a list', () => {
  it('is the first for a new unit', () => expect(nextRow(rows, [], 'eeee')?.tag).toBe('TT-1'));
  it('is the one that names the unit', () => expect(nextRow(rows, [], 'abcd')?.tag).toBe('TT-9'));
  it('passes over what another unit bears', () =>
    expect(nextRow(rows, [unit('ffff', 'TT-1')], 'eeee')?.tag).toBe('TT-2'));
  it('stays with the unit that bears it', () =>
    expect(nextRow(rows, [unit('eeee', 'TT-1')], 'eeee')?.tag).toBe('TT-1'));
  it('is none where all are taken', () =>
    expect(nextRow([row('TT-1')], [unit('ffff', 'TT-1')], 'eeee')).toBeNull());
});
