import { describe, expect, it } from 'vitest';
import { ReferenceStandard } from '../../../shared/contract/standards.ts';
import { draftOfStandard, noStandard, readPoints, readStandard } from './entry.ts';

const draft = {
  ...noStandard,
  maker: 'Fluke',
  model: '1524',
  serial: '4711',
  resolution: '0.001',
  certificate: {
    number: 'C-1',
    laboratory: 'Lab',
    accreditation: '',
    issued: '2026-01-10',
    due: '2027-01-10',
    points: '0; -0.004; 0.02; 2\n100; 0.01; 0.03',
  },
};

describe('entry of a standard', () => {
  it.each([
    ['0 0.02', [{ value: '0', correction: '0', expandedUncertainty: '0.02', coverageFactor: '2' }]],
    [
      '−5,5; 0,01; 0,02; 2,1',
      [{ value: '-5.5', correction: '0.01', expandedUncertainty: '0.02', coverageFactor: '2.1' }],
    ],
    ['0', null],
    ['0; 1; 2; 3; 4', null],
    ['0; x', null],
    ['', null],
  ])('reads points from %j', (text, points) => expect(readPoints(text)).toEqual(points));

  it('reads what is entered, and what it read', () => {
    const read = readStandard(draft, []);
    expect(read).toMatchObject({ standard: { maker: 'Fluke', certificates: [{ number: 'C-1' }] } });
    if ('standard' in read) {
      const kept = ReferenceStandard.parse({ ...read.standard, id: 's1' });
      expect(readStandard(draftOfStandard(kept), [])).toEqual(read);
    }
  });

  it.each([
    ['maker', { serial: ' ' }],
    ['unit', { unit: 'parsec' }],
    ['resolution', { resolution: '0' }],
    ['drift', { drift: '-1' }],
    ['certificate', { certificate: { ...draft.certificate, number: '' } }],
    ['dates', { certificate: { ...draft.certificate, due: '2025-01-01' } }],
    ['points', { certificate: { ...draft.certificate, points: '100; 0.1\n0; 0.1' } }],
    ['points', { certificate: { ...draft.certificate, points: '0; 0; 0' } }],
  ])('names %s as what is wrong', (problem, part) => {
    expect(readStandard({ ...draft, ...part }, [])).toEqual({ problem });
  });

  it('takes no number twice', () => {
    const read = readStandard(draft, []);
    const earlier = 'standard' in read ? read.standard.certificates : [];
    expect(readStandard(draft, earlier)).toEqual({ problem: 'certificate' });
  });
});
