import { describe, expect, it } from 'vitest';
import { Failure } from '../../../shared/contract/failure.ts';
import { type Answered, shown } from './useNewest.ts';

const answered: Answered<string> = { of: 'hot at 70', about: 'hot', answer: 'fired', failure: null };

describe('the newest answer', () => {
  it('stays in sight while a newer one about the same is awaited', () => {
    expect(shown(answered, { key: 'hot at 70', about: 'hot' })).toMatchObject({
      answer: 'fired',
      running: false,
    });
    expect(shown(answered, { key: 'hot at 71', about: 'hot' })).toMatchObject({
      answer: 'fired',
      running: true,
    });
  });

  it('is never shown as one about something else, nor where nothing is asked', () => {
    const other = shown(answered, { key: 'cold at 3', about: 'cold' });
    expect(other).toMatchObject({ answer: null, running: true, failure: null });
    expect(shown(answered, null)).toMatchObject({ answer: null, running: false });
  });

  it('says a failure of its own question only', () => {
    const failure = new Failure('NOT_FOUND', { thing: 'recording', id: 'r1' }).toJSON();
    const failed = { ...answered, answer: null, failure };
    expect(shown(failed, { key: 'hot at 70', about: 'hot' }).failure).toEqual(failure);
    expect(shown(failed, { key: 'hot at 71', about: 'hot' }).failure).toBeNull();
  });
});
