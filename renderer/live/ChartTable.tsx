import { useEffect, useState } from 'react';
import { Table } from '../ui/Table.tsx';
import styles from './Chart.module.css';
import type { ChartProps } from './chartProps.ts';
import { figureFormat } from './figureFormat.ts';
import { type Summary, summarise } from './summary.ts';

/** Twice a second is what a reader can follow; the samples themselves stay out of React. */
const REFRESH_MS = 500;

/** The chart in words and as a table: last, lowest, mean, highest, count and gaps. */
export function ChartTable(props: ChartProps & { id: string }) {
  const { ring, series, words, unit } = props;
  const [summaries, setSummaries] = useState<Summary[]>([]);
  const [gaps, setGaps] = useState(0);
  useEffect(() => {
    let seen = -1;
    const refresh = () => {
      if (ring.version === seen || document.hidden) return;
      seen = ring.version;
      const { columns } = ring.view();
      setSummaries(columns.map(summarise));
      setGaps(ring.gaps.length);
    };
    refresh();
    const timer = setInterval(refresh, REFRESH_MS);
    return () => clearInterval(timer);
  }, [ring]);

  const figure = figureFormat(props.language, props.places, props.signed ?? false);
  const rows = series.flatMap((entry) => {
    const summary = summaries[entry.column];
    return summary === undefined ? [] : [{ ...entry, ...summary }];
  });
  const measured = rows.some((row) => row.n > 0);
  const sentence = rows.map((row) => `${row.label}: ${words.last} ${figure(row.last)} ${unit}`).join('; ');
  return (
    <figcaption className={styles.caption}>
      <p id={props.id} className={styles.hidden}>
        {measured ? `${sentence}. ${words.gaps}: ${gaps}` : words.nothingYet}
      </p>
      <details className={styles.fold}>
        <summary>{measured ? words.table : words.nothingYet}</summary>
        <Table
          caption={`${props.label} (${unit})`}
          hideCaption
          dense
          rows={rows}
          rowKey={(row) => row.label}
          columns={[
            { id: 'label', title: words.channel, head: true, cell: (row) => row.label },
            { id: 'last', title: words.last, figure: true, cell: (row) => figure(row.last) },
            { id: 'min', title: words.min, figure: true, cell: (row) => figure(row.min) },
            { id: 'mean', title: words.mean, figure: true, cell: (row) => figure(row.mean) },
            { id: 'max', title: words.max, figure: true, cell: (row) => figure(row.max) },
            { id: 'n', title: words.n, figure: true, cell: (row) => row.n },
            { id: 'missing', title: words.missing, figure: true, cell: (row) => row.missing },
          ]}
        />
      </details>
    </figcaption>
  );
}
