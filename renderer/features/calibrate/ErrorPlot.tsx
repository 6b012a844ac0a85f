import { useTranslation } from 'react-i18next';
import type { PointResult } from '../../../shared/contract/calibrate.ts';
import { niceRange, niceStep } from '../../live/range.ts';
import { showDecimal } from '../../ui/decimal.ts';
import styles from './ErrorPlot.module.css';

const WIDTH = 720;
const HEIGHT = 210;
const LEFT = 74;
const RIGHT = 16;
const TOP = 12;
const BOTTOM = 48;

/** Error over nominal, as found (open squares) and as left (filled discs), with the tolerance as a band. */
export function ErrorPlot(props: {
  found: PointResult[];
  left: PointResult[];
  tolerance: string;
  unit: string;
}) {
  const { found, left, unit } = props;
  const { t, i18n } = useTranslation();
  const tolerance = Number(props.tolerance);
  const points = [...found, ...left];
  const nominals = points.map((point) => Number(point.nominal));
  const [x0, x1] = [Math.min(...nominals), Math.max(...nominals)];
  const [y0, y1] = niceRange(
    [-tolerance, tolerance, ...points.map((point) => Number(point.error))],
    3 * tolerance,
  );
  const x = (value: number) => LEFT + 20 + ((value - x0) / (x1 - x0 || 1)) * (WIDTH - LEFT - RIGHT - 40);
  const y = (value: number) => TOP + ((y1 - value) / (y1 - y0)) * (HEIGHT - TOP - BOTTOM);
  const step = niceStep((y1 - y0) / 5);
  const ticks = Array.from({ length: Math.floor((y1 - y0) / step + 1e-9) + 1 }, (_, i) => y0 + i * step);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const write = (value: number) => showDecimal(String(Number(value.toPrecision(8))), i18n.language);
  const writeTick = (value: number) =>
    showDecimal((Math.abs(value) < step / 2 ? 0 : value).toFixed(decimals), i18n.language);
  const line = (run: PointResult[]) =>
    run.map((p) => `${x(Number(p.nominal))},${y(Number(p.error))}`).join(' ');
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.key}>
        <span>
          <svg width="14" height="14" aria-hidden="true" focusable="false">
            <rect x="2" y="2" width="10" height="10" className={styles.found} />
          </svg>
          {t('calibrate.step.as-found')}
        </span>
        {left.length > 0 && (
          <span>
            <svg width="14" height="14" aria-hidden="true" focusable="false">
              <circle cx="7" cy="7" r="5.500" className={styles.left} />
            </svg>
            {t('calibrate.step.as-left')}
          </span>
        )}
        <span>
          <svg width="22" height="12" aria-hidden="true" focusable="false">
            <rect width="22" height="12" className={styles.band} />
          </svg>
          {t('calibrate.toleranceBand', { tolerance: showDecimal(props.tolerance, i18n.language), unit })}
        </span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        className={styles.plot}
        role="img"
        aria-label={t('calibrate.errorPlot')}
      >
        <rect
          x={LEFT}
          y={y(tolerance)}
          width={WIDTH - LEFT - RIGHT}
          height={y(-tolerance) - y(tolerance)}
          className={styles.band}
        />
        {[tolerance, -tolerance].map((edge) => (
          <line key={edge} x1={LEFT} x2={WIDTH - RIGHT} y1={y(edge)} y2={y(edge)} className={styles.edge} />
        ))}
        {ticks.map((value) => (
          <g key={value}>
            <line
              x1={LEFT}
              x2={WIDTH - RIGHT}
              y1={y(value)}
              y2={y(value)}
              className={Math.abs(value) < step / 1e6 ? styles.zero : styles.grid}
            />
            <text x={LEFT - 8} y={y(value) + 5} textAnchor="end">
              {writeTick(value)}
            </text>
          </g>
        ))}
        {[...new Set(nominals)].map((value) => (
          <text key={value} x={x(value)} y={HEIGHT - BOTTOM + 20} textAnchor="middle">
            {write(value)}
          </text>
        ))}
        <text x={(LEFT + WIDTH - RIGHT) / 2} y={HEIGHT - 4} textAnchor="middle" className={styles.title}>
          {`${t('calibrate.nominal')} (${unit})`}
        </text>
        <text
          transform={`translate(14 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)`}
          textAnchor="middle"
          className={styles.title}
        >
          {`${t('calibrate.error')} (${unit})`}
        </text>
        <polyline points={line(found)} className={styles.foundLine} />
        <polyline points={line(left)} className={styles.leftLine} />
        {found.map((point) => (
          <rect
            key={`f${point.nominal}`}
            x={x(Number(point.nominal)) - 5}
            y={y(Number(point.error)) - 5}
            width="10"
            height="10"
            className={styles.found}
          />
        ))}
        {left.map((point) => (
          <circle
            key={`l${point.nominal}`}
            cx={x(Number(point.nominal))}
            cy={y(Number(point.error))}
            r="5.500"
            className={styles.left}
          />
        ))}
      </svg>
    </figure>
  );
}
