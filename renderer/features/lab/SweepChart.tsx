import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SweptPoint } from '../../../shared/contract/lab-methods.ts';
import { showDecimal } from '../../ui/decimal.ts';
import type { Scale } from './scale.ts';
import styles from './sweep.module.css';
import { type SweepPlot, sheet, sweepPlot } from './sweepPlot.ts';

interface SweepChartProps {
  label: string;
  points: readonly SweptPoint[];
  /** The text that the draft has now. */
  present: string;
  scale: Scale;
  /** What a point says, in full. */
  said: (point: SweptPoint) => string;
  onTake: (value: string) => void;
}

/** Alarms a day against one number. Arrow keys go along it, Enter or a click takes a value. */
export function SweepChart(props: SweepChartProps) {
  const { points, onTake } = props;
  const { t } = useTranslation();
  const [cursor, setCursor] = useState<number | null>(null);
  const plot = sweepPlot(points, props.present, props.scale);
  const nearest = (event: PointerEvent<SVGSVGElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * sheet.width;
    return plot.points.reduce(
      (best, point, at) => (Math.abs(point.x - x) < Math.abs((plot.points[best]?.x ?? 0) - x) ? at : best),
      0,
    );
  };
  const present = points.findIndex(
    ({ value }) => props.scale.placeOf(value) === props.scale.placeOf(props.present),
  );
  const at = Math.min(cursor ?? Math.max(present, 0), points.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = moved(event.key, at, points.length - 1);
    const chosen = points[at];
    if (to !== null) setCursor(to);
    else if (event.key === 'Enter' && chosen !== undefined) onTake(chosen.value);
    else return;
    event.preventDefault();
  };
  const chosen = points[at];
  return (
    <figure className={styles.figure}>
      <p className={styles.said} aria-live="polite">
        {chosen === undefined ? '' : props.said(chosen)}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a chart that is moved by keys is a group, not a field set. */}
      <div
        className={styles.frame}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys go along the chart, so it must take the focus.
        tabIndex={0}
        aria-label={`${props.label}. ${t('lab.sweepKeys')}`}
        onKeyDown={onKeyDown}
      >
        <svg
          viewBox={`0 0 ${sheet.width} ${sheet.height}`}
          className={styles.plot}
          aria-hidden="true"
          onPointerMove={(event) => setCursor(nearest(event))}
          onPointerUp={(event) => {
            const taken = points[nearest(event)];
            if (taken !== undefined) onTake(taken.value);
          }}
        >
          <Axes plot={plot} label={props.label} />
          <Curve plot={plot} at={at} />
        </svg>
      </div>
    </figure>
  );
}

/** `49.000` is `49` on the axis; a delay keeps its unit. */
const tickText = (value: string): string =>
  /^-?\d+\.\d+$/.test(value) ? String(Number(value)) : value.replace(/(\d)([a-z])/, '$1 $2');

function moved(key: string, at: number, last: number): number | null {
  if (key === 'ArrowLeft') return Math.max(0, at - 1);
  if (key === 'ArrowRight') return Math.min(last, at + 1);
  if (key === 'Home') return 0;
  return key === 'End' ? last : null;
}

function Axes({ plot, label }: { plot: SweepPlot; label: string }) {
  const { t, i18n } = useTranslation();
  const right = sheet.width - sheet.right;
  const floor = sheet.height - sheet.bottom;
  return (
    <>
      {plot.ticks.map(({ y, text }) => (
        <g key={text}>
          <line x1={sheet.left} x2={right} y1={y} y2={y} className={styles.grid} />
          <text x={sheet.left - 8} y={y + 5} textAnchor="end">
            {showDecimal(text, i18n.language)}
          </text>
        </g>
      ))}
      {plot.labelled.map((at) => {
        const point = plot.points[at];
        if (point === undefined) return null;
        return (
          <text key={point.value} x={point.x} y={floor + 18} textAnchor="middle">
            {showDecimal(tickText(point.value), i18n.language)}
          </text>
        );
      })}
      <text x={(sheet.left + right) / 2} y={sheet.height - 6} textAnchor="middle" className={styles.title}>
        {label}
      </text>
      <text
        transform={`translate(14 ${(sheet.top + floor) / 2}) rotate(-90)`}
        textAnchor="middle"
        className={styles.title}
      >
        {t('lab.perDay')}
      </text>
    </>
  );
}

function Curve({ plot, at }: { plot: SweepPlot; at: number }) {
  const floor = sheet.height - sheet.bottom;
  const cursor = plot.points[at];
  const line = plot.points.flatMap(({ x, y }) => (y === null ? [] : [`${x},${y}`])).join(' ');
  return (
    <>
      {plot.present !== null && (
        <line x1={plot.present} x2={plot.present} y1={sheet.top} y2={floor} className={styles.present} />
      )}
      {cursor !== undefined && (
        <line x1={cursor.x} x2={cursor.x} y1={sheet.top} y2={floor} className={styles.cursor} />
      )}
      <polyline points={line} className={styles.line} />
      {plot.points.map(({ x, y, noisy, value }) => {
        if (y === null)
          return <path key={value} d={`M${x - 4} ${floor - 4}l8 8m0 -8l-8 8`} className={styles.refused} />;
        if (noisy) return <path key={value} d={`M${x} ${y - 6}l6 10h-12z`} className={styles.noisy} />;
        return <circle key={value} cx={x} cy={y} r="4" className={styles.calm} />;
      })}
    </>
  );
}
