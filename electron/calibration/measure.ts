import type {
  CalibrationPlan,
  PointResult,
  Reading,
  StabilityEvidence,
} from '../../shared/contract/calibrate.ts';
import { DecimalText } from '../../shared/contract/devices.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { evaluateStability, pointResult } from '../../shared/metrology/metrology.ts';
import { fromQuanta } from '../../shared/units/units.ts';
import type { AgentLink } from '../drivers/driver.ts';
import type { WorkingReference } from '../drivers/shared-reference.ts';
import { FrameTrack } from './frame-track.ts';
import { pause, untilStopped } from './stopping.ts';

export interface PointProgress {
  evidence: StabilityEvidence;
  latest: Reading;
  elapsedSeconds: number;
}

export interface PointTools {
  /** Where the unit is, for messages. */
  unitPort: string;
  /** Settles when the line to the unit has ended. */
  unitClosed: Promise<unknown>;
  onFrame: AgentLink['onFrame'];
  reference: WorkingReference;
  channel: { id: string; quantum: string };
  /** Decimal text in the channel's unit. */
  nominal: string;
  plan: Pick<CalibrationPlan, 'stability' | 'tolerance'>;
  /** What is to be added to a reading of the reference; omitted: nothing. */
  correction?: (reading: string) => string;
  /** Drive the reference to the nominal value first. */
  driveReference: boolean;
  /** The reference's value is typed by a person: the time limit runs from then. */
  waitForReference?: boolean;
  signal: AbortSignal;
  /** Asked all the time: the reason to take the reading now although it is not stable, or null. */
  overrideReason: () => string | null;
  /** At most five times a second. */
  onProgress: (live: PointProgress) => void;
  /** Host clock, ms since 1970: the clock of frames and reference readings. */
  now?: () => number;
}

/** Fewer make no spread worth printing, not even with an override. */
const LEAST_READINGS = 5;
const OVERRIDE_POLL_MS = 100;
const PROGRESS_MS = 200;

/**
 * Measures one point: reads reference and unit in pairs until the window of the stability rule has settled, or a
 * person overrides. Every pair is one reading of the reference and the unit's frame nearest to it in time; nothing
 * is averaged, and the whole captured window is in the result.
 *
 * Fails with NOT_STABLE (says what is missing), PORT_LOST, NO_REPLY (frames stopped), NOT_FOUND (no such channel),
 * REFERENCE_UNREADABLE, CANCELLED, or what the reference's session fails with. Leaves the unit unchanged.
 */
export async function measurePoint(tools: PointTools): Promise<PointResult> {
  const { stability: rule } = tools.plan;
  const stop = new AbortController();
  const cancel = (): void =>
    stop.abort(new Failure('CANCELLED', { during: `measuring at ${tools.nominal}` }));
  tools.signal.addEventListener('abort', cancel, { once: true });
  if (tools.signal.aborted) cancel();
  const during = 'waiting for its readings';
  void tools.unitClosed.then(() => stop.abort(new Failure('PORT_LOST', { port: tools.unitPort, during })));
  const window = new Window(tools);
  let timeout: NodeJS.Timeout | undefined;
  const frames = new FrameTrack(tools.onFrame, {
    channel: tools.channel.id,
    port: tools.unitPort,
    fail: (failure) => stop.abort(failure),
  });
  try {
    stop.signal.throwIfAborted();
    if (tools.driveReference) await untilStopped(tools.reference.setPoint(tools.nominal), stop.signal);
    if (tools.waitForReference)
      await untilStopped(tools.reference.read({ signal: stop.signal }), stop.signal);
    // From here on: a reference that several units share may have kept it waiting.
    timeout = setTimeout(() => stop.abort(window.notStable()), rule.timeoutSeconds * 1000);
    return await settle(tools, window, frames, stop.signal);
  } finally {
    frames.close();
    clearTimeout(timeout);
    tools.signal.removeEventListener('abort', cancel);
  }
}

async function settle(
  tools: PointTools,
  window: Window,
  frames: FrameTrack,
  stop: AbortSignal,
): Promise<PointResult> {
  const now = tools.now ?? Date.now;
  const { intervalMs } = tools.plan.stability;
  for (;;) {
    const started = now();
    const reading = await readPair(tools, frames, stop);
    if (reading) window.add(reading, now());
    if (window.evidence.stable) return window.capture(null);
    // A clock that was set back would make the wait endless: then the next turn comes at once.
    const left = (): number => (now() < started ? 0 : started + intervalMs - now());
    while (left() > 0) {
      const reason = tools.overrideReason();
      if (reason !== null && window.size >= LEAST_READINGS) return window.capture(reason);
      await pause(Math.min(left(), OVERRIDE_POLL_MS), stop);
    }
  }
}

/** One reading of both, or null where the unit had no good value at that moment or the clock was set back. */
async function readPair(tools: PointTools, frames: FrameTrack, stop: AbortSignal): Promise<Reading | null> {
  const { reference, channel } = tools;
  const { value, at } = await untilStopped(reference.read({ signal: stop }), stop);
  if (!DecimalText.safeParse(value).success) {
    const detail = `"${value.slice(0, 60)}" is not a decimal number`;
    throw new Failure('REFERENCE_UNREADABLE', { port: reference.port, detail });
  }
  const unit = await untilStopped(frames.nearest(at), stop);
  if (unit === null || unit.value === null || unit.raw === null) return null;
  return { at, reference: value, unit: fromQuanta(unit.value, channel.quantum), raw: unit.raw };
}

/** The sliding window of the newest readings, and how settled it is. */
class Window {
  readonly #tools: PointTools;
  readonly #started: number;
  #readings: Reading[] = [];
  #lastProgress = Number.NEGATIVE_INFINITY;
  evidence: StabilityEvidence;

  constructor(tools: PointTools) {
    this.#tools = tools;
    this.#started = (tools.now ?? Date.now)();
    this.evidence = evaluateStability([], tools.nominal, tools.plan.stability);
  }

  get size(): number {
    return this.#readings.length;
  }

  add(reading: Reading, now: number): void {
    const { nominal, plan, onProgress } = this.#tools;
    const before = this.#readings.at(-1) ?? reading;
    // After the clock was set back the times before it are worth nothing, and neither is a drift over them.
    const setBack = reading.at < before.at;
    // Who types another value says that the one before was wrong.
    const corrected = this.#tools.waitForReference === true && reading.reference !== before.reference;
    const kept = setBack || corrected ? [] : this.#readings;
    this.#readings = [...kept, reading].slice(-plan.stability.readings);
    this.evidence = evaluateStability(this.#readings, nominal, plan.stability);
    if (now >= this.#lastProgress && now - this.#lastProgress < PROGRESS_MS) return;
    this.#lastProgress = now;
    onProgress({ evidence: this.evidence, latest: reading, elapsedSeconds: (now - this.#started) / 1000 });
  }

  capture(override: string | null): PointResult {
    const { nominal, plan, correction } = this.#tools;
    const { tolerance } = plan;
    const window = { nominal, readings: this.#readings, stability: this.evidence, override, tolerance };
    const shown = pointResult(window);
    return correction ? pointResult({ ...window, correction: correction(shown.meanReference) }) : shown;
  }

  notStable(): Failure {
    const { nominal, plan } = this.#tools;
    const figures = figuresOf(this.evidence, plan.stability);
    const detail = this.evidence.missing.map((name) => `${name} ${figures[name]}`).join(', ');
    return new Failure('NOT_STABLE', { point: nominal, seconds: plan.stability.timeoutSeconds, detail });
  }
}

/** Each condition as what was reached beside what is asked: `0.012 (limit 0.010)`. */
function figuresOf(
  evidence: StabilityEvidence,
  rule: CalibrationPlan['stability'],
): Record<StabilityEvidence['missing'][number], string> {
  return {
    readings: `${evidence.readings} of ${rule.readings}`,
    distance: `${evidence.distance} (limit ${rule.nearNominal})`,
    'reference-drift': `${evidence.referenceDrift} (limit ${rule.maxDrift})`,
    'unit-drift': `${evidence.unitDrift} (limit ${rule.maxDrift})`,
    'reference-spread': `${evidence.referenceSpread} (limit ${rule.maxSpread})`,
    'unit-spread': `${evidence.unitSpread} (limit ${rule.maxSpread})`,
    'difference-drift': `t ${evidence.differenceT ?? 'not known'} (limit ${evidence.differenceTLimit ?? 'not known'})`,
  };
}
