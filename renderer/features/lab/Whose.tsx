import { useTranslation } from 'react-i18next';
import { StatusMark } from '../../ui/StatusMark.tsx';
import styles from './lab.module.css';
import type { LabProps } from './labProps.ts';
import { shownMistake } from './shownMistake.ts';
import { rateText, spanText } from './times.ts';

/** Whose figures stand here: the rules as they were compiled, or a draft; and what the compiler says against it. */
export function Whose({ state, lab, replay }: LabProps) {
  const { t, i18n } = useTranslation();
  const rule = replay.replayed?.rules[lab.rule];
  const wrong = replay.mistakes.length > 0;
  const revision = state.compiled?.revision ?? '';
  const present = lab.changed
    ? t('lab.isDraft', { draft: replay.replayed?.revision ?? '…', revision })
    : t('lab.isKept', { revision });
  return (
    <div className={styles.whose} role="status">
      <StatusMark
        status={wrong ? 'bad' : lab.changed ? 'caution' : 'good'}
        word={wrong ? t('lab.olderFigures') : present}
      />
      {rule !== undefined && lab.rules.length > 1 && (
        <span className={styles.figures}>
          {t('lab.inShort', {
            id: rule.id,
            count: rule.fires,
            time: spanText(rule.timeInAlarm, i18n.language),
            rate: rateText(rule.alarmsPerDay, i18n.language),
          })}
        </span>
      )}
      {replay.mistakes.map((mistake) => (
        <p key={`${mistake.path} ${mistake.message}`} className={styles.wrong}>
          {shownMistake(mistake, lab.rules)}
        </p>
      ))}
    </div>
  );
}
