import type { CalibrateState, PointResult } from '../../shared/contract/calibrate.ts';
import type { EventPayload } from '../../shared/contract/contract.ts';
import type { RunState, WizardState } from '../../shared/contract/job.ts';
import type { ProvisionState } from '../../shared/contract/provision.ts';
import type { ValidateState } from '../../shared/contract/validate.ts';
import type { TaskProgress } from '../../shared/contract/wizard.ts';
import { presentRun, runResults } from '../../shared/wizard/calibrate.ts';
import { progressWords, waitingFor } from './progress-words.ts';

const liveEveryMs = 1_000;

/** Tells in the field's terms what a run does: one line for each thing that happened, no line twice. */
export class Narrator {
  readonly #say: (line: string) => void;
  readonly #now: () => number;
  readonly #wizards = new Map<string, WizardState>();
  #stage = '';
  #lastProgress = '';
  #lastLive = Number.NEGATIVE_INFINITY;

  /** `now` is a monotonic clock, ms. */
  constructor(say: (line: string) => void, now: () => number) {
    this.#say = say;
    this.#now = now;
  }

  run({ stage }: RunState): void {
    if (stage !== this.#stage) this.#say(stages[stage]);
    this.#stage = stage;
  }

  wizard(state: WizardState): void {
    const before = this.#wizards.get(state.id);
    this.#wizards.set(state.id, state);
    for (const line of newsOf(before, state)) this.#say(line);
  }

  task(progress: TaskProgress): void {
    const words = progressWords(progress);
    if (words === null || words === this.#lastProgress) return;
    this.#lastProgress = words;
    this.#say(`  ${words}`);
  }

  live(update: EventPayload<'calibrate.live'>): void {
    const state = this.#wizards.get(update.wizard);
    if (state?.kind !== 'calibrate' || !state.plan || this.#now() - this.#lastLive < liveEveryMs) return;
    this.#lastLive = this.#now();
    const point = `${runResults(state).length + 1} of ${state.plan.points.length}`;
    const { nominal, reference, unit, evidence } = update;
    const shown = `reference ${reference}, unit ${unit}`;
    this.#say(
      `  ${presentRun(state)} point ${point}: ${nominal}, ${shown}, ${waitingFor(evidence, state.plan.stability)}`,
    );
  }
}

const stages: Readonly<Record<RunState['stage'], string>> = {
  provision: 'provisioning the unit',
  calibrate: 'calibrating',
  validate: 'proving the rules',
  report: 'writing the report',
  done: 'done',
  failed: 'failed',
};

function newsOf(before: WizardState | undefined, state: WizardState): string[] {
  if (state.kind === 'provision') return provisionNews(before?.kind === 'provision' ? before : null, state);
  if (state.kind === 'calibrate') return calibrateNews(before?.kind === 'calibrate' ? before : null, state);
  return validateNews(before?.kind === 'validate' ? before : null, state);
}

function provisionNews(
  before: ProvisionState | null,
  { unit, plan, pushed, proof }: ProvisionState,
): string[] {
  const news: string[] = [];
  if (unit && !before?.unit) news.push(`  unit ${unit.hardwareId}: ${unit.implementation} ${unit.version}`);
  if (plan && !before?.plan) news.push(`  planned: ${plan.length} files`);
  if (pushed && !before?.pushed) {
    const sent = pushed.filter((file) => file.sent).length;
    news.push(`  pushed: ${sent} files sent, ${pushed.length - sent} were there already`);
  }
  if (proof && !before?.proof) {
    const equal = proof.filter((line) => line.equal).length;
    news.push(`  proof: ${equal} of ${proof.length} files run as they were pushed`);
  }
  return news;
}

function calibrateNews(before: CalibrateState | null, state: CalibrateState): string[] {
  const { reference, fit, written, verdict, plan } = state;
  const news: string[] = [];
  if (reference && !before?.reference)
    news.push(`  reference: ${reference.model}, serial ${reference.serial}`);
  const point = (run: string, results: PointResult[], known: number): string[] =>
    results.slice(known).map(({ nominal, error, withinTolerance }, index) => {
      const number = `${known + index + 1} of ${plan?.points.length ?? results.length}`;
      const judged = withinTolerance ? 'within' : 'outside';
      return `  ${run} point ${number}: ${nominal}, error ${error}, ${judged} tolerance`;
    });
  news.push(...point('as-found', state.asFound, before?.asFound.length ?? 0));
  if (fit && !before?.fit) news.push(`  line fitted: gain ${fit.gain}, offset ${fit.offset}`);
  if (written && !before?.written)
    news.push(`  calibration version ${written.version} written and read back`);
  news.push(...point('as-left', state.asLeft, before?.asLeft.length ?? 0));
  if (verdict && !before?.verdict) news.push(`  calibration: ${verdict}`);
  return news;
}

function validateNews(before: ValidateState | null, state: ValidateState): string[] {
  const { compiled, written, evidence, comparison, verdict } = state;
  const news: string[] = [];
  if (compiled && !before?.compiled)
    news.push(...compiled.sentences.map((sentence) => `  rule: ${sentence}`));
  if (written && !before?.written) news.push(`  rules written, read back: ${written.sha256.slice(0, 8)}`);
  for (const [index, { id, fired, cleared }] of evidence.entries()) {
    if (fired && !before?.evidence[index]?.fired) news.push(`  rule "${id}" fired`);
    if (cleared && !before?.evidence[index]?.cleared) news.push(`  rule "${id}" cleared`);
  }
  if (comparison && !before?.comparison) {
    const { frames, decisions, differences } = comparison;
    news.push(`  compared: ${frames} frames, ${decisions} decisions, ${differences.length} differences`);
  }
  if (verdict && !before?.verdict) news.push(`  rules: ${verdict}`);
  return news;
}
