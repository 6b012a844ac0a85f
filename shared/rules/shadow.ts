import type { Frame, RuleEvent } from '../contract/devices.ts';
import type { Difference } from '../contract/validate.ts';
import type { Engine } from './engine.ts';
import { takenIn } from './live-frame.ts';

/** What one frame or event brought to light. */
export interface ShadowReport {
  /** Decisions that unit and app took alike, in order. */
  agreed: RuleEvent[];
  difference: Difference | null;
  /** Frames that never arrived, and lines that arrived damaged. */
  lost: number;
}

/**
 * Compares the decisions of a unit with those of an engine that is fed the unit's own frames. A frame is judged when
 * the next one is seen. Once a frame is missing the engine knows less than the unit: `resync` is true, nothing more
 * is compared, and both must start cold. The same once a line was damaged: it may have been a decision.
 */
export interface Shadow {
  frame(frame: Pick<Frame, 'seq' | 't' | 'channels'>): ShadowReport;
  event(event: RuleEvent): ShadowReport;
  damage(): ShadowReport;
  /** Frames that the engine was fed. */
  readonly frames: number;
  readonly resync: boolean;
}

const nothing = (): ShadowReport => ({ agreed: [], difference: null, lost: 0 });

const same = (a: RuleEvent, b: RuleEvent | undefined): boolean =>
  b !== undefined &&
  a.seq === b.seq &&
  a.t === b.t &&
  a.rule === b.rule &&
  a.kind === b.kind &&
  a.first === b.first;

/** `fromSeq`: the first frame that the unit's engine saw since it started; `engine` must have started alike. */
export function createShadow(engine: Engine, fromSeq: number): Shadow {
  let expected = fromSeq;
  let frames = 0;
  let resync = false;
  let open: { seq: number; app: RuleEvent[]; unit: RuleEvent[] } | null = null;

  const judge = (): Pick<ShadowReport, 'agreed' | 'difference'> => {
    if (open === null) return nothing();
    const { seq, app, unit } = open;
    open = null;
    const alike = app.length === unit.length && app.every((event, index) => same(event, unit[index]));
    return alike ? { agreed: app, difference: null } : { agreed: [], difference: { seq, unit, app } };
  };

  return {
    get frames() {
      return frames;
    },
    get resync() {
      return resync;
    },
    frame({ seq, t, channels }) {
      if (resync || (seq < fromSeq && frames === 0)) return nothing();
      if (seq !== expected) {
        resync = true;
        // The last frame before a gap is not judged: its events may be among what was lost.
        open = null;
        return { ...nothing(), lost: Math.max(0, seq - expected) };
      }
      const judged = judge();
      const { inputs, acknowledged, shelves } = takenIn(channels);
      const decided = engine.feed(t, inputs, acknowledged, shelves);
      open = { seq, app: decided.map((decision) => ({ seq, ...decision })), unit: [] };
      expected = seq + 1;
      frames += 1;
      return { ...judged, lost: 0 };
    },
    event(event) {
      if (resync || event.seq < fromSeq) return nothing();
      if (open?.seq === event.seq) {
        open.unit.push(event);
        return nothing();
      }
      // Its frame did not arrive yet: it is among the lost, and the next frame will tell.
      if (event.seq >= expected) return nothing();
      return { ...nothing(), difference: { seq: event.seq, unit: [event], app: [] } };
    },
    damage() {
      if (resync) return nothing();
      resync = true;
      open = null;
      return { ...nothing(), lost: 1 };
    },
  };
}
