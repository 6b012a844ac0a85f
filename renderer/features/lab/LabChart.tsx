import { useViewportHeight } from '../common/useViewportHeight.ts';
import { RecordingPlot } from '../recordings/RecordingPlot.tsx';
import { spanOf } from './faultDraft.ts';
import type { LabProps } from './labProps.ts';
import { channelsOf, thresholdsOf } from './thresholds.ts';
import { useFaultWords } from './useFaultWords.ts';

/** The data with the draft's thresholds, its alarms and the faults that were put in. */
export function LabChart({ lab, facts, replay, channels }: LabProps) {
  const words = useFaultWords(channels);
  const window = useViewportHeight();
  const { data, rules } = lab;
  if (facts === null || data === null) return null;
  return (
    <RecordingPlot
      key={facts.id}
      facts={facts}
      data={data}
      wanted={channelsOf(rules)}
      height={window > 900 ? 280 : window > 700 ? 205 : 170}
      lanes={rules.map(({ id }, at) => ({
        id,
        label: id,
        alarms: replay.replayed?.rules[at]?.alarms ?? [],
        shaded: at === lab.rule,
      }))}
      thresholds={thresholdsOf(rules)}
      marks={data.faults.map((fault) => {
        const { from, until } = spanOf(fault);
        return { from: facts.from + from, until: facts.from + until, label: words(fault) };
      })}
      instant={lab.at}
      onInstant={(at) => lab.change({ at })}
    />
  );
}
