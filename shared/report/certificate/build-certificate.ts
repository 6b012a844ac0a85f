import { z } from 'zod';
import type { CalibrateState, CalibrationPlan, PointResult } from '../../contract/calibrate.ts';
import type { Laboratory, Party } from '../../contract/certificate.ts';
import type { UnitIdentity } from '../../contract/devices.ts';
import type { RunEvaluation } from '../../contract/evaluation.ts';
import { Failure } from '../../contract/failure.ts';
import type { UnitSettings } from '../../contract/provision.ts';
import { compareDecimal } from '../../units/units.ts';
import { adjustedNotVerified } from '../../wizard/calibrate.ts';
import type { RecordChannel } from '../schema.ts';
import { type CertificateItem, CertificateRecord, type CertificateRun } from './schema.ts';
import { methodWords, traceabilityWords, unknownCountry } from './words.ts';

export interface CertificateInput {
  number: string;
  amends: { number: string; reason: string } | null;
  /** ms since 1970. */
  issuedAt: number;
  /** Version of Plumbline. */
  software: string;
  bench: boolean;
  laboratory: Laboratory | null;
  job: { name: string; engineer: string; customer: string };
  unit: {
    identity: UnitIdentity;
    settings: UnitSettings | null;
    /** Of its profile. */
    title: string;
    agent: string | null;
    channels: RecordChannel[];
  };
  calibrate: CalibrateState;
  chain: { seq: number; hash: string };
}

const refused = (detail: string): Failure => new Failure('CERTIFICATE_NOT_ISSUED', { detail });

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

function demand<T>(value: T | null | undefined | '', missing: string): T {
  if (value === null || value === undefined || value === '') throw refused(`there is no ${missing}`);
  return value as T;
}

/** What a laboratory has not said of itself and must: every certificate says it (ISO/IEC 17025 7.8.2.1 b). */
export function laboratoryGaps({ party }: Pick<Laboratory, 'party'>): ('name' | 'address' | 'country')[] {
  return [
    ...(party.name === '' ? (['name'] as const) : []),
    ...(party.address === '' ? (['address'] as const) : []),
    ...(party.country === unknownCountry ? (['country'] as const) : []),
  ];
}

/** @throws Failure CERTIFICATE_NOT_ISSUED */
export function demandLaboratory(given: Laboratory | null): Laboratory {
  const laboratory = demand(given, 'laboratory: its name and address stand on every certificate');
  const [gap] = laboratoryGaps(laboratory);
  if (gap !== undefined) throw refused(`there is no ${gap} of the laboratory`);
  return laboratory;
}

const distinct = (values: string[]): number =>
  values.filter((value, n) => values.findIndex((other) => compareDecimal(value, other) === 0) === n).length;

/** A run that can be certified: complete, evaluated, with an uncertainty. */
function runOf(
  name: string,
  plan: CalibrationPlan,
  results: PointResult[],
  evaluation: RunEvaluation | null,
): CertificateRun {
  const judged = demand(evaluation, `evaluation of the ${name} run`);
  if (judged.points.length !== distinct(plan.points)) throw refused(`the ${name} run is not complete`);
  if (judged.uncertaintyStatement === null) {
    throw refused('no uncertainty can be stated: the standard has no certificate in the register');
  }
  for (const point of judged.points) {
    const outside = point.results.find((index) => index >= results.length);
    if (outside !== undefined)
      throw refused(`the ${name} run at ${point.nominal} rests on a result that is not there`);
  }
  return { evaluation: judged, results };
}

/** @throws Failure CERTIFICATE_NOT_ISSUED where the calibration has not come to its end. */
function demandFinished(state: CalibrateState): void {
  if (adjustedNotVerified(state)) {
    throw refused('the unit was adjusted, and no as-left run has verified it');
  }
  if (state.task !== null) throw refused('the calibration is under way');
  if (state.verdict === null || !state.done) throw refused('the calibration is not finished');
}

function itemOf({ unit, calibrate }: CertificateInput, channel: RecordChannel): CertificateItem {
  const { identity, settings } = unit;
  return {
    description: unit.title,
    model: identity.machine,
    serial: identity.hardwareId,
    tag: settings?.tag ?? '',
    asset: settings?.asset ?? '',
    location: settings?.location ?? '',
    firmware: `${identity.implementation} ${identity.version}`.slice(0, 200),
    agent: unit.agent ?? identity.agent,
    channel: { id: channel.id, title: channel.title, unit: channel.unit, quantum: channel.quantum },
    condition: calibrate.circumstances.condition,
  };
}

const overridesOf = (run: 'as-found' | 'as-left', results: PointResult[]): CertificateRecord['overrides'] =>
  results.flatMap(({ override, nominal }, result) =>
    override === null ? [] : [{ run, result, nominal, reason: override }],
  );

/** All that the job says of its customer is a name. */
const namedCustomer = (name: string): Party | null =>
  name === '' ? null : { name, address: '', country: unknownCountry, contact: '' };

const standardsOf = (state: CalibrateState): CertificateRecord['standards'] => {
  const standard = demand(state.standard, 'reference standard of the register');
  return [
    {
      standard,
      certificate: standard.certificates.at(-1)?.number ?? '',
      firmware: state.reference?.firmware ?? '',
      source: state.source,
      traceability: traceabilityWords(standard),
      concerns: state.concerns,
      override: state.concerns.length > 0 ? state.standardOverride : null,
    },
  ];
};

function runsOf(state: CalibrateState, plan: CalibrationPlan): CertificateRecord['results'] {
  const asFound = runOf('as-found', plan, state.asFound, state.asFoundEvaluation);
  const adjusted = state.written !== null;
  return {
    asFound,
    asLeft: adjusted ? runOf('as-left', plan, state.asLeft, state.asLeftEvaluation) : null,
  };
}

/** Said of one run, or of each where it is not the same: U and k differ from run to run. */
function saidOf(
  { asFound, asLeft }: CertificateRecord['results'],
  words: (evaluation: RunEvaluation) => string,
): string {
  const found = words(asFound.evaluation);
  const left = asLeft === null ? found : words(asLeft.evaluation);
  return found === left ? found : `As left: ${left} As found: ${found}`;
}

/** What the plan and the runs say of decision and uncertainty; the verdict is that of the last run. */
function judgement(
  plan: CalibrationPlan,
  results: CertificateRecord['results'],
): Pick<CertificateRecord, 'decision' | 'uncertainty'> {
  const { evaluation } = results.asLeft ?? results.asFound;
  return {
    decision: {
      rule: plan.decision,
      tolerance: plan.tolerance,
      asLeftLimit: plan.asLeftLimit,
      leastTur: plan.leastTur,
      statement: saidOf(results, ({ decisionStatement }) => decisionStatement),
      verdict: evaluation.verdict,
    },
    uncertainty: {
      probability: plan.probability,
      statement: saidOf(results, ({ uncertaintyStatement }) => uncertaintyStatement ?? ''),
      rounding: evaluation.roundingStatement,
      added: plan.uncertainties,
    },
  };
}

/**
 * What the certificate of a finished calibration says; the same input gives the same record.
 * @throws Failure CERTIFICATE_NOT_ISSUED, naming what is missing.
 */
export function buildCertificate(input: CertificateInput): CertificateRecord {
  const { calibrate: state, unit } = input;
  demandFinished(state);
  if (unit.identity.hardwareId !== state.unit) {
    throw refused(`the calibration is of ${state.unit}, not of ${unit.identity.hardwareId}`);
  }
  const plan = demand(state.plan, 'plan');
  const channel = demand(
    unit.channels.find(({ id }) => id === plan.channel),
    `channel ${plan.channel}`,
  );
  const laboratory = demandLaboratory(input.laboratory);
  const circumstances = state.circumstances;
  const name = demand(
    circumstances.authorisedBy || input.job.engineer,
    'name of who authorises the certificate',
  );
  const standards = standardsOf(state);
  const results = runsOf(state, plan);
  const moments = [...state.asFound, ...state.asLeft].flatMap(({ readings }) => readings.map(({ at }) => at));
  if (moments.length === 0) throw refused('there are no readings');
  const record = {
    certificate: 1,
    number: input.number,
    amends: input.amends,
    issuedAt: new Date(input.issuedAt).toISOString(),
    software: { name: 'Plumbline', version: input.software },
    // A port of the bench makes it a bench certificate whatever the caller says; so does its standard, which also
    // answers over a cable where another program serves the bench.
    bench:
      input.bench ||
      state.standard?.bench === true ||
      [state.port, state.referencePort].some((port) => port?.startsWith('bench:') === true),
    laboratory,
    customer: circumstances.customer ?? namedCustomer(input.job.customer),
    job: input.job.name,
    item: itemOf(input, channel),
    method: {
      name: plan.method,
      description: methodWords(plan, channel.unit, state.source),
      stability: plan.stability,
      points: plan.points,
      sequence: plan.sequence,
      cycles: plan.cycles,
      deviations: circumstances.deviations,
      external: circumstances.external,
    },
    place: { kind: circumstances.place, name: circumstances.placeName },
    dates: {
      received: circumstances.received,
      begin: day(Math.min(...moments)),
      end: day(Math.max(...moments)),
      issued: day(input.issuedAt),
    },
    conditions: {
      temperature: circumstances.temperature,
      humidity: circumstances.humidity,
      pressure: circumstances.pressure,
    },
    standards,
    results,
    adjustment: state.fit && state.written ? { fit: state.fit, written: state.written } : null,
    ...judgement(plan, results),
    overrides: [...overridesOf('as-found', state.asFound), ...overridesOf('as-left', state.asLeft)],
    opinion: circumstances.opinion,
    leftBecause: state.leftBecause,
    nextDue: circumstances.nextDue?.agreed
      ? { on: circumstances.nextDue.on, method: circumstances.nextDue.method }
      : null,
    authorisedBy: { name, role: circumstances.role },
    chain: input.chain,
  } satisfies CertificateRecord;
  const checked = CertificateRecord.safeParse(record);
  if (!checked.success) throw refused(z.prettifyError(checked.error).slice(0, 500));
  return checked.data;
}
