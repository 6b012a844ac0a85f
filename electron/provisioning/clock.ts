import type { ClockFacts } from '../../shared/contract/provision.ts';
import type { AgentLink } from '../drivers/driver.ts';

/** The unit's clock beside the computer's at one moment, from the question of several that was answered soonest. */
export interface ClockSample {
  /** Monotonic clock of the computer at the middle of question and answer, ms. */
  host: number;
  /** The computer's time of day at that moment, ms since 1970. */
  hostWall: number;
  /** Engine time of the unit, ms. */
  t: number;
  /** The unit's time of day, ms since 1970; null where it has none. */
  wall: number | null;
  /** How long question and answer took, ms: the reading is known to half of that. */
  roundTrip: number;
}

export interface Clocks {
  monotonic(): number;
  wall(): number;
}
export const computerClocks: Clocks = { monotonic: () => performance.now(), wall: () => Date.now() };

/** A reading with the start of the agent that it is of: from another start the engine counts anew. */
export interface StartedClock {
  boot: number;
  sample: ClockSample;
}

/** Shorter than this, what the unit's count of whole milliseconds says of its rate is not worth writing down. */
export const shortestDriftMs = 10_000;
const questions = 8;

/** As NTP does (RFC 5905, 10: the clock filter): of several questions the one with the shortest round trip counts. */
export async function sampleClock(
  link: Pick<AgentLink, 'clock'>,
  clocks: Clocks = computerClocks,
): Promise<ClockSample> {
  let best: ClockSample | null = null;
  for (let asked = 0; asked < questions; asked += 1) {
    const sent = clocks.monotonic();
    const { wall, t } = await link.clock();
    const received = clocks.monotonic();
    const hostWall = clocks.wall() - (received - sent) / 2;
    const sample = { host: (sent + received) / 2, hostWall, t, wall, roundTrip: received - sent };
    if (best === null || sample.roundTrip < best.roundTrip) best = sample;
  }
  if (best === null) throw new RangeError('no question was asked');
  return best;
}

/** Sets the unit's clock to the computer's, as it will be when half of a usual round trip is over. */
export async function setClock(
  link: Pick<AgentLink, 'clock'>,
  { roundTrip }: Pick<ClockSample, 'roundTrip'>,
  clocks: Clocks = computerClocks,
): Promise<void> {
  await link.clock(Math.round(clocks.wall() + roundTrip / 2));
}

/** What two samples say of the unit's clock. Null for the drift where they are too close to each other. */
export function clockFacts(set: boolean, first: ClockSample, last: ClockSample): ClockFacts {
  const span = last.host - first.host;
  const seconds = Math.max(0, Math.floor(span / 1000));
  const offsetMs = last.wall === null ? null : Math.round(last.wall - last.hostWall);
  if (span < shortestDriftMs || last.t <= first.t) {
    return { set, offsetMs, driftPpm: null, driftUncertaintyPpm: null, seconds };
  }
  const drift = ((last.t - first.t) / span - 1) * 1e6;
  // Rectangular: the moment of the reading lies within the round trip, the count within one millisecond (GUM 4.3.7).
  const variance = [first, last].reduce((sum, { roundTrip }) => sum + roundTrip ** 2 / 12 + 1 / 12, 0);
  const uncertainty = (2 * Math.sqrt(variance) * 1e6) / span;
  return { set, offsetMs, driftPpm: decimal(drift), driftUncertaintyPpm: decimal(uncertainty), seconds };
}

/** One tenth of a ppm is finer than any of these figures is known. */
function decimal(value: number): string {
  const text = value.toFixed(1);
  return Number(text) === 0 ? '0.0' : text;
}
