import { useTranslation } from 'react-i18next';
import type { AddedSource } from '../../../shared/contract/calibration-plan.ts';
import { Button } from '../../ui/Button.tsx';
import { DecimalField } from '../../ui/DecimalField.tsx';
import { Fold } from '../../ui/Fold.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from '../common/form.module.css';
import { unitSymbol } from '../common/show.ts';
import type { PlanPartProps } from './plan.ts';

const distributions = ['rectangular', 'normal', 'triangular', 'u-shaped'] as const;

/** Sources of uncertainty that only people know of: immersion, homogeneity of the bath, self-heating. */
export function SourcesForm({ draft, channel, problem, onChange }: PlanPartProps) {
  const { t } = useTranslation();
  const unit = unitSymbol(channel?.unit ?? '');
  const sources = draft.uncertainties;
  const put = (uncertainties: AddedSource[]) => onChange({ ...draft, uncertainties });
  const change = (index: number, part: Partial<AddedSource>) =>
    put(sources.map((source, at) => (at === index ? { ...source, ...part } : source)));
  return (
    <Fold
      title={t('plan.sourcesTitle', { count: sources.length })}
      isOpen={problem === 'uncertainties' || sources.length > 0}
    >
      <p className={styles.note}>{t('plan.sourcesHint')}</p>
      {sources.map((source, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own until they are typed.
        <fieldset key={index} className={`${styles.group} ${styles.grid}`}>
          <legend>{t('plan.source', { n: index + 1 })}</legend>
          <TextField
            label={t('plan.sourceName')}
            value={source.name}
            maxLength={60}
            onChange={(name) => change(index, { name })}
          />
          <Select
            label={t('plan.distributionLabel')}
            choices={distributions.map((id) => ({ id, label: t(`plan.distribution.${id}`) }))}
            value={source.distribution}
            onChange={(distribution) => change(index, { distribution })}
          />
          <DecimalField
            label={source.distribution === 'normal' ? t('plan.standardUncertainty') : t('plan.halfWidth')}
            value={source.amount}
            unit={unit}
            onChange={(amount) => change(index, { amount })}
            invalidText={t('form.decimal')}
          />
          <div className={styles.beside}>
            <Button
              look="quiet"
              aria-label={`${t('plan.removeSource')} ${source.name}`}
              onPress={() => put(sources.filter((_, at) => at !== index))}
            >
              <Icon name="bin" />
              {t('plan.removeSource')}
            </Button>
          </div>
        </fieldset>
      ))}
      <div className={styles.row}>
        <Button
          isDisabled={sources.length >= 20}
          onPress={() => put([...sources, { name: '', distribution: 'rectangular', amount: '' }])}
        >
          <Icon name="plus" />
          {t('plan.addSource')}
        </Button>
      </div>
    </Fold>
  );
}
