import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import { Choice } from '../../../ui/Choice.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import styles from '../../common/form.module.css';
import type { ActionDraft } from '../draft.ts';
import type { ErrorAt } from './errorAt.ts';

const most = 8;

/** What the unit itself does while the rule is active. */
export function ActionList(props: {
  actions: readonly ActionDraft[];
  at: ErrorAt;
  onChange: (actions: readonly ActionDraft[]) => void;
}) {
  const { actions, at, onChange } = props;
  const { t } = useTranslation();
  const put = (index: number, part: Partial<ActionDraft>) =>
    onChange(actions.map((action, place) => (place === index ? { ...action, ...part } : action)));
  return (
    <div className={styles.wide}>
      {actions.map((action, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a number is being typed here; its place is what stays.
        <div className={styles.row} key={index}>
          <TextField
            label={t('ruleWriting.output')}
            value={action.output}
            figure
            error={at([`actions.${index}`], t('ruleWriting.outputNotRight'))}
            onChange={(output) => put(index, { output })}
            maxLength={3}
          />
          <Choice
            label={t('ruleWriting.level')}
            choices={[
              { id: '1', label: t('ruleWriting.high') },
              { id: '0', label: t('ruleWriting.low') },
            ]}
            value={action.level === 1 ? '1' : '0'}
            onChange={(level) => put(index, { level: level === '1' ? 1 : 0 })}
          />
          <Button
            look="quiet"
            aria-label={t('ruleWriting.removeOutput', { output: action.output })}
            onPress={() => onChange(actions.filter((_, place) => place !== index))}
          >
            <Icon name="bin" />
            {t('validate.remove')}
          </Button>
        </div>
      ))}
      {actions.length < most && (
        <div>
          <Button onPress={() => onChange([...actions, { output: '', level: 1 }])}>
            <Icon name="plus" />
            {t('ruleWriting.addOutput')}
          </Button>
        </div>
      )}
    </div>
  );
}
