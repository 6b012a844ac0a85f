import type { CalibrateState, PointResult } from '../../shared/contract/calibrate.ts';
import type { WizardState } from '../../shared/contract/job.ts';
import type { ValidateState } from '../../shared/contract/validate.ts';
import { decimalPlaces, roundDecimal } from '../../shared/units/units.ts';
import { stationsOf } from '../../shared/wizard/stations.ts';
import { isSelfTested } from '../../shared/wizard/validate.ts';
import { provisionNews } from './provision-news.ts';

/** One line for each thing that is in a wizard's state now and was not before. */
export function wizardNews(before: WizardState | undefined, state: WizardState): string[] {
  if (state.kind === 'provision') return provisionNews(before?.kind === 'provision' ? before : null, state);
  if (state.kind === 'calibrate') return calibrateNews(before?.kind === 'calibrate' ? before : null, state);
  return validateNews(before?.kind === 'validate' ? before : null, state);
}

function calibrateNews(before: CalibrateState | null, state: CalibrateState): string[] {
  const { reference, fit, written, verdict } = state;
  const news: string[] = [];
  if (reference && !before?.reference) news.push(`reference: ${reference.model}, serial ${reference.serial}`);
  news.push(...pointNews(state, 'as-found', state.asFound, before?.asFound.length ?? 0));
  if (fit && !before?.fit) {
    const [gain, offset] = [fit.gain, fit.offset].map((value) => Number(value).toPrecision(6));
    news.push(`line fitted: gain ${gain}, offset ${offset}`);
  }
  if (written && !before?.written) news.push(`calibration version ${written.version} written and read back`);
  news.push(...pointNews(state, 'as-left', state.asLeft, before?.asLeft.length ?? 0));
  if (verdict && !before?.verdict) news.push(`calibration: ${verdict}`);
  return news;
}

function pointNews(
  { plan, reference }: CalibrateState,
  run: 'as-found' | 'as-left',
  results: PointResult[],
  known: number,
): string[] {
  if (!plan) return [];
  const unit = reference ? ` ${reference.unit}` : '';
  return results.slice(known).map(({ nominal, error, withinTolerance }, index) => {
    const number = `${known + index + 1} of ${stationsOf(plan).length}`;
    const shown = roundDecimal(error, decimalPlaces(plan.tolerance) + 1);
    const judged = `${withinTolerance ? 'within' : 'outside'} +-${plan.tolerance}`;
    return `${run} point ${number}: ${nominal}${unit}, error ${shown}${unit}, ${judged}`;
  });
}

function validateNews(before: ValidateState | null, state: ValidateState): string[] {
  const { compiled, written, selfTest, evidence, comparison, verdict } = state;
  const news: string[] = [];
  if (compiled && !before?.compiled) news.push(...compiled.sentences.map((sentence) => `rule: ${sentence}`));
  if (written && !before?.written) news.push(`rules ${written.sha256.slice(0, 8)} written and read back`);
  if (selfTest && !before?.selfTest) {
    const { vectors, decisions } = selfTest;
    const alike = isSelfTested(state) ? 'decided alike' : 'decided otherwise than here';
    news.push(`self-test on the unit: ${vectors} vectors, ${decisions} decisions, ${alike}`);
  }
  for (const [index, { id, fired, cleared }] of evidence.entries()) {
    if (fired && !before?.evidence[index]?.fired) news.push(`rule "${id}" fired`);
    if (cleared && !before?.evidence[index]?.cleared) news.push(`rule "${id}" cleared`);
  }
  if (comparison && !before?.comparison) {
    const { frames, decisions, differences } = comparison;
    news.push(`compared: ${frames} frames, ${decisions} decisions, ${differences.length} differences`);
  }
  if (verdict && !before?.verdict) news.push(`rules: ${verdict}`);
  return news;
}
