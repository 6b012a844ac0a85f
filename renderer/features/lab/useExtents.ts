import type { RecordingFacts } from '../../../shared/contract/recordings.ts';
import { useHost } from '../common/host.ts';
import type { Extent } from './scale.ts';
import { useNewest } from './useNewest.ts';

/** Lowest and highest value of each channel, as it was recorded: what is put in does not move the sliders. */
export function useExtents(facts: RecordingFacts | null): Readonly<Record<string, Extent>> {
  const host = useHost();
  const { answer } = useNewest(
    facts === null
      ? null
      : {
          key: facts.id,
          ask: () =>
            host.call('recordings.plot', {
              data: { recording: facts.id, faults: [], seed: 1 },
              from: null,
              to: null,
              points: 10,
            }),
        },
  );
  const number = (value: number | null): value is number => value !== null && Number.isFinite(value);
  return Object.fromEntries(
    (answer?.traces ?? []).flatMap(({ id, low, high }) => {
      const [lows, highs] = [low.filter(number), high.filter(number)];
      if (lows.length === 0 || highs.length === 0) return [];
      return [[id, { low: Math.min(...lows), high: Math.max(...highs) }]];
    }),
  );
}
