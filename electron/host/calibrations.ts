import type { CalibrateState } from '../../shared/contract/calibrate.ts';
import type { calibrationMethods } from '../../shared/contract/calibration-methods.ts';
import type { CertificateFacts, HistoryLine } from '../../shared/contract/certificate.ts';
import type { WizardState } from '../../shared/contract/job.ts';
import type { JobStore } from '../store/job-store.ts';
import { loadTemplates } from './calibration-templates.ts';
import { nextDue } from './next-due.ts';
import type { Handlers } from './server.ts';
import { profileOfUnit, type Services } from './services.ts';

type Methods = Extract<keyof typeof calibrationMethods, `calibration.${string}`>;

/** The contract's methods about calibrations as such: what to begin with, what there was, when the next one is due. */
export const calibrationHandlers = (services: Services): Pick<Handlers, Methods> => ({
  'calibration.templates': () => loadTemplates(services.options.resources),
  'calibration.history': ({ unit, channel }) => historyOf(services, unit, channel),
  'calibration.nextDue': (asked) => {
    const { unit, channel } = asked;
    const last = judgedOf(services.desk.list(), unit, channel).at(-1);
    const evaluation = last?.asLeftEvaluation ?? last?.asFoundEvaluation;
    const uncertainties = (evaluation?.points ?? []).map(({ standardUncertainty }) => standardUncertainty);
    return nextDue(historyOf(services, unit, channel), uncertainties, asked);
  },
});

/** The last calibration of a unit's channel that came to an end, or changed the unit, has passed. */
export function isCalibrated(wizards: readonly WizardState[], unit: string, channel: string): boolean {
  const last = calibrationsOf(wizards, unit, channel).findLast(
    ({ verdict, writing }) => verdict !== null || writing,
  );
  return last?.verdict === 'pass';
}

const calibrationsOf = (
  wizards: readonly WizardState[],
  unit: string,
  channel: string | null,
): CalibrateState[] =>
  wizards.filter(
    (wizard): wizard is CalibrateState =>
      wizard.kind === 'calibrate' &&
      wizard.unit === unit &&
      wizard.plan !== null &&
      (channel === null || wizard.plan.channel === channel),
  );

const judgedOf = (...asked: Parameters<typeof calibrationsOf>): CalibrateState[] =>
  calibrationsOf(...asked).filter(
    ({ asFoundEvaluation, verdict }) => asFoundEvaluation !== null || verdict !== null,
  );

/** The calibrations of a unit whose as-found run is whole, oldest first. */
export function historyOf(
  { store, desk, profiles }: Pick<Services, 'store' | 'desk' | 'profiles'>,
  unit: string,
  channel: string | null,
): HistoryLine[] {
  const numbers = certificateNumbers(store);
  return judgedOf(desk.list(), unit, channel)
    .flatMap((wizard) => {
      const line = lineOf(wizard, numbers.get(wizard.id) ?? null, () =>
        profileOfUnit({ desk, profiles }, unit),
      );
      return line === null ? [] : [line];
    })
    .sort((a, b) => a.at - b.at);
}

function lineOf(
  wizard: CalibrateState,
  certificate: string | null,
  profile: () => ReturnType<typeof profileOfUnit>,
): HistoryLine | null {
  const { plan, asFound, asLeft, asFoundEvaluation, asLeftEvaluation, written, writing } = wizard;
  const at = (asLeft.at(-1) ?? asFound.at(-1))?.readings.at(-1)?.at;
  if (!plan || at === undefined) return null;
  const unit = profile().channels.find(({ id }) => id === plan.channel)?.unit ?? wizard.reference?.unit ?? '';
  return {
    wizard: wizard.id,
    at,
    channel: plan.channel,
    unit,
    tolerance: plan.tolerance,
    adjusted: writing || written !== null,
    verdict: verdictOf(wizard),
    asFound: errorsOf(asFoundEvaluation, asFound),
    asLeft: errorsOf(asLeftEvaluation, asLeft),
    certificate,
  };
}

/** Of how the unit was left; `none` while that is not known. */
function verdictOf({
  verdict,
  unadjusted,
  asFoundEvaluation,
  asLeftEvaluation,
}: CalibrateState): HistoryLine['verdict'] {
  if (verdict === null) return 'none';
  const evaluation = unadjusted ? asFoundEvaluation : asLeftEvaluation;
  return evaluation?.verdict ?? verdict;
}

/** As judged; a calibration of before runs were judged has errors without uncertainty. */
function errorsOf(
  evaluation: CalibrateState['asFoundEvaluation'],
  results: CalibrateState['asFound'],
): HistoryLine['asFound'] {
  if (evaluation === null) {
    return results.map(({ nominal, error }) => ({ nominal, error, expandedUncertainty: null }));
  }
  const isStated = evaluation.uncertaintyStatement !== null;
  return evaluation.points.map(({ nominal, error, expandedUncertainty }) => ({
    nominal,
    error,
    expandedUncertainty: isStated ? expandedUncertainty : null,
  }));
}

/** Wizard -> the certificate that counts: the newest, which amends the ones before. */
function certificateNumbers(store: JobStore): Map<string, string> {
  const numbers = new Map<string, string>();
  for (const { body } of store.events({ kind: 'certificate.issued' })) {
    const { wizard, number } = body as CertificateFacts;
    numbers.set(wizard, number);
  }
  return numbers;
}
