import { Failure } from '../../shared/contract/failure.ts';
import type { ProfileChannel } from '../../shared/contract/profile.ts';
import type { RecordingFacts, RecordingNow } from '../../shared/contract/recordings.ts';
import type { Connections } from '../drivers/connections.ts';
import type { AgentHello } from '../drivers/driver.ts';
import type { LiveHub } from '../live/live-hub.ts';
import { FrameRecorder } from './recorder.ts';
import type { Shelf } from './shelf.ts';

export interface RecorderTools {
  shelf: Shelf;
  connections: Pick<Connections, 'agent' | 'onFrame' | 'onRuleEvent' | 'onDamage' | 'onRestart'>;
  live: Pick<LiveHub, 'subscribe' | 'unsubscribe'>;
  /** Where the unit is now. @throws Failure NOT_FOUND */
  portOf: (unit: string) => string;
  channelsOf: (unit: string) => readonly ProfileChannel[];
  progress: (now: RecordingNow) => void;
}

/** How often it is told how long a recording is. */
const tellMs = 1000;
/** How long a unit may take to say by which rules it decides. */
const helloMs = 5000;

interface Running {
  recorder: FrameRecorder;
  name: string;
  since: number;
  start: Pick<AgentHello, 'boot' | 'rulesRevision'>;
  added: Promise<RecordingFacts>;
  stop: () => void;
}

/** Live recordings under way, one a unit at most. */
export class Recorders {
  readonly #tools: RecorderTools;
  readonly #running = new Map<string, Running>();
  /** Units that are asked who they are, before the first row. */
  readonly #starting = new Set<string>();

  constructor(tools: RecorderTools) {
    this.#tools = tools;
  }

  now(unit: string): RecordingNow | null {
    const running = this.#running.get(unit);
    return running ? nowOf(unit, running) : null;
  }

  /** Fails with STEP_BLOCKED where the unit is recorded already, or as the unit does. */
  async start(unit: string, name: string): Promise<RecordingNow> {
    if (this.#running.has(unit) || this.#starting.has(unit)) {
      throw new Failure('STEP_BLOCKED', { detail: 'the unit is being recorded already' });
    }
    this.#starting.add(unit);
    try {
      const running = this.#begin(unit, name, await this.#hello(unit));
      this.#running.set(unit, running);
      return nowOf(unit, running);
    } finally {
      this.#starting.delete(unit);
    }
  }

  /** Fails with NOT_FOUND where nothing is recorded, STEP_BLOCKED where no frame has come, FILE_UNWRITABLE. */
  async finish(unit: string): Promise<RecordingFacts> {
    const running = this.#running.get(unit);
    if (!running) throw new Failure('NOT_FOUND', { thing: 'recording of the unit', id: unit });
    this.#running.delete(unit);
    running.stop();
    try {
      return await running.added;
    } catch (thrown) {
      const isEmpty = thrown instanceof Failure && thrown.code === 'FILE_UNREADABLE';
      if (!isEmpty) throw thrown;
      throw new Failure('STEP_BLOCKED', {
        detail: 'no frame has come from the unit, so there is no recording',
      });
    }
  }

  /** Something was done to the rules of the unit, or to the unit itself. */
  disturb(unit: string): void {
    this.#running.get(unit)?.recorder.disturb();
  }

  /** What is recorded when the app ends is kept. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#running.keys()].map((unit) => this.finish(unit)));
  }

  async #hello(unit: string): Promise<AgentHello> {
    const link = await this.#tools.connections.agent(
      this.#tools.portOf(unit),
      unit,
      AbortSignal.timeout(helloMs),
    );
    return link.hello();
  }

  #begin(unit: string, name: string, start: AgentHello): Running {
    const { shelf, connections, live, channelsOf, portOf, progress } = this.#tools;
    const channels = channelsOf(unit);
    const recorder = new FrameRecorder(channels, () => isSame(channelsOf(unit), channels));
    // Somebody looks: the unit is taken up again whenever it comes back.
    const stream = live.subscribe(unit, () => portOf(unit), channels, { post: () => undefined });
    const unlisten = [
      connections.onFrame(unit, (frame) => recorder.frame(frame)),
      connections.onRuleEvent(unit, (event) => recorder.event(event)),
      connections.onDamage(unit, () => recorder.damage()),
      connections.onRestart(unit, () => recorder.disturb()),
    ];
    const added = shelf.add({ unit, name, origin: 'live', dated: false }, channels, recorder.blocks(), () =>
      this.#decided(unit, recorder, start),
    );
    // Whoever finishes it hears of a full disk; until then nothing is gathered that has no place to go.
    added.catch(() => recorder.end());
    const running = { recorder, name, since: Date.now(), start, added };
    const timer = setInterval(() => progress(nowOf(unit, running)), tellMs).unref();
    const stop = (): void => {
      clearInterval(timer);
      for (const end of unlisten) end();
      live.unsubscribe(stream);
      recorder.end();
    };
    return { ...running, stop };
  }

  async #decided(
    unit: string,
    { heard }: FrameRecorder,
    { boot, rulesRevision }: AgentHello,
  ): Promise<RecordingFacts['decided']> {
    const end = await this.#hello(unit).catch(() => null);
    // A unit that does not answer any more may have restarted: nothing is compared on a guess.
    const same = end !== null && end.boot === boot && end.rulesRevision === rulesRevision;
    const revision = same && !heard.disturbed ? rulesRevision : null;
    return { boot, revision, events: heard.events, lost: heard.lost };
  }
}

/** Whether a unit's numbers still mean what they meant. */
const isSame = (now: readonly ProfileChannel[], before: readonly ProfileChannel[]): boolean =>
  now.length === before.length &&
  now.every(({ id, unit, quantum }, i) => {
    const one = before[i];
    return id === one?.id && unit === one.unit && quantum === one.quantum;
  });

const nowOf = (
  unit: string,
  { recorder, name, since }: Pick<Running, 'recorder' | 'name' | 'since'>,
): RecordingNow => ({ unit, name, rows: recorder.rows, since });
