import { describe, expect, it } from 'vitest';
import { unitWithTag } from './settings.ts';

const unit = (hardwareId: string, tag: string | null) =>
  ({ hardwareId, settings: tag === null ? null : { tag } }) as Parameters<typeof unitWithTag>[0][number];
const units = [unit('aa', 'TT-101'), unit('bb', null)];

describe('a tag that another unit bears', () => {
  it('is found', () => expect(unitWithTag(units, 'TT-101', 'bb')?.hardwareId).toBe('aa'));
  it('is not the unit itself, once more', () => expect(unitWithTag(units, 'TT-101', 'aa')).toBeNull());
  it('is not a tag that is still empty', () => expect(unitWithTag([unit('cc', '')], '', 'aa')).toBeNull());
});
