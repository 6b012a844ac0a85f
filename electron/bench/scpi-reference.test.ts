import { beforeEach, describe, expect, it } from 'vitest';
import { ReferenceEndpoint } from './reference-endpoint.ts';
import { ScpiReference, scpiNumber } from './scpi-reference.ts';

let setPoint = 23;
let instrument: ScpiReference;

beforeEach(() => {
  setPoint = 23;
  instrument = new ScpiReference({
    read: () => 25.0134,
    setPoint: () => setPoint,
    setSetPoint: (celsius) => {
      setPoint = celsius;
    },
  });
});

describe('reference thermometer', () => {
  it.each([
    ['*IDN?', 'Plumbline,Bench Thermometer,REF-0001,1.0'],
    ['*idn?', 'Plumbline,Bench Thermometer,REF-0001,1.0'],
    ['READ?', '2.501340E+01'],
    [':READ?\r', '2.501340E+01'],
    ['UNIT:TEMP?', 'C'],
    ['UNIT:TEMPERATURE?', 'C'],
    ['SOUR:SPO?', '2.300000E+01'],
    ['SOURce:SPOint?', '2.300000E+01'],
    ['SYST:ERR?', '0,"No error"'],
    ['*RST', null],
    ['*CLS', null],
    ['', null],
  ])('answers %j with %j', (line, answer) => {
    expect(instrument.answer(line)).toBe(answer);
    expect(instrument.answer('SYST:ERR?')).toBe('0,"No error"');
  });

  it.each([
    ['SOUR:SPO 60', 60],
    ['sour:spo -1.5e1', -15],
    ['SOURCE:SPOINT   42.25 ', 42.25],
  ])('takes %j', (line, celsius) => {
    expect(instrument.answer(line)).toBeNull();
    expect(setPoint).toBe(celsius);
    expect(instrument.answer('SYST:ERR?')).toBe('0,"No error"');
  });

  it.each([
    ['BOGUS?', '-113,"Undefined header"'],
    ['READ', '-113,"Undefined header"'],
    ['SOUR:SPO', '-109,"Missing parameter"'],
    ['SOUR:SPO warm', '-104,"Data type error"'],
    ['SOUR:SPO 900', '-222,"Data out of range"'],
  ])('does not answer %j and queues %j', (line, error) => {
    expect(instrument.answer(line)).toBeNull();
    expect(setPoint).toBe(23);
    expect(instrument.answer('SYST:ERR?')).toBe(error);
    expect(instrument.answer('SYST:ERR?')).toBe('0,"No error"');
  });

  it('keeps errors in order, says when there were too many, and forgets them on *CLS', () => {
    instrument.answer('SOUR:SPO');
    for (let i = 0; i < 20; i += 1) instrument.answer('BOGUS');
    expect(instrument.answer('SYST:ERR?')).toBe('-109,"Missing parameter"');
    const rest = Array.from({ length: 15 }, () => instrument.answer('SYST:ERR?'));
    expect(rest.at(-1)).toBe('-350,"Queue overflow"');
    instrument.answer('BOGUS');
    instrument.answer('*CLS');
    expect(instrument.answer('SYST:ERR?')).toBe('0,"No error"');
  });

  it.each([
    [0, '0.000000E+00'],
    [-12.5, '-1.250000E+01'],
    [0.0042, '4.200000E-03'],
    [119.9999, '1.199999E+02'],
  ])('writes %d as %s', (value, text) => {
    expect(scpiNumber(value)).toBe(text);
  });

  it('puts lines together from pieces', async () => {
    const endpoint = new ReferenceEndpoint(instrument);
    let answered = '';
    endpoint.listener = (bytes) => {
      answered += Buffer.from(bytes).toString();
    };
    for (const piece of ['RE', 'AD?\nSYST:', 'ERR?\r\nUNIT']) await endpoint.receive(Buffer.from(piece));
    expect(answered).toBe('2.501340E+01\n0,"No error"\n');
  });
});
