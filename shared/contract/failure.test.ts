import { describe, expect, it } from 'vitest';
import { Failure, FailureRecord, failureCodes, failureTable } from './failure.ts';

describe('Failure', () => {
  it('fills its words from the parameters and survives the wire', () => {
    const failure = new Failure('PORT_BUSY', { port: 'COM3' }, { deviceState: 'staged' });
    expect(failure.message).toContain('COM3');
    const record = FailureRecord.parse(JSON.parse(JSON.stringify(failure)));
    expect(record).toMatchObject({ code: 'PORT_BUSY', deviceState: 'staged', what: failure.message });
    expect(Failure.fromJSON(record)).toMatchObject({ code: 'PORT_BUSY', message: failure.message });
  });

  it('holds no float, for the record takes none', () => {
    expect(new Failure('NO_REPLY', { port: 'p', seconds: 1.5, during: 'x' }).params.seconds).toBe('1.5');
    expect(new Failure('NO_REPLY', { port: 'p', seconds: 3, during: 'x' }).params.seconds).toBe(3);
  });

  it('makes anything else that is thrown a defect with an unknown state of the unit', () => {
    expect(Failure.from(new TypeError('oops')).toJSON()).toMatchObject({
      code: 'INTERNAL',
      deviceState: 'indeterminate',
    });
    expect(Failure.from('text').code).toBe('INTERNAL');
  });

  it.each(failureCodes)('%s says what to do next in a whole sentence', (code) => {
    expect(failureTable[code].what).toMatch(/^[A-Z{].*\.$/);
    expect(failureTable[code].next).toMatch(/^[A-Z].*\.$/);
  });
});
