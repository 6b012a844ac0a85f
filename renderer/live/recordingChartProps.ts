import type { PlotTrace } from '../../shared/contract/recordings.ts';

/** Lowest and highest of each channel by column between two times, ms of the recording's clock. */
export interface RecordedPlot {
  from: number;
  to: number;
  traces: readonly PlotTrace[];
}

/** What one rule did: drawn as a lane of bars over the picture, and as bands in it where `shaded`. */
export interface AlarmLane {
  id: string;
  label: string;
  /** Null: it was still on at the end. */
  alarms: readonly { from: number; until: number | null }[];
  /** The rule that is being worked on. */
  shaded?: boolean;
}

export interface ThresholdLine {
  value: number;
  label: string;
  /** On whose scale: the channel that it judges. */
  channel: string;
}

/** A span with its name, such as a fault that was put in. */
export interface MarkedSpan {
  from: number;
  until: number;
  label: string;
}

export interface RecordingChartWords {
  channel: string;
  rule: string;
  /** Axis title where the recording has dates, and where it has not. */
  timeOfDay: string;
  timeFromStart: string;
  keys: string;
  table: string;
  atInstant: string;
  min: string;
  max: string;
  gaps: string;
  alarms: string;
  firstAlarm: string;
  /** Stands before how many rows a long table shows. */
  shownFirst: string;
  from: string;
  until: string;
  stillOn: string;
  marked: string;
  loading: string;
  nothing: string;
  instant: string;
}

export interface RecordingChartProps {
  label: string;
  /** ms; `dated`: since 1970, else of the recorder's own clock. */
  recording: { id: string; from: number; to: number; dated: boolean };
  /** Ids, in the order of their colours; channels of at most two units, an axis each. */
  channels: readonly string[];
  /**
   * Asks for the picture of a span (null: to the ends) in at most so many columns. A new function means new data
   * (another recording, other faults): the picture is fetched again, and the zoom stays where the recording does.
   */
  plot: (from: number | null, to: number | null, points: number) => Promise<RecordedPlot>;
  lanes?: readonly AlarmLane[];
  thresholds?: readonly ThresholdLine[];
  marks?: readonly MarkedSpan[];
  /** Chosen by a click or Enter, ms of the recording's clock. */
  instant?: number | null;
  onInstant?: (t: number) => void;
  /** The span in sight, after each zoom or move. */
  onSpan?: (from: number, to: number) => void;
  onFailure?: (thrown: unknown) => void;
  height: number;
  language: string;
  words: RecordingChartWords;
}
