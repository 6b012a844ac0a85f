import 'uplot/dist/uPlot.min.css';
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import styles from './Chart.module.css';
import { ChartTable } from './ChartTable.tsx';
import type { ChartProps } from './chartProps.ts';
import { figureFormat } from './figureFormat.ts';
import { everyFrame } from './loop.ts';
import { placesOfStep } from './range.ts';
import { useTheme } from './theme.ts';
import { ChartView } from './view.ts';

export function Chart(props: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<ChartView | null>(null);
  const theme = useTheme();
  const described = useId();
  const { ring, valueTitle, places, language, windowSeconds, leastSpan, height, signed, words } = props;
  const columns = props.series.map((series) => series.column).join();

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new theme means new ink, read from the page on creation.
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const clock = new Intl.DateTimeFormat(language, {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    const figure = figureFormat(language, places, signed ?? false);
    const chart = new ChartView(
      element,
      {
        ring,
        columns: columns.split(',').map(Number),
        timeTitle: words.time,
        valueTitle,
        clock: (time) => clock.format(time),
        figure,
        tick: (value, step) => figureFormat(language, placesOfStep(step), false)(value),
        endWidth: 22 + 8 * (places + 5),
        leastSpan,
        height,
      },
      windowSeconds * 1000,
    );
    view.current = chart;
    const sizes = new ResizeObserver(() => chart.resize(element.clientWidth));
    sizes.observe(element);
    const visible = watchVisibility(element);
    const stop = everyFrame(() => {
      if (visible.now) chart.draw();
    });
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey && document.activeElement !== element) return;
      event.preventDefault();
      chart.zoom(event.deltaY > 0 ? 1.25 : 0.8);
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      stop();
      sizes.disconnect();
      visible.stop();
      element.removeEventListener('wheel', wheel);
      chart.destroy();
      view.current = null;
    };
  }, [
    ring,
    columns,
    valueTitle,
    places,
    language,
    windowSeconds,
    leastSpan,
    height,
    signed,
    words.time,
    theme,
  ]);

  useEffect(() => {
    if (view.current === null) return;
    view.current.bands = props.bands ?? [];
    view.current.include = props.include ?? [];
    view.current.touch();
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const act = keyActions[event.key];
    if (act === undefined || view.current === null) return;
    event.preventDefault();
    act(view.current);
  };

  return (
    <figure className={styles.chart}>
      <div className={styles.legend} aria-hidden="true">
        {props.series.length > 1 &&
          props.legend !== false &&
          props.series.map((series, index) => (
            <span key={series.label} className={styles.key}>
              <svg width="24" height="6" aria-hidden="true" focusable="false">
                <line
                  x1="0"
                  y1="3"
                  x2="24"
                  y2="3"
                  stroke={`var(--series-${(index % 4) + 1})`}
                  strokeWidth="4"
                />
              </svg>
              {series.label}
            </span>
          ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a chart that is moved by keys is a group, not a field set. */}
      <div
        ref={box}
        className={styles.plot}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys zoom and pan the chart, so it must take the focus.
        tabIndex={0}
        aria-label={`${props.label}. ${words.keys}`}
        aria-describedby={described}
        onKeyDown={onKeyDown}
        onDoubleClick={() => view.current?.reset()}
      />
      <ChartTable {...props} id={described} />
    </figure>
  );
}

const keyActions: Record<string, (chart: ChartView) => void> = {
  '+': (chart) => chart.zoom(0.8),
  '-': (chart) => chart.zoom(1.25),
  '0': (chart) => chart.reset(),
  ArrowLeft: (chart) => chart.pan(-0.2),
  ArrowRight: (chart) => chart.pan(0.2),
};

/** A chart that is scrolled out of sight is not drawn. */
function watchVisibility(element: Element): { readonly now: boolean; stop: () => void } {
  const state = { now: true, stop: () => observer.disconnect() };
  const observer = new IntersectionObserver((entries) => {
    state.now = entries.some((entry) => entry.isIntersecting);
  });
  observer.observe(element);
  return state;
}
