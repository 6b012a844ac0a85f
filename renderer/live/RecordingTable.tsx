import type { PlotTrace } from '../../shared/contract/recordings.ts';
import { Table } from '../ui/Table.tsx';
import styles from './Chart.module.css';
import own from './RecordingChart.module.css';
import type { RecordingChartProps, RecordingChartWords } from './recordingChartProps.ts';
import { type ChannelSummary, summariseTrace } from './recordingSummary.ts';
import { recordingMoment } from './recordingTime.ts';
import type { Span } from './span.ts';

/** More than a reader goes through; how many there are stands above. */
const MOST_ALARMS = 50;

interface AlarmRow {
  rule: string;
  from: number;
  until: number | null;
}

/** The chart in words and as tables: channels over the span in sight, and the alarms in it. */
export function RecordingTable(
  props: RecordingChartProps & { id: string; traces: readonly PlotTrace[]; span: Span },
) {
  const { words, span, recording, language } = props;
  const moment = (t: number): string => recordingMoment(t, recording, language);
  const instant = props.instant ?? null;
  const channels = props.traces.map((trace) => summariseTrace(trace, span, instant, language));
  const lanes = (props.lanes ?? []).map(({ label, alarms }) => ({
    label,
    alarms: alarms.filter(({ from, until }) => from <= span.to && (until ?? span.to) >= span.from),
  }));
  const rows = lanes
    .flatMap(({ label, alarms }) => alarms.map((alarm): AlarmRow => ({ rule: label, ...alarm })))
    .toSorted((a, b) => a.from - b.from);
  const said = [
    ...channels.map((row) => channelWords(row, words)),
    ...lanes.map(({ label, alarms }) => {
      const first = alarms[0];
      const when = first === undefined ? '' : `, ${words.firstAlarm} ${moment(first.from)}`;
      return `${label}: ${words.alarms} ${alarms.length}${when}`;
    }),
    ...(props.marks ?? []).map(
      ({ label, from, until }) => `${words.marked}: ${label}, ${moment(from)} – ${moment(until)}`,
    ),
    ...(instant === null ? [] : [`${words.instant}: ${moment(instant)}`]),
  ];
  // The ends of a zoomed span fall anywhere: no finer than a reader wants them.
  const fine = span.to - span.from < 60_000 ? 1 : 1000;
  const inSight = [span.from, span.to].map(
    (t) => recording.from + Math.round((t - recording.from) / fine) * fine,
  );
  const measured = props.traces.length > 0;
  return (
    <figcaption className={styles.caption}>
      <p id={props.id} className={styles.hidden}>
        {measured ? `${inSight.map(moment).join(' – ')}. ${said.join('. ')}` : words.nothing}
      </p>
      <details className={styles.fold}>
        <summary>{measured ? words.table : words.nothing}</summary>
        <div className={own.tables}>
          <ChannelTable {...props} rows={channels} withInstant={instant !== null} />
          {rows.length > 0 && <AlarmTable rows={rows} words={words} moment={moment} />}
        </div>
      </details>
    </figcaption>
  );
}

function channelWords(row: ChannelSummary, words: RecordingChartWords): string {
  const figures = `${words.min} ${row.min ?? '—'}, ${words.max} ${row.max ?? '—'} ${row.unit}`;
  return `${row.title}: ${figures}, ${words.gaps} ${row.gaps}`;
}

function ChannelTable(props: {
  label: string;
  words: RecordingChartWords;
  rows: readonly ChannelSummary[];
  withInstant: boolean;
}) {
  const { words } = props;
  const figure = (row: ChannelSummary, value: string | null): string =>
    `${value ?? '—'} ${row.unit}`.trimEnd();
  const at = {
    id: 'at',
    title: words.atInstant,
    figure: true,
    cell: (row: ChannelSummary) => figure(row, row.at),
  };
  return (
    <Table
      caption={props.label}
      hideCaption
      dense
      rows={props.rows}
      rowKey={(row) => row.id}
      columns={[
        { id: 'channel', title: words.channel, head: true, cell: (row) => row.title },
        ...(props.withInstant ? [at] : []),
        { id: 'min', title: words.min, figure: true, cell: (row) => figure(row, row.min) },
        { id: 'max', title: words.max, figure: true, cell: (row) => figure(row, row.max) },
        { id: 'gaps', title: words.gaps, figure: true, cell: (row) => row.gaps },
      ]}
    />
  );
}

function AlarmTable(props: {
  rows: readonly AlarmRow[];
  words: RecordingChartWords;
  moment: (t: number) => string;
}) {
  const { words, moment } = props;
  const more = props.rows.length > MOST_ALARMS ? `, ${words.shownFirst} ${MOST_ALARMS}` : '';
  return (
    <Table
      caption={`${words.alarms}: ${props.rows.length}${more}`}
      dense
      rows={props.rows.slice(0, MOST_ALARMS)}
      rowKey={(row) => `${row.rule} ${row.from}`}
      columns={[
        { id: 'rule', title: words.rule, head: true, cell: (row) => row.rule },
        { id: 'from', title: words.from, figure: true, cell: (row) => moment(row.from) },
        {
          id: 'until',
          title: words.until,
          figure: true,
          cell: (row) => (row.until === null ? words.stillOn : moment(row.until)),
        },
      ]}
    />
  );
}
