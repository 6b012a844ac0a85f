import { useCallback, useEffect, useRef, useState } from 'react';
import { PlotLoader } from './plotLoader.ts';
import type { RecordedPlot, RecordingChartProps } from './recordingChartProps.ts';
import type { Span } from './span.ts';

/** Columns of the picture of the whole: enough for a wide screen, little enough to come at once. */
const COARSE_COLUMNS = 1500;

interface Plots {
  /** Of the whole recording. */
  coarse: RecordedPlot;
  /** Of a part of it, finer. */
  fine: RecordedPlot | null;
}

/** The pictures of a recording: fetched again when `plot` changes, and finer for the span that is wanted. */
export function useRecordingPlots({ plot, onFailure }: Pick<RecordingChartProps, 'plot' | 'onFailure'>): {
  plots: Plots | null;
  /** Null: the whole is in sight. */
  want: (span: Span | null, columns: number) => void;
} {
  const [plots, setPlots] = useState<Plots | null>(null);
  const loader = useRef<PlotLoader | null>(null);
  const wanted = useRef<{ span: Span; columns: number } | null>(null);
  const failed = useRef(onFailure);
  useEffect(() => {
    failed.current = onFailure;
  });

  useEffect(() => {
    const take = (picture: RecordedPlot, whole: boolean): void =>
      setPlots((known) => {
        if (!whole) return known === null ? null : { coarse: known.coarse, fine: picture };
        // The finer picture in sight stays until its own successor has come: nothing flickers.
        return { coarse: picture, fine: wanted.current === null ? null : (known?.fine ?? null) };
      });
    const own = new PlotLoader(plot, take, (thrown) => failed.current?.(thrown));
    loader.current = own;
    own.want(null, COARSE_COLUMNS);
    if (wanted.current !== null) own.want(wanted.current.span, wanted.current.columns);
    return () => own.close();
  }, [plot]);

  const want = useCallback((span: Span | null, columns: number) => {
    wanted.current = span === null ? null : { span, columns };
    if (span !== null) loader.current?.want(span, columns);
  }, []);
  return { plots, want };
}
