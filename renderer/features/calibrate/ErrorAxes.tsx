import { useTranslation } from 'react-i18next';
import { showDecimal } from '../../ui/decimal.ts';
import styles from './ErrorPlot.module.css';
import { type ErrorScale, sheet } from './errorScale.ts';

const right = sheet.width - sheet.right;
const floor = sheet.height - sheet.bottom;

/** The tolerance as a band, the grid, and the titles of both axes. */
export function ErrorAxes({
  scale,
  tolerance,
  unit,
}: {
  scale: ErrorScale;
  tolerance: number;
  unit: string;
}) {
  const { t, i18n } = useTranslation();
  const { x, y } = scale;
  const write = (text: string) => showDecimal(text, i18n.language);
  return (
    <>
      <rect
        x={sheet.left}
        y={y(tolerance)}
        width={right - sheet.left}
        height={y(-tolerance) - y(tolerance)}
        className={styles.band}
      />
      {[tolerance, -tolerance].map((edge) => (
        <line key={edge} x1={sheet.left} x2={right} y1={y(edge)} y2={y(edge)} className={styles.edge} />
      ))}
      {scale.ticks.map((value) => (
        <g key={value}>
          <line
            x1={sheet.left}
            x2={right}
            y1={y(value)}
            y2={y(value)}
            className={value === 0 ? styles.zero : styles.grid}
          />
          <text x={sheet.left - 8} y={y(value) + 5} textAnchor="end">
            {write(value.toFixed(scale.places))}
          </text>
        </g>
      ))}
      {scale.nominals.map((value) => (
        <text key={value} x={x(value)} y={floor + 20} textAnchor="middle">
          {write(String(Number(value.toPrecision(8))))}
        </text>
      ))}
      <text x={(sheet.left + right) / 2} y={sheet.height - 4} textAnchor="middle" className={styles.title}>
        {`${t('calibrate.nominal')} (${unit})`}
      </text>
      <text
        transform={`translate(14 ${(sheet.top + floor) / 2}) rotate(-90)`}
        textAnchor="middle"
        className={styles.title}
      >
        {`${t('calibrate.error')} (${unit})`}
      </text>
    </>
  );
}
