import { useSyncExternalStore } from 'react';
import type { PlotTrace } from '../../shared/contract/recordings.ts';
import { unitSymbol } from '../../shared/units/units.ts';
import styles from './Chart.module.css';
import type { Pointed } from './pointed.ts';
import own from './RecordingChart.module.css';
import type { RecordingChartProps } from './recordingChartProps.ts';
import { valueText } from './recordingSummary.ts';
import { recordingMoment } from './recordingTime.ts';

const dashes = ['', '8 4', '2 4', '10 4 2 4'];

/** Whose line is whose, and the values at the time that is pointed at, or else at the chosen instant. */
export function RecordingLegend(
  props: RecordingChartProps & { traces: readonly PlotTrace[]; pointed: Pointed },
) {
  const pointed = useSyncExternalStore(props.pointed.subscribe, props.pointed.get);
  const t = pointed ?? props.instant ?? null;
  return (
    <div className={`${styles.legend} ${own.legend}`} role="status">
      {props.traces.map((trace) => {
        const place = props.channels.indexOf(trace.id);
        const value = t === null ? null : valueText(trace, t, props.language);
        return (
          <span key={trace.id} className={styles.key}>
            <svg width="28" height="6" aria-hidden="true" focusable="false">
              <line
                x1="0"
                y1="3"
                x2="28"
                y2="3"
                stroke={`var(--series-${(place % 4) + 1})`}
                strokeWidth="4"
                strokeDasharray={dashes[Math.floor(place / 4) % 4]}
              />
            </svg>
            {trace.title === '' ? trace.id : trace.title}
            {t !== null && (
              <span className={own.value}>{`${value ?? '—'} ${unitSymbol(trace.unit)}`.trimEnd()}</span>
            )}
          </span>
        );
      })}
      {t !== null && (
        <span className={own.moment}>{recordingMoment(t, props.recording, props.language)}</span>
      )}
    </div>
  );
}
