import { describe, expect, it } from 'vitest';
import { noCircumstances } from '../../../shared/contract/certificate.ts';
import { draftOfCircumstances, readCircumstances } from './circumstances.ts';

const draft = draftOfCircumstances(noCircumstances);

describe('circumstances of a calibration', () => {
  it('are what they were where nothing is typed', () => {
    expect(readCircumstances(draft)).toEqual({ circumstances: noCircumstances });
  });

  it('are read, and read again the same', () => {
    const read = readCircumstances({
      ...draft,
      customer: { name: 'Acme', address: 'Street 1', country: 'DE', contact: '' },
      received: '2026-11-20',
      temperature: { min: '20.1', max: '20.4' },
      pressure: { min: '1013', max: '' },
      nextDue: { on: '2027-11-20', method: 'fixed', agreed: true },
    });
    expect(read).toMatchObject({
      circumstances: { temperature: { min: '20.1', max: '20.4' }, pressure: { min: '1013', max: '1013' } },
    });
    if ('circumstances' in read) {
      expect(readCircumstances(draftOfCircumstances(read.circumstances))).toEqual(read);
    }
  });

  it.each([
    ['range', { humidity: { min: '60', max: '40' } }],
    ['range', { temperature: { min: 'warm', max: '' } }],
    ['customer', { customer: { ...draft.customer, country: 'DE' } }],
    ['country', { customer: { ...draft.customer, name: 'Acme', country: 'Germany' } }],
    ['text', { placeName: 'x'.repeat(61) }],
  ])('name %s as what is wrong', (problem, part) => {
    expect(readCircumstances({ ...draft, ...part })).toEqual({ problem });
  });
});
