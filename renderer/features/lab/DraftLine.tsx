import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import styles from './lab.module.css';
import type { LabProps } from './labProps.ts';
import { shownMistake } from './shownMistake.ts';

/** Whose figures stand here: the rules as they were compiled, or a draft that is not kept yet. */
export function DraftLine({ state, act, blocked, lab, replay }: LabProps) {
  const { t } = useTranslation();
  const revision = state.compiled?.revision ?? '';
  const keep = () => {
    const basedOn = lab.basedOn ?? state.basedOn;
    act({ type: 'rules', rules: [...lab.rules], ...(basedOn === null ? {} : { basedOn }) });
  };
  const behind = replay.replayed !== null && !replay.isPresent;
  return (
    <div className={styles.draft}>
      <div className={styles.draftWords} role="status">
        <StatusMark
          status={replay.mistakes.length > 0 ? 'bad' : lab.changed ? 'caution' : 'good'}
          word={lab.changed ? t('lab.isDraft', { revision }) : t('lab.isKept', { revision })}
        />
        {behind && replay.running && <span className={styles.quiet}>{t('lab.replaying')}</span>}
        {behind && !replay.running && <span className={styles.quiet}>{t('lab.olderFigures')}</span>}
        {replay.mistakes.map((mistake) => (
          <span key={`${mistake.path} ${mistake.message}`} className={styles.wrong}>
            {shownMistake(mistake, lab.rules)}
          </span>
        ))}
      </div>
      <div className={styles.draftActs}>
        <Button look="quiet" isDisabled={!lab.changed} onPress={lab.dropDraft}>
          {t('lab.backToKept')}
        </Button>
        <Button isDisabled={!lab.changed || blocked !== null || replay.mistakes.length > 0} onPress={keep}>
          {t('lab.keep')}
        </Button>
      </div>
    </div>
  );
}
