import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClockSample, type Clocks, clockFacts, sampleClock, setClock } from './clock.ts';

const sample = (change: Partial<ClockSample>): ClockSample => ({
  host: 0,
  hostWall: 1_000_000,
  t: 0,
  wall: 1_000_000,
  roundTrip: 0,
  ...change,
});

/** A computer and a unit whose answers take as long as they are told to. */
function line(offsetMs: number, delays: readonly { there: number; back: number }[]) {
  let now = 0;
  let asked = 0;
  let set: number | null = null;
  const clocks: Clocks = { monotonic: () => now, wall: () => 5_000_000 + now };
  const link = {
    clock: async (given?: number) => {
      const { there, back } = delays[asked++ % delays.length] ?? { there: 0, back: 0 };
      now += there;
      if (given !== undefined) set = given;
      const answer = { wall: 5_000_000 + now + offsetMs, t: Math.floor(now) };
      now += back;
      return answer;
    },
  };
  return { clocks, link, setTo: () => set };
}

describe('the clock of a unit', () => {
  it('is read from the question that was answered soonest', async () => {
    const slow = { there: 400, back: 3 };
    const { clocks, link } = line(250, [slow, slow, { there: 6, back: 6 }, slow]);
    const read = await sampleClock(link, clocks);
    expect(read.roundTrip).toBe(12);
    expect((read.wall ?? 0) - read.hostWall).toBe(250);
  });

  it('is set to the time that it is when the command arrives', async () => {
    const { clocks, link, setTo } = line(0, [{ there: 10, back: 10 }]);
    await setClock(link, { roundTrip: 20 }, clocks);
    expect(setTo()).toBe(5_000_010);
  });

  it('is off by what it shows at the last reading, and none where it has no time of day', () => {
    expect(clockFacts(true, sample({}), sample({ hostWall: 1_000_000, wall: 1_000_042.4 }))).toMatchObject({
      set: true,
      offsetMs: 42,
    });
    expect(clockFacts(false, sample({}), sample({ wall: null })).offsetMs).toBeNull();
  });

  it('has no drift that could be stated where the time is too short', () => {
    const facts = clockFacts(true, sample({}), sample({ host: 9_999, t: 10_050 }));
    expect(facts).toMatchObject({ driftPpm: null, driftUncertaintyPpm: null, seconds: 9 });
  });

  it('drifts by the rate of its count against the computer, with the uncertainty of both readings', () => {
    const last = sample({ host: 100_000, t: 100_005, roundTrip: 4 });
    const facts = clockFacts(true, sample({ roundTrip: 2 }), last);
    // sqrt(2^2/12 + 4^2/12 + 2/12) = 1.354 ms; twice that over 100 s.
    expect(facts).toMatchObject({ driftPpm: '50.0', driftUncertaintyPpm: '27.1', seconds: 100 });
  });

  it('that was started anew in between has no drift', () => {
    const facts = clockFacts(true, sample({ t: 90_000 }), sample({ host: 20_000, t: 300 }));
    expect(facts.driftPpm).toBeNull();
  });

  it('is within the stated uncertainty of the truth, whatever the ways take', () => {
    const delay = fc.record({ there: fc.nat(60), back: fc.nat(60) });
    fc.assert(
      fc.property(
        fc.integer({ min: -200, max: 200 }),
        fc.tuple(delay, delay),
        fc.nat(999),
        (ppm, [a, b], phase) => {
          const at = (host: number, { there, back }: typeof a): ClockSample => ({
            host: host + (there + back) / 2,
            hostWall: 0,
            t: Math.floor((host + there) * (1 + ppm / 1e6) + phase / 1000),
            wall: 0,
            roundTrip: there + back,
          });
          const { driftPpm, driftUncertaintyPpm } = clockFacts(true, at(0, a), at(60_000, b));
          // The bounds of rectangular distributions are at most sqrt(3) standard deviations away, each.
          const bound = Number(driftUncertaintyPpm) * Math.sqrt(3) + 0.2;
          expect(Math.abs(Number(driftPpm) - ppm)).toBeLessThanOrEqual(bound);
        },
      ),
    );
  });
});
