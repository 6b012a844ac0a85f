import { useTranslation } from 'react-i18next';
import type { ExplainedCondition } from '../../../shared/contract/lab-methods.ts';
import { showDecimal } from '../../ui/decimal.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';
import styles from './lab.module.css';

/** A condition at an instant with what it is made of: value, distance to the limit, truth, timers. */
export function ConditionTree({ condition }: { condition: ExplainedCondition }) {
  return (
    <ul className={styles.tree}>
      <Branch condition={condition} />
    </ul>
  );
}

function Branch({ condition }: { condition: ExplainedCondition }) {
  const { t, i18n } = useTranslation();
  const { truth, value, away, timer, text, parts } = condition;
  const shown = (digits: string): string => showDecimal(digits, i18n.language);
  return (
    <li>
      <p className={styles.condition}>
        {truth === null && <StatusMark status="none" word={t('lab.unknown')} />}
        {truth === 1 && <StatusMark status="caution" word={t('lab.holds')} />}
        {truth === 0 && <StatusMark status="open" word={t('lab.holdsNot')} />}
        <code>{text}</code>
        {value === null && <span>{t('lab.noValue')}</span>}
        {typeof value === 'string' && <span>{t('lab.valueIs', { value: shown(value) })}</span>}
        {away !== undefined && (
          <span>{t(truth === 1 ? 'lab.untilItLetsGo' : 'lab.untilItHolds', { away: shown(away) })}</span>
        )}
        {timer !== undefined && <span>{timer}</span>}
      </p>
      {parts.length > 0 && (
        <ul className={styles.tree}>
          {parts.map((part, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same condition may stand twice in another.
            <Branch key={at} condition={part} />
          ))}
        </ul>
      )}
    </li>
  );
}
