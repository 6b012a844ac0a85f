import type { RuleEvent } from '../../shared/contract/devices.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { Comparison, CompiledRules, Difference, RuleEvidence } from '../../shared/contract/validate.ts';
import type { CompileChannel, ShadowReport } from '../../shared/rules/rules.ts';
import type { AgentLink } from '../drivers/driver.ts';
import { isAwaited, nextPlace, rulesHoldingAt } from './course.ts';
import { LiveComparison } from './live-comparison.ts';

export interface ProofProgress {
  fired: number;
  cleared: number;
  rules: number;
  frames: number;
}

export interface ProveOptions {
  /** The unit's agent, its frames turned on. */
  link: AgentLink;
  compiled: CompiledRules;
  channels: readonly CompileChannel[];
  /** Drives the measurand to a set point (decimal text in the channel's unit). */
  drive?: (value: string) => Promise<void>;
  setPoints: readonly string[];
  timeoutSeconds: number;
  signal: AbortSignal;
  onDecided: (event: RuleEvent) => void;
  onDiffered: (difference: Difference) => void;
  onProgress: (progress: ProofProgress) => void;
}

export interface RuleProof {
  comparison: Comparison;
  evidence: RuleEvidence[];
}

/** How often progress is told and the clock is looked at when nothing happens. */
const lookMs = 500;
/** A unit from which nothing came for this long, beyond two of its scan periods, is asked. */
const silenceMs = 5000;

/**
 * Watches a unit until each rule fired and cleared, decided alike by unit and app. Both sides start cold, at the
 * start and after every lost frame. Set points at which something is still to be seen are driven in turn.
 * Fails with DECISIONS_DIFFER at the first difference, RULE_NOT_PROVEN at the end of time, CANCELLED, or as the link does.
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
  readonly #places: ReadonlySet<number>[];
  /** Moved on by the time that was spent waiting for a reference which several units share. */
  #end: number;
  readonly #dwellMs: number;
  #place = -1;
  #arrivedAt = 0;
  #wake: () => void = () => {};
  #closed = false;

  constructor(options: ProveOptions) {
    const { link, compiled, channels, drive, setPoints, timeoutSeconds } = options;
    this.#options = options;
    this.#comparison = new LiveComparison(link, compiled, (report) => this.#take(report));
    this.#evidence = compiled.ids.map((id) => ({ id, fired: null, cleared: null }));
    this.#places = drive ? setPoints.map((value) => rulesHoldingAt(value, compiled.text, channels)) : [];
    this.#end = performance.now() + timeoutSeconds * 1000;
    void link.closed.then(() => {
      this.#closed = true;
      this.#wake();
    });
    this.#dwellMs = (timeoutSeconds * 1000) / Math.max(1, setPoints.length);
  }

  async run(): Promise<RuleProof> {
    const { periodMs } = await this.#options.link.hello();
    await this.#comparison.start();
    for (;;) {
      this.#tell();
      this.#refuse();
      if (this.#evidence.every(({ cleared }) => cleared !== null)) {
        return { comparison: this.#comparison.totals, evidence: this.#evidence };
      }
      // Asked over a line that has ended, it fails as lines do.
      if (this.#closed) await this.#options.link.hello();
      if (this.#comparison.silentMs > silenceMs + 2 * periodMs) await this.#comparison.revive();
      else if (this.#comparison.resync) await this.#comparison.start();
      await this.#moveOn();
      await this.#pause();
    }
  }

  close(): void {
    this.#comparison.close();
  }

  #tell(): void {
    this.#options.onProgress({
      fired: this.#evidence.filter(({ fired }) => fired !== null).length,
      cleared: this.#evidence.filter(({ cleared }) => cleared !== null).length,
      rules: this.#evidence.length,
      frames: this.#comparison.totals.frames,
    });
  }

  /** Every way in which the proof ends without success. */
  #refuse(): void {
    const { signal, timeoutSeconds } = this.#options;
    if (signal.aborted) throw new Failure('CANCELLED', { during: 'proving the rules' });
    const { differences, lostFrames } = this.#comparison.totals;
    const [first] = differences;
    if (first) throw new Failure('DECISIONS_DIFFER', { detail: this.#words(first) });
    if (performance.now() < this.#end) return;
    const open = this.#evidence
      .filter(({ cleared }) => cleared === null)
      .map(({ id, fired }) => `${id} ${fired ? 'did not clear' : 'did not fire'}`);
    const lost = lostFrames > 0 ? [`${lostFrames} frames were lost`] : [];
    throw new Failure('RULE_NOT_PROVEN', { seconds: timeoutSeconds, detail: [...open, ...lost].join(', ') });
  }

  #words({ seq, unit, app }: Difference): string {
    const said = (events: readonly RuleEvent[]): string =>
      events.map(({ rule, kind, t }) => `${this.#evidence[rule]?.id ?? rule} ${kind} at ${t} ms`).join(', ');
    return `in frame ${seq} the unit said ${said(unit) || 'nothing'}, the app ${said(app) || 'nothing'}`;
  }

  async #moveOn(): Promise<void> {
    const here = this.#places[this.#place];
    const dwelt = performance.now() - this.#arrivedAt >= this.#dwellMs;
    if (here && isAwaited(this.#evidence, here) && !dwelt) return;
    const next = nextPlace(this.#places, this.#place, this.#evidence);
    const value = next === null ? undefined : this.#options.setPoints[next];
    if (next === null || value === undefined) return;
    const asked = performance.now();
    if (next !== this.#place) await this.#options.drive?.(value);
    this.#place = next;
    this.#arrivedAt = performance.now();
    this.#end += this.#arrivedAt - asked;
  }

  #take({ agreed, difference }: ShadowReport): void {
    for (const event of agreed) {
      this.#witness(event);
      this.#options.onDecided(event);
    }
    if (difference) this.#options.onDiffered(difference);
    if (agreed.length > 0 || difference || this.#comparison.resync) this.#wake();
  }

  #witness(event: RuleEvent): void {
    const evidence = this.#evidence[event.rule];
    if (!evidence) return;
    if (evidence.fired === null) {
      if (event.kind === 'ON') evidence.fired = event;
    } else if (evidence.cleared === null && event.kind === 'OFF') evidence.cleared = event;
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
