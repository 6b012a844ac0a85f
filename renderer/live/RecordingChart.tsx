import 'uplot/dist/uPlot.min.css';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import styles from './Chart.module.css';
import { Pointed } from './pointed.ts';
import recording from './RecordingChart.module.css';
import { RecordingLegend } from './RecordingLegend.tsx';
import { RecordingTable } from './RecordingTable.tsx';
import type { RecordingChartProps } from './recordingChartProps.ts';
import type { RecordingView } from './recordingView.ts';
import { padded, type Span, sameSpan } from './span.ts';
import { useRecordingPlots } from './useRecordingPlots.ts';
import { useRecordingView } from './useRecordingView.ts';

/** A recording as a chart: zoomed by wheel, keys and drag; an instant of it is chosen by click or Enter. */
export function RecordingChart(props: RecordingChartProps) {
  const { id, from, to } = props.recording;
  return <OneRecording key={`${id} ${from} ${to}`} {...props} />;
}

function OneRecording(props: RecordingChartProps) {
  const { from, to } = props.recording;
  const [span, setSpan] = useState<Span>({ from, to });
  const [pointed] = useState(() => new Pointed());
  const box = useRef<HTMLDivElement>(null);
  const described = useId();
  const { plots, want } = useRecordingPlots(props);
  const view = useRecordingView(box, props, plots, {
    onSpan: (next) => {
      setSpan(next);
      want(sameSpan(next, { from, to }) ? null : padded(next), 2 * (view.current?.columns ?? 1000));
      props.onSpan?.(next.from, next.to);
    },
    onPoint: (t) => pointed.set(t),
    onInstant: (t) => props.onInstant?.(t),
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keyActions[event.key];
    if (act === undefined || view.current === null || event.ctrlKey || event.altKey || event.metaKey) return;
    // Enter chooses here, and is not the main action of the screen.
    event.preventDefault();
    event.stopPropagation();
    act(view.current, event.shiftKey);
  };
  const traces = (plots?.fine ?? plots?.coarse)?.traces ?? [];
  const drawn = props.channels.flatMap((channel) => traces.filter((trace) => trace.id === channel));
  return (
    <figure className={styles.chart}>
      <RecordingLegend {...props} traces={drawn} pointed={pointed} />
      {/* biome-ignore lint/a11y/useSemanticElements: a chart that is moved by keys is a group, not a field set. */}
      <div
        ref={box}
        className={`${styles.plot} ${recording.plot}`}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys zoom and move the chart, so it must take the focus.
        tabIndex={0}
        aria-label={`${props.label}. ${props.words.keys}`}
        aria-describedby={described}
        aria-busy={plots === null}
        onKeyDown={onKeyDown}
        onDoubleClick={() => view.current?.reset()}
      >
        {plots === null && (
          <svg className={recording.waiting} height={props.height} aria-hidden="true">
            <text x="50%" y="50%" textAnchor="middle">
              {props.words.loading}
            </text>
          </svg>
        )}
      </div>
      <RecordingTable {...props} id={described} traces={drawn} span={span} />
    </figure>
  );
}

const STEP = 2;
const FAR = 40;

const keyActions: Record<string, (view: RecordingView, far: boolean) => void> = {
  '+': (view) => view.zoom(0.8),
  '-': (view) => view.zoom(1.25),
  '0': (view) => view.reset(),
  ArrowLeft: (view, far) => view.steer(far ? -FAR : -STEP),
  ArrowRight: (view, far) => view.steer(far ? FAR : STEP),
  PageUp: (view) => view.pan(-0.5),
  PageDown: (view) => view.pan(0.5),
  Home: (view) => view.steerTo(Number.NEGATIVE_INFINITY),
  End: (view) => view.steerTo(Number.POSITIVE_INFINITY),
  n: (view) => view.steerToAlarm(1),
  p: (view) => view.steerToAlarm(-1),
  Enter: (view) => view.choose(),
};
