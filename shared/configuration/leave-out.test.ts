import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../contract/failure.ts';
import { filesOf, twoFiles } from './arbitrary.fixture.ts';
import { difference, leaveOut, noFiles } from './configuration.ts';

const channel = (more: string) => `"channels":[{"id":"t1","adc":26,"quantum":"0.001","unit":"degC",${more}}]`;
const found = `{"v":1,"version":3,"tag":"OLD","asset":"A","period_ms":100,${channel('"oversample":4,"stale_ms":500')},"site":"Hall"}`;
const wanted = `{"v":1,"version":4,"tag":"NEW","asset":"B","period_ms":50,${channel('"oversample":8,"stale_ms":2000')},"mqtt":{"host":"h"}}`;
const config = (text: string) => filesOf({ 'config.json': text });
const textOf = (files: ReturnType<typeof leaveOut>, name = 'config.json') =>
  new TextDecoder().decode(files.files.get(name));

const refusal = (ids: string[], asFound = config(found), toBe = config(wanted)): unknown => {
  try {
    leaveOut(toBe, asFound, ids);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(Failure);
    return (thrown as Failure).params.detail;
  }
  return null;
};

describe('left as it was found', () => {
  it.each([
    ['a value', ['/tag'], wanted.replace('NEW', 'OLD')],
    ['one that would come', ['/mqtt'], wanted.replace(',"mqtt":{"host":"h"}', '')],
    ['one that would go', ['/site'], wanted.replace(/\}$/, ',"site":"Hall"}')],
    ['one of a channel', ['/channels/t1/stale_ms'], wanted.replace('2000', '500')],
    ['two of them', ['/tag', '/period_ms'], wanted.replace('NEW', 'OLD').replace('50,', '100,')],
    ['none', [], wanted],
    ['one that does not differ', ['/location'], wanted],
  ])('%s', (_what, paths, expected) => {
    const ids = paths.map((path) => `config.json:${path}`);
    expect(textOf(leaveOut(config(wanted), config(found), ids))).toBe(expected);
  });

  it('everything: the very bytes that were found', () => {
    const odd = ` ${found.replace('"OLD"', '"\\u004fLD"')}\n`;
    const other = found.replace('OLD', 'NEW');
    expect(textOf(leaveOut(config(other), config(odd), ['config.json:/tag']))).toBe(odd);
    expect(
      textOf(leaveOut(config(found.replace('OLD', '\\u004fLD')), config(found), ['config.json:(bytes)'])),
    ).toBe(found);
  });

  it('the calibration of one channel, as a whole', () => {
    const lines = (t1: string, t2: string) =>
      filesOf({ 'calibration.json': `{"v":1,"channels":{"t1":${t1},"t2":${t2}}}` });
    const kept = leaveOut(lines('[1,2,3]', '[4,5,6]'), lines('[7,8,9]', '[7,8,9]'), [
      'calibration.json:/channels/t1',
    ]);
    expect(textOf(kept, 'calibration.json')).toBe('{"v":1,"channels":{"t1":[7,8,9],"t2":[4,5,6]}}');
  });
});

describe('refused, because the configuration would not be whole', () => {
  it.each([['/version'], ['/channels/t1/oversample']])('%s', (path) => {
    expect(refusal([`config.json:${path}`, 'config.json:/tag'])).toBe(
      `config.json:${path} cannot be left out: the configuration would not be whole`,
    );
  });

  it.each<[what: string, asFound: string, id: string]>([
    ['a tag that is none', found.replace('"OLD"', '5'), '/tag'],
    ['a period that no agent takes', found.replace(':100,', ':1e2,'), '/period_ms'],
    ['what the calibration is worked out from', found, '/channels/t1/oversample'],
    ['a file that is no JSON', 'import machine', '(bytes)'],
    ['a layout', found.replace('"v":1', '"v":2'), '/v'],
    ['the channels', found.replace(/"channels":\[.*\],/, '"channels":[],'), '/channels/t1'],
  ])('%s', (_what, asFound, path) => {
    expect(
      difference(noFiles, config(asFound), config(wanted)).find((line) => line.path === path)?.optional,
    ).toBe(false);
    expect(refusal([`config.json:${path}`], config(asFound))).toContain(`config.json:${path}`);
  });

  it('an entry that comes into a list, and the order of a list', () => {
    const listing = (list: string) => config(found.replace('"Hall"', list));
    const [x, xy, yx] = ['[{"id":"x"}]', '[{"id":"x"},{"id":"y"}]', '[{"id":"y"},{"id":"x"}]'].map(listing);
    expect(refusal(['config.json:/site/y'], x, xy)).toContain('/site/y');
    expect(refusal(['config.json:/site/(order)'], xy, yx)).toContain('/site/(order)');
  });

  it('a file that is not there yet, one that goes, and a secret', () => {
    expect(refusal(['config.json:/tag'], noFiles)).toContain('config.json:/tag');
    expect(refusal(['config.json:/tag'], config(found), noFiles)).toMatch(/^config.json cannot/);
    expect(refusal(['secret.json:(secret)'], noFiles, filesOf({}, ['secret.json']))).toContain('secret.json');
  });

  it('the broker that is to be no more', () => {
    const before = config(found.replace('"site"', '"mqtt":{"host":"x"},"site"'));
    expect(refusal(['config.json:/mqtt'], before, config(found))).toContain('/mqtt');
  });
});

const optionalOf = ([asFound, toBe]: Parameters<Parameters<typeof twoFiles.map>[0]>[0]) =>
  difference(noFiles, asFound, toBe)
    .filter(({ optional }) => optional)
    .map(({ id }) => id);

it('with every optional line left out, only lines that are not optional differ', () => {
  fc.assert(
    fc.property(twoFiles, ([asFound, toBe]) => {
      const ids = optionalOf([asFound, toBe]);
      const before = difference(noFiles, asFound, toBe);
      const after = difference(noFiles, asFound, leaveOut(toBe, asFound, ids));
      expect(after.filter(({ optional }) => optional)).toEqual([]);
      expect(after).toEqual(before.filter(({ optional }) => !optional));
    }),
    { numRuns: 2000 },
  );
});

it('any choice of optional lines is taken, leaves exactly the others, and twice is once', () => {
  fc.assert(
    fc.property(twoFiles, fc.infiniteStream(fc.boolean()), ([asFound, toBe], coins) => {
      const chosen = optionalOf([asFound, toBe]).filter(() => coins.next().value);
      const once = leaveOut(toBe, asFound, chosen);
      const left = difference(noFiles, asFound, once).map(({ id }) => id);
      const others = difference(noFiles, asFound, toBe).filter(({ id }) => !chosen.includes(id));
      expect(left).toEqual(others.map(({ id }) => id));
      expect(leaveOut(once, asFound, chosen)).toEqual(once);
    }),
    { numRuns: 2000 },
  );
});
