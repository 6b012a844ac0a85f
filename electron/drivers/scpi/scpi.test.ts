import { expect, test } from 'vitest';
import { type FarEnd, memoryTransport } from '../../transport/memory-transport.ts';
import { ScpiReferenceSession } from './reference-session.ts';

type Reply = string | undefined | ((far: FarEnd) => void);

const thermometer: Record<string, Reply> = {
  '*IDN?': 'Plumbline,Bench Thermometer,REF-0001,1.0\n',
  'UNIT:TEMP?': 'C\n',
  'READ?': '2.501340E+01\r\n',
  'SOUR:SPO?': '2.000000E+01\n',
  'SYST:ERR?': '0,"No error"\n',
};

/** An instrument that answers from a table; a line that the table does not have is answered by nothing. */
function instrument(replies: Record<string, Reply> = {}) {
  const table: Record<string, Reply> = { ...thermometer, ...replies };
  const asked: string[] = [];
  let typed = '';
  const { transport, far } = memoryTransport('memory:reference', (bytes) => {
    typed += bytes.toString('latin1');
    const lines = typed.split('\n');
    typed = lines.pop() ?? '';
    for (const line of lines) {
      asked.push(line);
      const reply = table[line];
      if (typeof reply === 'function') reply(far);
      else if (reply !== undefined) far.say(reply);
    }
  });
  const timing = { replyMs: 100, probeMs: 50 };
  return { session: new ScpiReferenceSession(transport, { timing }), far, asked, table };
}

test('identity, unit and source', async () => {
  const { session } = instrument();
  const identity = {
    maker: 'Plumbline',
    model: 'Bench Thermometer',
    serial: 'REF-0001',
    firmware: '1.0',
    unit: 'degC',
    source: true,
  };
  expect(await session.identify()).toEqual(identity);
  expect(await session.identify()).toEqual(identity);
});

test.each([
  ['K', 'K'],
  ['FAR', 'degF'],
  ['cel', 'degC'],
])('unit %s is %s', async (said, unit) => {
  const { session } = instrument({ 'UNIT:TEMP?': `${said}\n` });
  expect((await session.identify()).unit).toBe(unit);
});

test('an instrument that cannot be driven is no source, and its error is cleared', async () => {
  const { session, asked } = instrument({ 'SOUR:SPO?': undefined });
  expect((await session.identify()).source).toBe(false);
  expect(asked.slice(-3)).toEqual(['SOUR:SPO?', 'SYST:ERR?', '*CLS']);
  expect((await session.read()).value).toBe('25.01340');
});

test('a reading keeps the instrument’s own digits', async () => {
  const { session } = instrument();
  expect(await session.read()).toEqual({ value: '25.01340', at: expect.any(Number) });
});

test('a set point is sent as text and its refusal is heard', async () => {
  const { session, asked, table } = instrument();
  await session.setPoint('30.0');
  expect(asked).toEqual(['*CLS', 'SOUR:SPO 30.0', 'SYST:ERR?']);
  table['SYST:ERR?'] = '-222,"Data out of range"\n';
  await expect(session.setPoint('3000')).rejects.toMatchObject({
    code: 'REFERENCE_UNREADABLE',
    params: { detail: expect.stringContaining('-222') },
  });
  await expect(session.setPoint('1\n*RST')).rejects.toMatchObject({ code: 'INTERNAL' });
});

test.each([
  ['words', 'OVERLOAD\n'],
  ['SCPI not-a-number', '9.91E+37\n'],
  ['bytes that are no text', '\xff\xfe\n'],
  ['an empty line', '\n'],
  ['half a number and silence', '2.50'],
  ['a flood', (far: FarEnd) => far.say(Buffer.alloc(100_000, 0xff))],
])('%s is no reading', async (_, reply: Reply) => {
  const { session } = instrument({ 'READ?': reply });
  await expect(session.read()).rejects.toMatchObject({ code: 'REFERENCE_UNREADABLE' });
});

test.each(['Fluke', 'a,b,c', 'a,b,c,d,e', ',,,'])('%s is no identity', async (reply) => {
  const { session } = instrument({ '*IDN?': `${reply}\n` });
  await expect(session.identify()).rejects.toMatchObject({ code: 'REFERENCE_UNREADABLE' });
});

test('silence is NO_REPLY; after it the instrument is asked anew and late answers are not mixed up', async () => {
  const { session, table, far } = instrument({ 'READ?': undefined });
  await expect(session.read()).rejects.toMatchObject({ code: 'NO_REPLY' });
  far.say('9.999999E+01\n');
  table['READ?'] = '2.5E+01\n';
  expect((await session.read()).value).toBe('25');
});

test('what an instrument says unasked is not taken for an answer', async () => {
  const { session, far } = instrument();
  far.say('9.999999E+01\n');
  await new Promise(setImmediate);
  expect((await session.read()).value).toBe('25.01340');
});

test('questions asked at the same time are answered one after the other', async () => {
  const { session, table } = instrument();
  let count = 0;
  table['READ?'] = (far) => {
    count += 1;
    far.say(`${count}.0\n`);
  };
  const readings = await Promise.all([session.read(), session.read(), session.read()]);
  expect(readings.map(({ value }) => value)).toEqual(['1.0', '2.0', '3.0']);
});

test('a pulled cable and a cancel settle a reading at once', async () => {
  const lost = instrument({ 'READ?': (far) => far.end() });
  await expect(lost.session.read()).rejects.toMatchObject({ code: 'PORT_LOST' });
  const stop = new AbortController();
  const stopped = instrument({ 'READ?': () => stop.abort() });
  await expect(stopped.session.read({ signal: stop.signal })).rejects.toMatchObject({ code: 'CANCELLED' });
});
