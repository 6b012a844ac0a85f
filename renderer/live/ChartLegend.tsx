import styles from './Chart.module.css';
import type { ChartSeries } from './chartProps.ts';

/** Whose line is whose; for the eye only, the table behind the chart says it in words. */
export function ChartLegend({ series }: { series: readonly ChartSeries[] }) {
  return (
    <div className={styles.legend} aria-hidden="true">
      {series.map((entry, index) => (
        <span key={entry.label} className={styles.key}>
          <svg width="24" height="6" aria-hidden="true" focusable="false">
            <line x1="0" y1="3" x2="24" y2="3" stroke={`var(--series-${(index % 4) + 1})`} strokeWidth="4" />
          </svg>
          {entry.label}
        </span>
      ))}
    </div>
  );
}
