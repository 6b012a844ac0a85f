import { useTranslation } from 'react-i18next';
import type { ProfileChannel } from '../../../../shared/contract/profile.ts';
import { Choice } from '../../../ui/Choice.tsx';
import styles from '../../common/form.module.css';
import { usualDelay } from '../draft.ts';
import { DurationField } from './DurationField.tsx';
import type { PartProps } from './partProps.ts';
import { useTemplates } from './useTemplates.ts';
import { useUsualHint } from './usualHint.ts';

const isNone = (duration: string): boolean => /^\s*0+\s*(ms|s|min|h)?\s*$/.test(duration);

/**
 * Whether a short excursion is an alarm: an engineer knows that, and it says which end of the alarm is delayed. The
 * delays themselves stay in sight.
 */
export function Excursions(props: PartProps & { channel: ProfileChannel | undefined }) {
  const { draft, at, set } = props;
  const { t } = useTranslation();
  const { library } = useTemplates();
  const hint = useUsualHint();
  const usual = library === null ? null : usualDelay(props.channel, library.deadBands);
  const delay = [draft.for, draft.clearAfter].find((text) => !isNone(text)) ?? usual?.text ?? '2s';
  const wrong = t('validate.problem.duration');
  return (
    <div className={styles.stack}>
      <Choice
        label={t('ruleWriting.every')}
        choices={[
          { id: 'yes', label: t('ruleWriting.everyYes') },
          { id: 'no', label: t('ruleWriting.everyNo') },
        ]}
        value={isNone(draft.for) ? 'yes' : 'no'}
        onChange={(every) =>
          set(every === 'yes' ? { for: '0s', clearAfter: delay } : { for: delay, clearAfter: '0s' })
        }
      />
      <div className={styles.tight}>
        <DurationField
          label={t('validate.for')}
          value={draft.for}
          hint={
            usual === null || isNone(draft.for) || draft.condition !== null
              ? undefined
              : hint(usual, draft.for, '')
          }
          error={at(['for'], wrong)}
          onChange={(text) => set({ for: text })}
        />
        <DurationField
          label={t('validate.clearAfter')}
          value={draft.clearAfter}
          error={at(['clearAfter'], wrong)}
          onChange={(text) => set({ clearAfter: text })}
        />
      </div>
    </div>
  );
}
