import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkRequest, decimal, list, notNegative, positive, RequestError, whole } from './request.ts';

const schema = z.strictObject({
  x: list(z.union([decimal, list(decimal)])),
  u: positive.optional(),
  v: notNegative.optional(),
  digits: whole(1, 50).default(15),
});

const refused = (value: unknown): { path: string; message: string } => {
  try {
    checkRequest(schema, value);
  } catch (error) {
    if (error instanceof RequestError) return { path: error.path, message: error.message };
  }
  throw new Error('was not refused');
};

describe('a request', () => {
  it('keeps decimal text as it stands, and takes whole numbers', () => {
    expect(checkRequest(schema, { x: ['1.50', 2, '1.234E-5', ['1', '2']], digits: '20', v: '0' })).toEqual({
      x: ['1.50', '2', '1.234E-5', ['1', '2']],
      digits: 20,
      v: '0',
    });
  });

  it.each([
    [{}, 'x', 'is missing'],
    [{ x: [] }, 'x', /at least|>=1/],
    [{ x: ['1', '2,5'] }, 'x.1', 'has a comma'],
    [{ x: ['1', ''] }, 'x.1', 'is empty'],
    [{ x: ['NaN'] }, 'x.0', '"NaN" is not a decimal number'],
    [{ x: ['1e401'] }, 'x.0', 'exponent beyond 400'],
    [{ x: [['1', '1,0']] }, 'x.0.1', 'has a comma'],
    [{ x: [0.1] }, 'x.0', /./],
    [{ x: [null] }, 'x.0', /./],
    [{ x: ['1'], u: '0' }, 'u', 'above zero'],
    [{ x: ['1'], u: 'oops' }, 'u', '"oops" is not a decimal number'],
    [{ x: ['1'], v: '-1' }, 'v', 'below zero'],
    [{ x: ['1'], digits: '51' }, 'digits', 'from 1 to 50'],
    [{ x: ['1'], digits: '1.5' }, 'digits', 'whole number'],
    [{ x: ['1'], weigths: 'absolute' }, 'weigths', 'is no member'],
    ['text', 'request', /./],
  ])('%j is refused, and names its member', (value, path, message) => {
    const found = refused(value);
    expect(found.path).toBe(path);
    expect(found.message).toMatch(message);
  });
});
