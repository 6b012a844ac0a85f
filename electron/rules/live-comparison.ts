import type { Frame, RuleEvent } from '../../shared/contract/devices.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { Comparison, CompiledRules, Difference } from '../../shared/contract/validate.ts';
import {
  createEngine,
  createShadow,
  type Insight,
  readDeviceForm,
  type Shadow,
  type ShadowReport,
} from '../../shared/rules/rules.ts';
import type { AgentLink, EngineRestart } from '../drivers/driver.ts';

type Heard = { frame: Frame } | { event: RuleEvent } | { damage: true };

export interface ComparisonListener {
  /** Whatever is new. */
  onReport: (report: ShadowReport) => void;
  /** After each frame: its time, what the app's engine holds now, and in which boot of the unit. */
  onFrame?: (t: number, insight: Insight, boot: number) => void;
}

/** A unit's decisions beside the app's own, on the unit's live frames. */
export class LiveComparison {
  readonly #link: AgentLink;
  readonly #rules: CompiledRules;
  readonly #form: ReturnType<typeof readDeviceForm>;
  readonly #listener: ComparisonListener;
  readonly #unlisten: (() => void)[];
  /** What arrives while both engines are being started. */
  #early: Heard[] = [];
  #shadow: Shadow | null = null;
  #look: () => Insight;
  #boot = 0;
  /** The unit's engine is being started by this comparison itself. */
  #starting = false;
  /** The rules that the unit said it goes on with, where they are others. */
  #found: string | null = null;
  #goingOn: Promise<void> = Promise.resolve();
  #framesBefore = 0;
  #decisions = 0;
  #lostFrames = 0;
  readonly #differences: Difference[] = [];
  #heardAt = performance.now();

  constructor(link: AgentLink, rules: CompiledRules, listener: ComparisonListener) {
    this.#link = link;
    this.#rules = rules;
    this.#form = readDeviceForm(rules.text);
    this.#listener = listener;
    const cold = createEngine(this.#form);
    this.#look = () => cold.look();
    this.#unlisten = [
      link.onFrame((frame) => this.#hear({ frame })),
      link.onRuleEvent((event) => this.#hear({ event })),
      link.onDamage(() => this.#hear({ damage: true })),
      link.onRestart((restart) => this.#hearRestart(restart)),
    ];
  }

  /** A frame or a decision was lost, or the unit began anew: until both start alike, nothing is compared. */
  get resync(): boolean {
    return this.#shadow === null || this.#shadow.resync;
  }

  /** ms since the unit was last heard. */
  get silentMs(): number {
    return performance.now() - this.#heardAt;
  }

  get totals(): Comparison {
    return {
      frames: this.#framesBefore + (this.#shadow?.frames ?? 0),
      decisions: this.#decisions,
      lostFrames: this.#lostFrames,
      differences: [...this.#differences],
    };
  }

  /**
   * Both engines cold: the unit's by putting its rules in force again, the app's from the first frame after that. A
   * unit that restarted is taken up as it is where that is possible. Resolves with whether they are cold. Fails with
   * RULES_CHANGED where the unit holds other rules: they are somebody's, and are left there.
   */
  async start(): Promise<boolean> {
    await this.#goingOn;
    if (!this.resync) return false;
    this.#leave();
    await this.#demandRules();
    this.#starting = true;
    try {
      const { fromSeq } = await this.#link.put('rules', new TextEncoder().encode(this.#rules.text));
      this.#begin(createEngine(this.#form), fromSeq);
      return true;
    } finally {
      this.#starting = false;
    }
  }

  /** For a unit that fell silent: a restart turns its frames off. Fails where nothing answers. */
  async revive(): Promise<boolean> {
    this.#leave();
    await this.#link.hello();
    await this.#link.stream(true);
    return this.start();
  }

  close(): void {
    for (const unlisten of this.#unlisten) unlisten();
  }

  async #demandRules(): Promise<void> {
    const { rulesRevision, boot } = await this.#link.hello();
    this.#boot = boot;
    if (rulesRevision === this.#rules.revision) this.#found = null;
    else throw this.#changed(rulesRevision);
  }

  /** Where the unit itself said so: what it decides is not compared any more. */
  get changed(): Failure | null {
    return this.#found === null ? null : this.#changed(this.#found);
  }

  #changed(found: string | null): Failure {
    return new Failure('RULES_CHANGED', { expected: this.#rules.revision, found: found || 'none' });
  }

  /** Nothing is compared until both have begun. */
  #leave(): void {
    this.#framesBefore += this.#shadow?.frames ?? 0;
    this.#shadow = null;
    this.#early = [];
  }

  #begin(engine: ReturnType<typeof createEngine>, fromSeq: number): void {
    this.#shadow = createShadow(engine, fromSeq);
    this.#look = () => engine.look();
    this.#heardAt = performance.now();
    const early = this.#early;
    this.#early = [];
    for (const heard of early) this.#compare(this.#shadow, heard);
  }

  #hearRestart({ boot, revision }: EngineRestart): void {
    if (this.#starting) return;
    this.#leave();
    if (revision !== this.#rules.revision) this.#found = revision ?? '';
    else if (boot !== null) this.#goingOn = this.#goOn(boot).catch(() => this.#leave());
    this.#listener.onReport({ agreed: [], difference: null, lost: 0 });
  }

  /**
   * After a restart the unit goes on with what it had kept, and so does the app: nothing is written. Only where its
   * frames could be turned on before the first of them; else a frame is missing, and both start cold.
   */
  async #goOn(boot: number): Promise<void> {
    await this.#link.stream(true);
    const engine = createEngine(this.#form);
    engine.boot(await this.#link.kept());
    // It may be another unit that started there.
    await this.#demandRules();
    if (this.#boot !== boot) return;
    this.#begin(engine, 1);
  }

  #hear(heard: Heard): void {
    // Noise is no sign of life.
    if (!('damage' in heard)) this.#heardAt = performance.now();
    if (this.#shadow) this.#compare(this.#shadow, heard);
    else this.#early.push(heard);
  }

  #compare(shadow: Shadow, heard: Heard): void {
    const { frames } = shadow;
    const report =
      'frame' in heard
        ? shadow.frame(heard.frame)
        : 'event' in heard
          ? shadow.event(heard.event)
          : shadow.damage();
    this.#decisions += report.agreed.length;
    this.#lostFrames += report.lost;
    if (report.difference) this.#differences.push(report.difference);
    this.#listener.onReport(report);
    if ('frame' in heard && shadow.frames > frames) {
      this.#listener.onFrame?.(heard.frame.t, this.#look(), this.#boot);
    }
  }
}
