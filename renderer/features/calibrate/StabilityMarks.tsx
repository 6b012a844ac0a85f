import { useTranslation } from 'react-i18next';
import type { StabilityEvidence, StabilityRule } from '../../../shared/contract/calibrate.ts';
import { absoluteDecimal, compareDecimal, decimalPlaces, roundDecimal } from '../../../shared/units/units.ts';
import { showDecimal } from '../../ui/decimal.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';
import styles from './StabilityMarks.module.css';

/** Each condition with what is seen and what is allowed; what is still missing says so by shape, colour and word. */
export function StabilityMarks(props: { evidence: StabilityEvidence; rule: StabilityRule; unit: string }) {
  const { evidence, rule, unit } = props;
  const { t, i18n } = useTranslation();
  const show = (text: string): string => showDecimal(text, i18n.language);
  const against = (value: string, limit: string): string => {
    const shown = roundDecimal(absoluteDecimal(value), decimalPlaces(limit) + 1);
    return `${show(shown)} ≤ ${show(limit)} ${unit}`;
  };
  const level = !evidence.missing.includes('difference-drift');
  const trend = (): string => {
    const { differenceT: slope, differenceTLimit: limit } = evidence;
    if (slope == null || limit == null) return level ? t('calibrate.belowStep') : t('calibrate.noSlope');
    // Significant among readings that stand still but for their last digit.
    if (level && compareDecimal(slope, limit) > 0) return t('calibrate.belowStep');
    return `|t| ${show(roundDecimal(slope, 2, 'up'))} ≤ ${show(roundDecimal(limit, 2))}`;
  };
  const conditions = [
    ['readings', `${Math.min(evidence.readings, rule.readings)} / ${rule.readings}`],
    ['distance', against(evidence.distance, rule.nearNominal)],
    ['reference-drift', against(evidence.referenceDrift, rule.maxDrift)],
    ['unit-drift', against(evidence.unitDrift, rule.maxDrift)],
    ['reference-spread', against(evidence.referenceSpread, rule.maxSpread)],
    ['unit-spread', against(evidence.unitSpread, rule.maxSpread)],
    ['difference-drift', trend()],
  ] as const;
  return (
    <ul className={styles.marks} aria-label={t('calibrate.stabilityTitle')}>
      {conditions.map(([condition, figure]) => {
        const missing = evidence.missing.includes(condition);
        return (
          <li key={condition} className={styles.mark}>
            <StatusMark status={missing ? 'busy' : 'good'} word={t(`calibrate.condition.${condition}`)} />
            <span className={styles.figure}>{missing ? notYet(figure) : figure}</span>
          </li>
        );
      })}
      {evidence.autocorrelation != null && evidence.effectiveReadings !== undefined && (
        <li className={styles.mark}>
          <StatusMark status="none" word={t('calibrate.autocorrelation')} />
          <span className={styles.figure}>
            {t('calibrate.effective', {
              r: show(roundDecimal(evidence.autocorrelation, 2)),
              n: show(roundDecimal(evidence.effectiveReadings, 1)),
            })}
          </span>
        </li>
      )}
    </ul>
  );
}

/** A condition that does not hold is not written as one that does. */
const notYet = (figure: string): string => figure.replace('≤', '>');
