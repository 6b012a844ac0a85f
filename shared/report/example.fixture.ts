import { createHash } from 'node:crypto';
import { type CalibrateState, CalibrationPlan, type PointResult } from '../contract/calibrate.ts';
import type { UnitIdentity } from '../contract/devices.ts';
import type { ProvisionState } from '../contract/provision.ts';
import { absoluteDecimal, compareDecimal, fromQuanta } from '../units/units.ts';
import { newCalibrate } from '../wizard/calibrate.ts';
import { newProvision } from '../wizard/provision.ts';
import type { RecordInput } from './build-record.ts';
import { exampleValidate } from './example-rules.fixture.ts';

/** A commissioning as the bench gives it, in any size: for the tests of whatever reads a record. */
export interface ExampleSize {
  points?: number;
  rules?: number;
  tag?: string;
  readings?: number;
}

const start = Date.UTC(2026, 10, 22, 9, 30);
const hardwareId = 'e6605838835a8f4a';
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const celsius = (thousandths: number): string => fromQuanta(thousandths, '0.001');

const identity: UnitIdentity = {
  hardwareId,
  family: 'micropython',
  implementation: 'micropython',
  version: '1.27.0',
  platform: 'rp2',
  machine: 'Raspberry Pi Pico with RP2040',
  freeBytes: 812_000,
  totalBytes: 868_352,
  tag: null,
  agent: null,
};

function provision(tag: string): ProvisionState {
  const names = [
    '/main.py',
    '/plumbline/agent.py',
    '/plumbline/line.py',
    '/plumbline/rules.py',
    '/plumbline/config.json',
  ];
  const files = names.map((path, n) => ({ path, size: 900 + n * 1733, sha256: sha(path) }));
  return {
    ...newProvision('w1'),
    step: 'proof',
    tasksStarted: 3,
    done: true,
    port: { port: 'bench:1', kind: 'simulated', looksLike: 'unit' },
    unit: identity,
    settings: {
      tag,
      asset: 'A-10442',
      location: 'Pump house 3, discharge',
      profile: 'bench-thermometer',
      periodMs: 100,
    },
    plan: files,
    pushed: files.map((file) => ({ ...file, sent: true })),
    proof: files.map(({ path, sha256 }) => ({ path, pushed: sha256, running: sha256, equal: true })),
    journal: { slot: 'a', manifest: sha('manifest'), stage: 'confirmed' },
    agent: '0.1.0',
  };
}

/** Figures in thousandths of a degree; the noise is a fixed pattern. */
function point(nominal: number, error: number, at: number, readings: number): PointResult {
  const noise = (n: number): number => ((n * 7919 + nominal) % 11) - 5;
  const taken = Array.from({ length: readings }, (_, n) => ({
    at: at + n * 200,
    reference: celsius(nominal + 12 + (noise(n) >> 1)),
    unit: celsius(nominal + 12 + error + noise(n + 3)),
    raw: 8 * (12_000 + Math.round(nominal / 4)) + noise(n),
  }));
  const tenths = (n: number): string => fromQuanta(n, '0.0001');
  return {
    nominal: fromQuanta(nominal / 100, '0.1'),
    readings: taken,
    stability: {
      stable: true,
      readings,
      spanMs: (readings - 1) * 200,
      referenceDrift: tenths(noise(1) * 3),
      unitDrift: tenths(noise(2) * 5),
      referenceSpread: tenths(17),
      unitSpread: tenths(33),
      distance: tenths(118),
      missing: [],
    },
    override: null,
    meanReference: tenths(nominal * 10 + 118),
    meanUnit: tenths(nominal * 10 + 118 + error * 10 + 3),
    correction: '0',
    error: tenths(error * 10 + 3),
    withinTolerance: compareDecimal(absoluteDecimal(tenths(error * 10 + 3)), '0.2') <= 0,
  };
}

function calibrate(count: number, readings: number): CalibrateState {
  const nominals = Array.from({ length: count }, (_, n) => Math.round((n * 100) / (count - 1)) * 1000);
  const found = nominals.map((nominal, n) =>
    point(nominal, 310 + (((nominal / 1000) * 4) % 500), start + n * 60_000, readings),
  );
  const left = nominals.map((nominal, n) =>
    point(nominal, ((n * 13) % 40) - 18, start + (count + 2 + n) * 60_000, readings),
  );
  const [first] = left;
  // One point that a person took although it still moved.
  if (first) {
    first.override = 'Bath lid was opened; drift judged to be harmless at this point';
    first.stability = { ...first.stability, stable: false, missing: ['unit-drift'] };
  }
  return {
    ...newCalibrate('w2', hardwareId, 'bench:1'),
    step: 'result',
    tasksStarted: 2 * count + 2,
    done: true,
    referencePort: 'bench:reference',
    reference: {
      maker: 'Plumbline',
      model: 'Bench Thermometer',
      serial: 'REF-0001',
      firmware: '1.0',
      unit: 'degC',
      source: true,
    },
    plan: CalibrationPlan.parse({
      channel: 't1',
      points: nominals.map((nominal) => fromQuanta(nominal / 100, '0.1')),
      tolerance: '0.2',
      adjust: 'when-needed',
      stability: {
        readings,
        intervalMs: 200,
        maxDrift: '0.02',
        maxSpread: '0.02',
        nearNominal: '0.5',
        timeoutSeconds: 600,
      },
    }),
    asFound: found,
    fit: {
      offset: '-12.480331',
      gain: '0.00039871204',
      offsetStandardUncertainty: '0.0031',
      gainStandardUncertainty: '0.000000021',
      residualStandardDeviation: '0.0042',
      degreesOfFreedom: count - 2,
      residuals: nominals.map((_, n) => celsius((n % 5) - 2)),
      mul: 428_113_902,
      add: -13_400_653_209_600,
      shift: 30,
      integerError: '0.00051',
      model: 'line',
      compared: [],
    },
    writing: true,
    written: { sha256: sha('calibration'), readBack: sha('calibration'), version: 2 },
    asLeft: left,
    verdict: 'pass',
  };
}

export function exampleInput({
  points = 5,
  rules = 3,
  tag = 'TT-101',
  readings = 10,
}: ExampleSize = {}): RecordInput {
  return {
    issuedAt: start + 3_600_000,
    software: '0.1.0',
    bench: true,
    job: { name: 'Pump house 3', engineer: 'J. Müller', customer: 'Acme Wasserwerke GmbH' },
    unit: {
      hardwareId,
      identity: null,
      settings: null,
      channels: [{ id: 't1', title: 'Temperature', unit: 'degC', quantum: '0.001' }],
    },
    provision: provision(tag),
    calibrate: calibrate(points, readings),
    validate: exampleValidate(hardwareId, rules),
    chain: { seq: 148, hash: sha('head') },
  };
}
