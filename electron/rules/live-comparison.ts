import type { Frame, RuleEvent } from '../../shared/contract/devices.ts';
import type { Comparison, CompiledRules, Difference } from '../../shared/contract/validate.ts';
import {
  createEngine,
  createShadow,
  readDeviceForm,
  type Shadow,
  type ShadowReport,
} from '../../shared/rules/rules.ts';
import type { AgentLink } from '../drivers/driver.ts';

type Heard = { frame: Frame } | { event: RuleEvent } | { damage: true };

/** A unit's decisions beside the app's own, on the unit's live frames. `onReport` hears whatever is new. */
export class LiveComparison {
  readonly #link: AgentLink;
  readonly #text: string;
  readonly #onReport: (report: ShadowReport) => void;
  readonly #unlisten: (() => void)[];
  /** What arrives while both engines are being restarted. */
  #early: Heard[] = [];
  #shadow: Shadow | null = null;
  #framesBefore = 0;
  #decisions = 0;
  #lostFrames = 0;
  readonly #differences: Difference[] = [];
  #heardAt = performance.now();

  constructor(link: AgentLink, { text }: CompiledRules, onReport: (report: ShadowReport) => void) {
    this.#link = link;
    this.#text = text;
    this.#onReport = onReport;
    this.#unlisten = [
      link.onFrame((frame) => this.#hear({ frame })),
      link.onRuleEvent((event) => this.#hear({ event })),
      link.onDamage(() => this.#hear({ damage: true })),
    ];
  }

  /** A frame or a decision was lost: the app knows less than the unit until both start anew. */
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

  /** Both engines cold: the unit's by putting its rules in force again, the app's from the first frame after that. */
  async start(): Promise<void> {
    this.#framesBefore += this.#shadow?.frames ?? 0;
    this.#shadow = null;
    this.#early = [];
    const { fromSeq } = await this.#link.put('rules', new TextEncoder().encode(this.#text));
    this.#shadow = createShadow(createEngine(readDeviceForm(this.#text)), fromSeq);
    this.#heardAt = performance.now();
    const early = this.#early;
    this.#early = [];
    for (const heard of early) this.#compare(this.#shadow, heard);
  }

  /** For a unit that fell silent: a restart turns its frames off. Fails where nothing answers. */
  async revive(): Promise<void> {
    await this.#link.hello();
    await this.#link.stream(true);
    await this.start();
  }

  close(): void {
    for (const unlisten of this.#unlisten) unlisten();
  }

  #hear(heard: Heard): void {
    // Noise is no sign of life.
    if (!('damage' in heard)) this.#heardAt = performance.now();
    if (this.#shadow) this.#compare(this.#shadow, heard);
    else this.#early.push(heard);
  }

  #compare(shadow: Shadow, heard: Heard): void {
    const report =
      'frame' in heard
        ? shadow.frame(heard.frame)
        : 'event' in heard
          ? shadow.event(heard.event)
          : shadow.damage();
    this.#decisions += report.agreed.length;
    this.#lostFrames += report.lost;
    if (report.difference) this.#differences.push(report.difference);
    this.#onReport(report);
  }
}
