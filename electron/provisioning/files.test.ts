import { describe, expect, it } from 'vitest';
import { noConnection } from '../../shared/contract/connection.ts';
import { exampleProfile as profile } from '../../shared/contract/profile.fixture.ts';
import { configFile } from './config-file.ts';
import { fileVersion, nominalCalibrationFile, servesProfile } from './files.ts';
import { prove } from './prove.ts';

const settings = { tag: 'TT-1', asset: 'A', location: 'Schaltschrank Süd', profile: 'thermo', periodMs: 100 };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const parsed = (file: { bytes: Uint8Array }): unknown => JSON.parse(new TextDecoder().decode(file.bytes));

describe('files for a unit', () => {
  it('describe the unit to its agent', () => {
    expect(
      parsed(configFile({ settings, profile, connection: noConnection, hardwareId: 'aa' }, 3)),
    ).toMatchObject({
      v: 1,
      version: 3,
      tag: 'TT-1',
      location: 'Schaltschrank Süd',
      period_ms: 100,
      channels: [{ id: 't1', adc: 26, quantum: '0.001', oversample: 16, stale_ms: 2000 }],
    });
    expect(parsed(nominalCalibrationFile(profile))).toEqual({
      v: 1,
      version: 1,
      channels: { t1: [3, -5, 2] },
    });
  });

  it.each([
    ['{"v":1,"version":2,"channels":{"t1":[1,2,3]}}', true],
    ['{"v":1,"version":2,"channels":{"t1":[1,2,3],"p1":[1,2,3]}}', true],
    ['{"v":1,"version":2,"channels":{"p1":[1,2,3]}}', false],
    ['{"v":1,"channels":{"t1":[1,2]}}', false],
    ['{"v":1,"channels":{"t1":[1,2.5,3]}}', false],
    ['{"channels":null}', false],
    ['[]', false],
    ['not json', false],
    ['', false],
  ])('a calibration %s is kept: %s', (text, kept) => {
    expect(servesProfile(bytes(text), profile)).toBe(kept);
  });

  it.each([
    ['{"version":4}', 4],
    ['{"version":-1}', 0],
    ['{"version":1e99}', 0],
    ['{"version":"4"}', 0],
    ['garbage', 0],
  ])('version of %s is %d', (text, version) => {
    expect(fileVersion(bytes(text))).toBe(version);
  });
});

describe('proof', () => {
  const pushed = [{ path: '/main.py', sha256: 'a'.repeat(64) }];

  it('holds when the agent loaded the very bytes that were pushed', () => {
    expect(prove(pushed, { files: { '/main.py': 'a'.repeat(64) } })).toMatchObject([{ equal: true }]);
  });

  it('does not hold for other bytes or for a file that was not loaded', () => {
    expect(prove(pushed, { files: { '/main.py': 'b'.repeat(64) } })).toMatchObject([{ equal: false }]);
    expect(prove(pushed, { files: {} })).toMatchObject([{ equal: false, running: null }]);
  });
});
