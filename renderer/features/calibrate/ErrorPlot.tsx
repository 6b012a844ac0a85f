import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PointResult } from '../../../shared/contract/calibrate.ts';
import { showDecimal } from '../../ui/decimal.ts';
import { ErrorAxes } from './ErrorAxes.tsx';
import styles from './ErrorPlot.module.css';
import { errorScale, sheet } from './errorScale.ts';

interface ErrorPlotProps {
  found: PointResult[];
  left: PointResult[];
  tolerance: string;
  unit: string;
}

/** Error over nominal, as found (open squares) and as left (filled discs), with the tolerance as a band. */
export function ErrorPlot(props: ErrorPlotProps) {
  const { found, left, unit } = props;
  const { t } = useTranslation();
  const tolerance = Number(props.tolerance);
  const scale = errorScale([...found, ...left], tolerance);
  const at = (point: PointResult) => [scale.x(Number(point.nominal)), scale.y(Number(point.error))] as const;
  const line = (run: PointResult[]) => run.map((point) => at(point).join()).join(' ');
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
        {found.map((point) => {
          const [x, y] = at(point);
          return (
            <rect key={point.nominal} x={x - 5} y={y - 5} width="10" height="10" className={styles.found} />
          );
        })}
        {left.map((point) => {
          const [x, y] = at(point);
          return <circle key={point.nominal} cx={x} cy={y} r="5.500" className={styles.left} />;
        })}
      </svg>
    </figure>
  );
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
