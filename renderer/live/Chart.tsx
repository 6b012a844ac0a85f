import 'uplot/dist/uPlot.min.css';
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef } from 'react';
import styles from './Chart.module.css';
import { ChartLegend } from './ChartLegend.tsx';
import { ChartTable } from './ChartTable.tsx';
import type { ChartProps } from './chartProps.ts';
import { mountChart } from './mountedChart.ts';
import { useTheme } from './theme.ts';
import type { ChartView } from './view.ts';

export function Chart(props: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const view = useChartView(box, props);
  const described = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keyActions[event.key];
    if (act === undefined || view.current === null) return;
    event.preventDefault();
    act(view.current);
  };
  return (
    <figure className={styles.chart}>
      {props.series.length > 1 && props.legend !== false && <ChartLegend series={props.series} />}
      {/* biome-ignore lint/a11y/useSemanticElements: a chart that is moved by keys is a group, not a field set. */}
      <div
        ref={box}
        className={styles.plot}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys zoom and pan the chart, so it must take the focus.
        tabIndex={0}
        aria-label={`${props.label}. ${props.words.keys}`}
        aria-describedby={described}
        onKeyDown={onKeyDown}
        onDoubleClick={() => view.current?.reset()}
      />
      <ChartTable {...props} id={described} />
    </figure>
  );
}

/** The drawn chart: made anew where its frame changes; bands and limits are handed on at every render. */
function useChartView(box: RefObject<HTMLDivElement | null>, props: ChartProps): RefObject<ChartView | null> {
  const view = useRef<ChartView | null>(null);
  const theme = useTheme();
  const { ring, valueTitle, places, language, windowSeconds, leastSpan, height, bands, include } = props;
  const columns = props.series.map((series) => series.column).join();
  const timeTitle = props.words.time;
  const signed = props.signed ?? false;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new theme means new ink, read from the page on creation.
  useEffect(() => {
    if (box.current === null) return;
    const { chart, unmount } = mountChart(box.current, {
      ring,
      columns: columns.split(',').map(Number),
      timeTitle,
      valueTitle,
      places,
      language,
      windowSeconds,
      leastSpan,
      height,
      signed,
    });
    view.current = chart;
    return () => {
      view.current = null;
      unmount();
    };
  }, [
    box,
    ring,
    columns,
    valueTitle,
    places,
    language,
    windowSeconds,
    leastSpan,
    height,
    signed,
    timeTitle,
    theme,
  ]);

  useEffect(() => {
    if (view.current === null) return;
    view.current.bands = bands ?? [];
    view.current.include = include ?? [];
    view.current.touch();
  });
  return view;
}

const keyActions: Record<string, (chart: ChartView) => void> = {
  '+': (chart) => chart.zoom(0.8),
  '-': (chart) => chart.zoom(1.25),
  '0': (chart) => chart.reset(),
  ArrowLeft: (chart) => chart.pan(-0.2),
  ArrowRight: (chart) => chart.pan(0.2),
};
