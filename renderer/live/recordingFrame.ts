import type uPlot from 'uplot';
import type { PlotTrace } from '../../shared/contract/recordings.ts';
import { figureFormat } from './figureFormat.ts';
import { type Ink, seriesLook } from './ink.ts';
import { placesOfStep } from './range.ts';
import type { AlarmLane } from './recordingChartProps.ts';
import { scaleKey, type ValueScale } from './recordingScales.ts';
import { type RecordingClock, timeLabels, timeStep, timeTicks } from './recordingTime.ts';

/** What of a recording's chart cannot be changed once it is drawn. */
export interface RecordingFrame {
  clock: RecordingClock;
  /** End of the recording, ms. */
  to: number;
  /** Ids in the order of their colours. */
  channels: readonly string[];
  height: number;
  language: string;
  timeTitle: string;
}

/** Below this height every line counts: the date says the zone, and channels stand by their short names. */
export const isLow = ({ height }: RecordingFrame): boolean => height < 240;

interface Parts {
  frame: RecordingFrame;
  traces: readonly PlotTrace[];
  scales: readonly ValueScale[];
  ink: Ink;
  width: number;
  /** Their names stand left of the picture. */
  lanes: () => readonly AlarmLane[];
  /** Room for the lanes over the picture, CSS pixels. */
  top: () => number;
  path: (channel: string) => uPlot.Series.PathBuilder;
  hooks: uPlot.Hooks.Arrays;
}

const fonts = {
  font: '14px "Source Sans 3", sans-serif',
  labelFont: '600 14px "Source Sans 3", sans-serif',
};
/** CSS pixels that a time with its date needs. */
const TIME_WIDTH = 104;
/** The last time on the axis may stand at its very end. */
const HALF_TIME = 40;
const FIGURE_WIDTH = 8;
const NAME_WIDTH = 7;
const WIDEST_NAME = 130;
const LABEL_SIZE = 24;

const longest = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => text.length));

export function recordingFrame(parts: Parts): uPlot.Options {
  const { ink, frame, scales } = parts;
  const axis = {
    ...fonts,
    stroke: ink.text,
    labelSize: LABEL_SIZE,
    ticks: { stroke: ink.line, width: 1, size: 5 },
    border: { show: true, stroke: ink.line, width: 1 },
  };
  return {
    width: Math.max(parts.width, 120),
    height: frame.height,
    ms: 1,
    padding: [parts.top, scales.length > 1 ? 0 : HALF_TIME, 0, 0],
    cursor: {
      x: true,
      y: false,
      points: { show: false },
      drag: { x: true, y: false, setScale: false, dist: 6 },
      bind: { dblclick: () => null },
    },
    legend: { show: false },
    scales: {
      x: { time: false, auto: false },
      ...Object.fromEntries(scales.map(({ key }) => [key, { auto: false }])),
    },
    axes: [
      { ...axis, ...timeAxis(frame), grid: { stroke: ink.grid, width: 1 } },
      ...scales.map((scale, index): uPlot.Axis => ({ ...axis, ...valueAxis(scale, index, parts) })),
    ],
    series: [{}, ...parts.traces.map((trace, index) => line(trace, index, parts))],
    hooks: parts.hooks,
  };
}

function timeAxis(frame: RecordingFrame): uPlot.Axis {
  const stepOf = (plot: uPlot, from: number, to: number): number =>
    timeStep(to - from, Math.max(2, Math.floor(plot.width / TIME_WIDTH)));
  return {
    ...(isLow(frame) ? {} : { label: frame.timeTitle }),
    // A date stands under its time where both are shown.
    size: (_plot, values) => ((values ?? []).some((value) => value.includes('\n')) ? 46 : 30),
    splits: (plot, _index, from, to) => timeTicks(from, to, stepOf(plot, from, to), frame.clock),
    values: (plot, splits) => {
      const { min, max } = plot.scales.x ?? {};
      return timeLabels(
        splits,
        stepOf(plot, min ?? 0, max ?? 0),
        frame.clock,
        frame.language,
        isLow(frame) ? ' UTC' : '',
      );
    },
  };
}

function valueAxis(scale: ValueScale, index: number, { frame, ink, lanes }: Parts): uPlot.Axis {
  return {
    scale: scale.key,
    side: index === 0 ? 3 : 1,
    label: scale.title,
    grid: { show: index === 0, stroke: ink.grid, width: 1 },
    size: (_plot, values) => {
      const figures = 14 + FIGURE_WIDTH * longest(values ?? []);
      const names = index === 0 ? NAME_WIDTH * longest(lanes().map(({ label }) => label)) - LABEL_SIZE : 0;
      return Math.max(48, figures, Math.min(names, WIDEST_NAME));
    },
    values: (_plot, splits, _axis, _space, step) =>
      splits.map((value) => figureFormat(frame.language, placesOfStep(step), false)(value)),
  };
}

/** The colour is that of the channel's place among those chosen, whether or not it has a trace. */
function line(trace: PlotTrace, index: number, { frame, ink, path }: Parts): uPlot.Series {
  const place = frame.channels.indexOf(trace.id);
  const look = seriesLook(ink, place === -1 ? index : place);
  return {
    scale: scaleKey(trace.unit),
    stroke: look.colour,
    fill: `color-mix(in srgb, ${look.colour} 35%, transparent)`,
    dash: look.dash,
    width: ink.lineWidth - 0.5,
    paths: path(trace.id),
    points: { show: false },
  };
}
