import { useTranslation } from 'react-i18next';
import type { ProfileChannel } from '../../../../shared/contract/profile.ts';
import { DecimalField } from '../../../ui/DecimalField.tsx';
import { Select } from '../../../ui/Select.tsx';
import { unitSymbol } from '../../common/show.ts';
import { usualWidth } from '../draft.ts';
import type { PartProps } from './partProps.ts';
import { useTemplates } from './useTemplates.ts';
import { useUsualHint } from './usualHint.ts';

const choice = <K extends string>(id: K, label: string) => ({ id, label });

/** What is watched, and where it is too much or too little. */
export function ThresholdFields(props: PartProps & { channels: readonly ProfileChannel[] }) {
  const { draft, at, set, channels } = props;
  const { t } = useTranslation();
  const { library } = useTemplates();
  const hint = useUsualHint();
  const channel = channels.find(({ id }) => id === draft.sensor);
  const unit = unitSymbol(channel?.unit ?? '');
  const decimal = t('form.decimal');
  return (
    <>
      <Select
        label={t('validate.sensor')}
        choices={channels.map(({ id, title }) => choice(id, `${id}: ${title}`))}
        value={draft.sensor === '' ? null : draft.sensor}
        hint={at(['when.sensor'], t('ruleWriting.chooseChannel')) ?? undefined}
        onChange={(sensor) => set({ sensor })}
      />
      <Select
        label={t('validate.side')}
        choices={[choice('above', t('validate.above')), choice('below', t('validate.below'))]}
        value={draft.side}
        onChange={(side) => set({ side })}
      />
      <DecimalField
        label={t('validate.threshold')}
        value={draft.threshold}
        unit={unit}
        error={draft.threshold === '' ? null : at(['when.above', 'when.below'], decimal)}
        onChange={(threshold) => set({ threshold })}
        invalidText={decimal}
      />
      <DecimalField
        label={t('validate.deadband')}
        value={draft.deadband}
        unit={unit}
        hint={
          library === null ? undefined : hint(usualWidth(channel, library.deadBands), draft.deadband, unit)
        }
        error={at(['when.deadband'], decimal)}
        onChange={(deadband) => set({ deadband })}
        invalidText={decimal}
      />
    </>
  );
}
