import type { EventPayload } from '../../shared/contract/contract.ts';
import type { RunState, WizardState } from '../../shared/contract/job.ts';
import type { TaskProgress } from '../../shared/contract/wizard.ts';
import { presentRun, runResults } from '../../shared/wizard/calibrate.ts';
import { progressWords, waitingFor } from './progress-words.ts';
import { wizardNews } from './wizard-news.ts';

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
    for (const line of wizardNews(before, state)) this.#say(`  ${line}`);
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
    const { plan } = state;
    const point = `${presentRun(state)} point ${runResults(state).length + 1} of ${plan.points.length}`;
    const nominal = `${update.nominal} ${state.reference?.unit ?? ''}`.trim();
    const shown = `reference ${update.reference}, unit ${update.unit}`;
    this.#say(`  ${point}: ${nominal}, ${shown}, ${waitingFor(update.evidence, plan.stability)}`);
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
