import { useTranslation } from 'react-i18next';
import { showDecimal } from '../../ui/decimal.ts';
import { dayOf } from '../common/today.ts';
import { type DriftScale, type DriftSeries, driftScale } from './drift.ts';
import styles from './ErrorPlot.module.css';
import { sheet } from './errorScale.ts';

interface DriftProps {
  label: string;
  valueTitle: string;
  series: readonly DriftSeries[];
  unit: string;
  tolerance: string | null;
}

const right = sheet.width - sheet.right;
const floor = sheet.height - sheet.bottom;
const colour = (index: number) => `var(--series-${(index % 4) + 1})`;
/** From the fifth on the colours come again, with dashes. */
const dash = (index: number) => (index < 4 ? undefined : `${2 + 3 * Math.floor(index / 4)} 4`);

/** Each nominal over time with U as bars; after an adjustment the line begins anew, from a hollow mark. */
export function DriftPlot({ label, valueTitle, series, unit, tolerance }: DriftProps) {
  const { t, i18n } = useTranslation();
  const limit = tolerance === null ? null : Number(tolerance);
  const scale = driftScale(series, limit);
  const adjusted = series.some(({ points }) => points.some(({ isAdjusted }) => isAdjusted));
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.key}>
        {series.map(({ name }, index) => (
          <span key={name}>
            <svg width="26" height="14" aria-hidden="true" focusable="false">
              <path d="M0 7h26" stroke={colour(index)} strokeWidth="3" strokeDasharray={dash(index)} />
            </svg>
            {name}
          </span>
        ))}
        {adjusted && (
          <span>
            <svg width="14" height="14" aria-hidden="true" focusable="false">
              <circle cx="7" cy="7" r="5" fill="var(--surface)" stroke="currentColor" strokeWidth="2" />
            </svg>
            {t('history.adjustedMark')}
          </span>
        )}
        {tolerance !== null && (
          <span>
            <svg width="22" height="14" aria-hidden="true" focusable="false">
              <rect y="1" width="22" height="12" className={styles.band} />
            </svg>
            {t('calibrate.toleranceBand', { tolerance: showDecimal(tolerance, i18n.language), unit })}
          </span>
        )}
      </figcaption>
      <svg
        viewBox={`0 0 ${sheet.width} ${sheet.height}`}
        className={styles.plot}
        role="img"
        aria-label={label}
      >
        <Axes scale={scale} limit={limit} valueTitle={valueTitle} />
        {series.map((one, index) => (
          <Line key={one.name} series={one} scale={scale} index={index} />
        ))}
      </svg>
    </figure>
  );
}

function Line({ series, scale, index }: { series: DriftSeries; scale: DriftScale; index: number }) {
  const places = series.points.map((point) => ({
    ...point,
    x: scale.x(point.at),
    y: scale.y(Number(point.value)),
    bar: Number(point.uncertainty ?? 0),
  }));
  const path = places.map(({ x, y, isAdjusted }, at) => `${at === 0 || isAdjusted ? 'M' : 'L'}${x} ${y}`);
  return (
    <g stroke={colour(index)} fill="none" strokeWidth="2">
      <path d={path.join('')} strokeDasharray={dash(index)} />
      {places.map(({ at, x, y, value, bar, isAdjusted }) => (
        <g key={`${at} ${isAdjusted}`}>
          {bar > 0 && (
            <path
              strokeWidth="1.500"
              d={`M${x - 4} ${scale.y(Number(value) + bar)}h8M${x} ${scale.y(Number(value) + bar)}V${scale.y(Number(value) - bar)}M${x - 4} ${scale.y(Number(value) - bar)}h8`}
            />
          )}
          <circle cx={x} cy={y} r="4" fill={isAdjusted ? 'var(--surface)' : colour(index)} />
        </g>
      ))}
    </g>
  );
}

function Axes(props: { scale: DriftScale; limit: number | null; valueTitle: string }) {
  const { scale, limit } = props;
  const { t, i18n } = useTranslation();
  return (
    <>
      {limit !== null && (
        <rect
          x={sheet.left}
          y={scale.y(limit)}
          width={right - sheet.left}
          height={scale.y(-limit) - scale.y(limit)}
          className={styles.band}
        />
      )}
      {scale.ticks.map((value) => (
        <g key={value}>
          <line
            x1={sheet.left}
            x2={right}
            y1={scale.y(value)}
            y2={scale.y(value)}
            className={Math.abs(value) < 1e-12 ? styles.zero : styles.grid}
          />
          <text x={sheet.left - 8} y={scale.y(value) + 5} textAnchor="end">
            {showDecimal(value.toFixed(scale.places), i18n.language)}
          </text>
        </g>
      ))}
      {scale.days
        // Of several calibrations on one day the first bears its name.
        .filter(
          (at, index, all) => index === 0 || dayOf(new Date(at)) !== dayOf(new Date(all[index - 1] ?? 0)),
        )
        .map((at) => (
          <text key={at} x={scale.x(at)} y={floor + 20} textAnchor="middle">
            {dayOf(new Date(at))}
          </text>
        ))}
      <text x={(sheet.left + right) / 2} y={sheet.height - 4} textAnchor="middle" className={styles.title}>
        {t('history.date')}
      </text>
      <text
        transform={`translate(14 ${(sheet.top + floor) / 2}) rotate(-90)`}
        textAnchor="middle"
        className={styles.title}
      >
        {props.valueTitle}
      </text>
    </>
  );
}
