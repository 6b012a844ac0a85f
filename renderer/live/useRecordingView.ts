import { type RefObject, useEffect, useMemo, useRef } from 'react';
import type { RecordedPlot, RecordingChartProps } from './recordingChartProps.ts';
import { RecordingView, type ViewListener } from './recordingView.ts';
import type { Span } from './span.ts';
import { useTheme } from './theme.ts';

/**
 * The drawn chart: made anew where its frame changes (channels, theme, language, height); pictures and what lies over
 * the lines are handed to the one that is there.
 */
export function useRecordingView(
  box: RefObject<HTMLDivElement | null>,
  props: RecordingChartProps,
  plots: { coarse: RecordedPlot; fine: RecordedPlot | null } | null,
  listener: ViewListener,
): RefObject<RecordingView | null> {
  const view = useRef<RecordingView | null>(null);
  const span = useRef<Span | null>(null);
  const latest = useRef({ plots, listener });
  useEffect(() => {
    latest.current = { plots, listener };
  });
  const theme = useTheme();
  const { recording, height, language, lanes, thresholds, marks, instant } = props;
  const { from, to, dated } = recording;
  const channels = props.channels.join();
  const timeTitle = dated ? props.words.timeOfDay : props.words.timeFromStart;
  // Axes are those of the channels' units, which the first picture tells.
  const drawable = plots !== null;
  const overlay = useMemo(
    () => ({
      lanes: lanes ?? [],
      thresholds: thresholds ?? [],
      marks: marks ?? [],
      instant: instant ?? null,
    }),
    [lanes, thresholds, marks, instant],
  );
  const newest = useRef(overlay);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new theme means new ink, read from the page on creation.
  useEffect(() => {
    const element = box.current;
    const known = latest.current.plots;
    if (element === null || known === null || !drawable) return;
    const frame = { clock: { from, dated }, to, channels: channels.split(','), height, language, timeTitle };
    const made = new RecordingView(element, frame, known.coarse, {
      onSpan: (next) => {
        span.current = next;
        latest.current.listener.onSpan(next);
      },
      onPoint: (t) => latest.current.listener.onPoint(t),
      onInstant: (t) => latest.current.listener.onInstant(t),
    });
    made.setPlots(known.coarse, known.fine);
    if (span.current !== null) made.show(span.current);
    made.setOverlay(newest.current);
    view.current = made;
    const stop = follow(element, made);
    return () => {
      view.current = null;
      stop();
      made.destroy();
    };
  }, [box, drawable, from, to, dated, channels, height, language, timeTitle, theme]);

  useEffect(() => {
    if (plots !== null) view.current?.setPlots(plots.coarse, plots.fine);
  }, [plots]);
  useEffect(() => {
    newest.current = overlay;
    view.current?.setOverlay(overlay);
  }, [overlay]);
  return view;
}

/** As wide as its element; zoomed by the wheel where the chart has the focus, or with Ctrl. */
function follow(element: HTMLElement, view: RecordingView): () => void {
  // Of no width: it is hidden behind another tab, and comes back as it was.
  const sizes = new ResizeObserver(() => {
    if (element.clientWidth > 0) view.resize(element.clientWidth);
  });
  sizes.observe(element);
  const wheel = (event: WheelEvent) => {
    if (!event.ctrlKey && document.activeElement !== element) return;
    event.preventDefault();
    view.zoomAt(event.clientX, event.deltaY > 0 ? 1.25 : 0.8);
  };
  element.addEventListener('wheel', wheel, { passive: false });
  return () => {
    sizes.disconnect();
    element.removeEventListener('wheel', wheel);
  };
}
