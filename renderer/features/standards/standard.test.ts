import { describe, expect, it } from 'vitest';
import { ReferenceStandard } from '../../../shared/contract/standards.ts';
import { standardState } from './standard.ts';

const standard = ReferenceStandard.parse({
  id: 's1',
  maker: 'Fluke',
  model: '1524',
  serial: '4711',
  unit: 'degC',
  resolution: '0.001',
  certificates: [
    {
      number: 'C-1',
      laboratory: 'Lab',
      issued: '2026-01-10',
      due: '2027-01-10',
      points: [{ value: '0', expandedUncertainty: '0.04' }],
    },
  ],
});

describe('state of a standard', () => {
  it.each([
    ['2026-01-09', 'early'],
    ['2026-01-10', 'valid'],
    ['2026-11-25', 'valid'],
    ['2026-11-26', 'soon'],
    ['2027-01-10', 'soon'],
    ['2027-01-11', 'overdue'],
  ])('on %s is %s', (today, state) => expect(standardState(standard, today)).toBe(state));

  it('is retired whatever its dates say', () => {
    const retired = { ...standard, retired: { on: '2026-05-01', reason: 'Dropped' } };
    expect(standardState(retired, '2026-06-01')).toBe('retired');
  });
});
