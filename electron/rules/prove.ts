import type { RuleEvent } from '../../shared/contract/devices.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { RunSeen } from '../../shared/contract/lab.ts';
import type { Comparison, CompiledRules, Difference, RuleEvidence } from '../../shared/contract/validate.ts';
import type { CompileChannel, Insight, ShadowReport } from '../../shared/rules/rules.ts';
import type { AgentLink } from '../drivers/driver.ts';
import { isAwaited, isOpen, nextPlace, rulesHoldingAt, unforeseenBy } from './course.ts';
import { LiveComparison } from './live-comparison.ts';
import { RunRecord } from './run-record.ts';

export type ProofProgress =
  | { doing: 'proving'; fired: number; cleared: number; rules: number; frames: number }
  /** On the way to where no rule holds; null: the engineer brings it there. */
  | { doing: 'calming'; setPoint: string | null }
  /** Normal operation, in which an alarm is a false one. */
  | { doing: 'watchingQuiet'; seconds: number; of: number; alarms: number };

export interface ProveOptions {
  /** The unit's agent, its frames turned on. */
  link: AgentLink;
  unit: string;
  compiled: CompiledRules;
  channels: readonly CompileChannel[];
  /** Drives the measurand to a set point (decimal text in the channel's unit). */
  drive?: (value: string) => Promise<void>;
  setPoints: readonly string[];
  timeoutSeconds: number;
  /** How long normal operation is watched after all rules were seen, where that is asked for. */
  quietSeconds: number;
  /** Whether it is still to be seen, beside these runs, that a rule holds its tongue. */
  needsQuiet: (runs: readonly RunSeen[]) => boolean;
  signal: AbortSignal;
  onDecided: (event: RuleEvent) => void;
  onDiffered: (difference: Difference) => void;
  onProgress: (progress: ProofProgress) => void;
}

export interface RuleProof {
  comparison: Comparison;
  evidence: RuleEvidence[];
  /** What the stimulus showed, and the normal operation after it. */
  runs: RunSeen[];
}

/** How often progress is told and the clock is looked at when nothing happens. */
const lookMs = 500;
/** How long a place is tried for what nobody can foresee; twice as long in each round, for delays and slow baths. */
const firstTryMs = 10_000;
/** A unit from which nothing came for this long, beyond two of its scan periods, is asked. */
const silenceMs = 5000;

/**
 * Watches a unit until each rule fired and cleared, decided alike by unit and app, and then normal operation. Set
 * points at which something is still to be seen are driven in turn. Fails with DECISIONS_DIFFER at the first
 * difference, RULES_CHANGED, RULE_NOT_PROVEN at the end of time, CANCELLED, or as the link does.
 */
export async function proveRules(options: ProveOptions): Promise<RuleProof> {
  const proof = new Proof(options);
  try {
    return await proof.run();
  } finally {
    proof.close();
  }
}

class Proof {
  readonly #options: ProveOptions;
  readonly #comparison: LiveComparison;
  readonly #evidence: RuleEvidence[];
  readonly #places: readonly ReadonlySet<number>[];
  /** Rules that may show themselves at any place. */
  readonly #unforeseen: ReadonlySet<number>;
  readonly #stimulus: RunRecord;
  readonly #quiet: RunRecord;
  /** What is written down now; null on the way to normal operation. */
  #record: RunRecord | null;
  /** Moved on by the time that was spent waiting for a reference which several units share. */
  #end: number;
  readonly #dwellMs: number;
  #periodMs = 0;
  #place = -1;
  #arrivedAt = 0;
  /** How often all places were gone round. */
  #rounds = 0;
  /** No rule is on, nor about to be. */
  #calm = false;
  #wake: () => void = () => {};
  #closed = false;

  constructor(options: ProveOptions) {
    const { link, compiled, channels, drive, setPoints, timeoutSeconds } = options;
    this.#options = options;
    this.#comparison = new LiveComparison(link, compiled, {
      onReport: (report) => this.#take(report),
      onFrame: (t, insight, boot) => this.#see(t, insight, boot),
    });
    this.#evidence = compiled.ids.map((id) => ({ id, fired: null, cleared: null }));
    this.#places = drive ? setPoints.map((value) => rulesHoldingAt(value, compiled.text, channels)) : [];
    this.#unforeseen = unforeseenBy(this.#places, compiled.ids.length);
    const origin = drive && setPoints.length > 0 ? 'bench' : 'live';
    this.#stimulus = new RunRecord(compiled, { origin, normal: false });
    this.#quiet = new RunRecord(compiled, { origin, normal: true });
    this.#record = this.#stimulus;
    this.#end = performance.now() + timeoutSeconds * 1000;
    void link.closed.then(() => {
      this.#closed = true;
      this.#wake();
    });
    this.#dwellMs = (timeoutSeconds * 1000) / Math.max(1, setPoints.length);
  }

  async run(): Promise<RuleProof> {
    const { periodMs, tag } = await this.#options.link.hello();
    this.#periodMs = periodMs;
    const whom = tag || this.#options.unit;
    await this.#comparison.start();
    while (this.#evidence.some(({ cleared }) => cleared === null)) {
      this.#tell();
      this.#refuse();
      this.#demandTime();
      await this.#keepUp();
      await this.#moveOn();
      await this.#pause();
    }
    this.#tell();
    this.#refuse();
    if (this.#options.needsQuiet(this.#stimulus.runs(whom))) await this.#watchQuiet();
    const runs = [...this.#stimulus.runs(whom), ...this.#quiet.runs(whom)];
    return { comparison: this.#comparison.totals, evidence: this.#evidence, runs };
  }

  close(): void {
    this.#comparison.close();
  }

  /** Where normal operation is not reached in time, it is not seen: the evidence will say what is missing. */
  async #watchQuiet(): Promise<void> {
    const { setPoints, drive, quietSeconds: of, timeoutSeconds, onProgress } = this.#options;
    this.#record = null;
    this.#calm = false;
    const calm = this.#places.flatMap((holding, place) => (holding.size === 0 ? [place] : []));
    // Where the last rule cleared, even those are calm of which no set point tells anything.
    const place = calm.includes(this.#place) ? this.#place : (calm[0] ?? -1);
    const setPoint = setPoints[place] ?? null;
    onProgress({ doing: 'calming', setPoint });
    if (setPoint !== null && place !== this.#place) await drive?.(setPoint);
    const end = performance.now() + timeoutSeconds * 1000;
    while (this.#quiet.length < of * 1000) {
      if (this.#calm) this.#record = this.#quiet;
      else if (this.#record === null && performance.now() > end) return;
      const { alarms, length } = this.#quiet;
      const seconds = Math.floor(length / 1000);
      if (this.#record !== null) onProgress({ doing: 'watchingQuiet', seconds, of, alarms });
      await this.#keepUp();
      await this.#pause();
      this.#refuse();
    }
  }

  #tell(): void {
    this.#options.onProgress({
      doing: 'proving',
      fired: this.#evidence.filter(({ fired }) => fired !== null).length,
      cleared: this.#evidence.filter(({ cleared }) => cleared !== null).length,
      rules: this.#evidence.length,
      frames: this.#comparison.totals.frames,
    });
  }

  /** Brings both sides together again where they are not. Asked over a line that has ended, it fails as lines do. */
  async #keepUp(): Promise<void> {
    if (this.#closed) await this.#options.link.hello();
    const isSilent = this.#comparison.silentMs > silenceMs + 2 * this.#periodMs;
    if (!isSilent && !this.#comparison.resync) return;
    const isCold = await (isSilent ? this.#comparison.revive() : this.#comparison.start());
    // An alarm of before ends without a word in an engine that knows nothing of it: it has to fire once more.
    for (const one of isCold ? this.#evidence : []) if (one.cleared === null) one.fired = null;
  }

  /** Every way in which the proof ends without success, but for the end of its time. */
  #refuse(): void {
    if (this.#options.signal.aborted) throw new Failure('CANCELLED', { during: 'proving the rules' });
    if (this.#comparison.changed) throw this.#comparison.changed;
    const [first] = this.#comparison.totals.differences;
    if (first) throw new Failure('DECISIONS_DIFFER', { detail: this.#words(first) });
  }

  #demandTime(): void {
    if (performance.now() < this.#end) return;
    const open = this.#evidence
      .filter(({ cleared }) => cleared === null)
      .map(({ id, fired }) => `${id} ${fired ? 'did not clear' : 'did not fire'}`);
    const { lostFrames } = this.#comparison.totals;
    const lost = lostFrames > 0 ? [`${lostFrames} frames were lost`] : [];
    const detail = [...open, ...lost].join(', ');
    throw new Failure('RULE_NOT_PROVEN', { seconds: this.#options.timeoutSeconds, detail });
  }

  #words({ seq, unit, app }: Difference): string {
    const said = (events: readonly RuleEvent[]): string =>
      events.map(({ rule, kind, t }) => `${this.#evidence[rule]?.id ?? rule} ${kind} at ${t} ms`).join(', ');
    return `in frame ${seq} the unit said ${said(unit) || 'nothing'}, the app ${said(app) || 'nothing'}`;
  }

  /** How long to stay at the place that was driven last, ms. */
  #patience(): number {
    const here = this.#places[this.#place];
    if (!here) return 0;
    if (isAwaited(this.#evidence, here, this.#unforeseen)) return this.#dwellMs;
    if (!isOpen(this.#evidence, this.#unforeseen)) return 0;
    return Math.min(this.#dwellMs, firstTryMs * 2 ** this.#rounds);
  }

  async #moveOn(): Promise<void> {
    if (performance.now() - this.#arrivedAt < this.#patience()) return;
    const next = nextPlace(this.#places, this.#place, this.#evidence, this.#unforeseen);
    const value = next === null ? undefined : this.#options.setPoints[next];
    if (next === null || value === undefined) return;
    if (next <= this.#place) this.#rounds += 1;
    const asked = performance.now();
    if (next !== this.#place) await this.#options.drive?.(value);
    this.#place = next;
    this.#arrivedAt = performance.now();
    this.#end += this.#arrivedAt - asked;
  }

  #take({ agreed, difference }: ShadowReport): void {
    for (const event of agreed) {
      this.#witness(event);
      this.#record?.event(event);
      this.#options.onDecided(event);
    }
    if (difference) this.#options.onDiffered(difference);
    // Time between two starts was not watched.
    if (this.#comparison.resync) this.#quiet.break();
    if (agreed.length > 0 || difference || this.#comparison.resync) this.#wake();
  }

  #see(t: number, insight: Insight, boot: number): void {
    this.#record?.frame(t, insight, boot);
    this.#calm = insight.rules.every(({ state }) => state === 'NORMAL' || state === 'LATCHED');
    // Its end is not left to the next look.
    if (this.#record === this.#quiet && this.#quiet.length >= this.#options.quietSeconds * 1000) this.#wake();
  }

  /** A rule that waits for an acknowledgement has cleared as far as the measurand can clear it. */
  #witness(event: RuleEvent): void {
    const evidence = this.#evidence[event.rule];
    if (!evidence) return;
    if (evidence.fired === null) {
      if (event.kind === 'ON') evidence.fired = event;
    } else if (evidence.cleared === null && (event.kind === 'OFF' || event.kind === 'RTN')) {
      evidence.cleared = event;
    }
  }

  /** Until something happens, the work is stopped, or it is time to look. */
  #pause(): Promise<void> {
    const { signal } = this.#options;
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.#wake = () => {};
        resolve();
      };
      const timer = setTimeout(done, lookMs);
      this.#wake = done;
      signal.addEventListener('abort', done, { once: true });
      if (signal.aborted || this.#comparison.resync) done();
    });
  }
}
