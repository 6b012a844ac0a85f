import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { showDecimal } from '../../ui/decimal.ts';
import { ErrorAxes } from './ErrorAxes.tsx';
import styles from './ErrorPlot.module.css';
import { type ErrorScale, errorScale, sheet } from './errorScale.ts';
import type { PlottedPoint } from './plotted.ts';

interface ErrorPlotProps {
  found: readonly PlottedPoint[];
  left: readonly PlottedPoint[];
  tolerance: string;
  unit: string;
}

/** Error over nominal, as found (open squares) and as left (filled discs), with U as bars and the tolerance as a band. */
export function ErrorPlot(props: ErrorPlotProps) {
  const { found, left, unit } = props;
  const { t } = useTranslation();
  const tolerance = Number(props.tolerance);
  const scale = errorScale([...found, ...left], tolerance);
  const at = (point: PlottedPoint) => [scale.x(Number(point.nominal)), scale.y(Number(point.error))] as const;
  const line = (run: readonly PlottedPoint[]) => run.map((point) => at(point).join()).join(' ');
  return (
    <figure className={styles.figure}>
      <Key {...props} />
      <svg
        viewBox={`0 0 ${sheet.width} ${sheet.height}`}
        className={styles.plot}
        role="img"
        aria-label={t('calibrate.errorPlot')}
      >
        <ErrorAxes scale={scale} tolerance={tolerance} unit={unit} />
        <polyline points={line(found)} className={styles.foundLine} />
        <polyline points={line(left)} className={styles.leftLine} />
        <Bars points={found} scale={scale} look={styles.foundBar} />
        <Bars points={left} scale={scale} look={styles.leftBar} />
        {found.map((point, index) => {
          const [x, y] = at(point);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: one nominal may be measured more than once.
            <rect key={index} x={x - 5} y={y - 5} width="10" height="10" className={styles.found} />
          );
        })}
        {left.map((point, index) => {
          const [x, y] = at(point);
          // biome-ignore lint/suspicious/noArrayIndexKey: one nominal may be measured more than once.
          return <circle key={index} cx={x} cy={y} r="5.500" className={styles.left} />;
        })}
      </svg>
    </figure>
  );
}

/** Expanded uncertainty: a bar with caps, from error - U to error + U. */
function Bars(props: { points: readonly PlottedPoint[]; scale: ErrorScale; look: string | undefined }) {
  const { scale } = props;
  return props.points.map(({ nominal, error, uncertainty }, index) => {
    if (uncertainty === null) return null;
    const x = scale.x(Number(nominal));
    const [high, low] = [1, -1].map((side) => scale.y(Number(error) + side * Number(uncertainty)));
    const path = `M${x - 6} ${high}h12M${x} ${high}V${low}M${x - 6} ${low}h12`;
    // biome-ignore lint/suspicious/noArrayIndexKey: one nominal may be measured more than once.
    return <path key={index} d={path} className={props.look} />;
  });
}

function Key({ left, tolerance, unit }: ErrorPlotProps) {
  const { t, i18n } = useTranslation();
  return (
    <figcaption className={styles.key}>
      <Entry
        width={14}
        mark={<rect x="2" y="2" width="10" height="10" className={styles.found} />}
        word={t('calibrate.step.as-found')}
      />
      {left.length > 0 && (
        <Entry
          width={14}
          mark={<circle cx="7" cy="7" r="5.500" className={styles.left} />}
          word={t('calibrate.step.as-left')}
        />
      )}
      <Entry
        width={22}
        mark={<rect y="1" width="22" height="12" className={styles.band} />}
        word={t('calibrate.toleranceBand', { tolerance: showDecimal(tolerance, i18n.language), unit })}
      />
    </figcaption>
  );
}

function Entry({ width, mark, word }: { width: number; mark: ReactNode; word: string }) {
  return (
    <span>
      <svg width={width} height="14" aria-hidden="true" focusable="false">
        {mark}
      </svg>
      {word}
    </span>
  );
}
