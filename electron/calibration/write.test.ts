import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { WrittenCalibration } from '../../shared/contract/calibrate.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { writeCalibration } from './write.ts';

const fit = { mul: 338_230, add: -43_486_543, shift: 30 };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const hash = (held: Uint8Array): string => createHash('sha256').update(held).digest('hex');

/** A unit that holds one calibration file; `spoil` changes what arrives. */
function unit(held: string | null, spoil: (sent: Uint8Array) => Uint8Array | null = (sent) => sent) {
  const state = { held: held === null ? null : bytes(held), puts: 0 };
  const link = {
    get: () => Promise.resolve(state.held),
    put: (_: string, sent: Uint8Array) => {
      state.puts += 1;
      state.held = spoil(sent);
      return Promise.resolve({ sha256: hash(sent), fromSeq: 8 });
    },
  };
  return { state, link, text: () => state.held && new TextDecoder().decode(state.held) };
}
const failureOf = (writing: Promise<unknown>): Promise<unknown> =>
  writing.then(
    () => null,
    (thrown) => thrown,
  );

describe('writing a calibration', () => {
  it('changes only the channel, counts the version up, and keeps order and the rest', async () => {
    const { link, text } = unit(
      '{"v":1,"version":2,"note":"x","channels":{"p1":[1,2,3],"t1":[4,5,6],"b":[7,8,9]}}',
    );
    const written = await writeCalibration(link, { channel: 't1', fit });
    expect(text()).toBe(
      '{"v":1,"version":3,"note":"x","channels":{"p1":[1,2,3],"t1":[338230,-43486543,30],"b":[7,8,9]}}',
    );
    expect(WrittenCalibration.parse(written)).toEqual({
      sha256: hash(bytes(text() ?? '')),
      readBack: written.sha256,
      version: 3,
    });
  });

  it('gives a unit without the file one', async () => {
    const { link, text } = unit(null);
    await writeCalibration(link, { channel: 't1', fit });
    expect(text()).toBe('{"v":1,"version":1,"channels":{"t1":[338230,-43486543,30]}}');
  });

  it.each([
    '',
    'not json',
    '[]',
    '{"v":2,"version":1,"channels":{}}',
    '{"v":1,"version":1,"channels":{"t1":[1,2]}}',
  ])('leaves a unit alone that holds %j', async (held) => {
    const { link, state } = unit(held);
    const failure = await failureOf(writeCalibration(link, { channel: 't1', fit }));
    expect(failure).toMatchObject({ code: 'FILE_UNREADABLE', deviceState: 'unchanged' });
    expect(state.puts).toBe(0);
  });

  it.each([
    ['one other byte', (sent: Uint8Array) => sent.with(3, 0x20)],
    ['nothing', () => null],
  ])('does not believe a unit that holds %s afterwards', async (_, spoil) => {
    const { link } = unit('{"v":1,"version":2,"channels":{}}', spoil);
    const failure = await failureOf(writeCalibration(link, { channel: 't1', fit }));
    expect(failure).toMatchObject({ code: 'VERIFY_FAILED', deviceState: 'indeterminate' });
  });

  it('does not believe a unit that reports another hash', async () => {
    const { link } = unit('{"v":1,"version":2,"channels":{}}');
    const put = () => Promise.resolve({ sha256: '0'.repeat(64), fromSeq: 8 });
    const failure = await failureOf(writeCalibration({ ...link, put }, { channel: 't1', fit }));
    expect(failure).toMatchObject({ code: 'VERIFY_FAILED', params: { found: '0'.repeat(64) } });
  });

  it('says that the unit is indeterminate where the read-back is lost', async () => {
    const { link, state } = unit('{"v":1,"version":2,"channels":{}}');
    const lost = new Failure('PORT_LOST', { port: 'bench:1', during: 'reading' });
    const get = () => (state.puts === 0 ? link.get() : Promise.reject(lost));
    const failure = await failureOf(writeCalibration({ ...link, get }, { channel: 't1', fit }));
    expect(failure).toMatchObject({ code: 'PORT_LOST', deviceState: 'indeterminate' });
  });

  it('passes on what the link says of a failed put', async () => {
    const { link } = unit('{"v":1,"version":2,"channels":{}}');
    const refused = new Failure(
      'UNIT_REFUSED',
      { detail: 'no', during: 'put' },
      { deviceState: 'old-still-runs' },
    );
    const put = () => Promise.reject(refused);
    expect(await failureOf(writeCalibration({ ...link, put }, { channel: 't1', fit }))).toBe(refused);
  });
});
