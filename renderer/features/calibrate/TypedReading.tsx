import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalibrateIntent, CalibrateState } from '../../../shared/contract/calibrate.ts';
import { compareDecimal } from '../../../shared/units/units.ts';
import { Button } from '../../ui/Button.tsx';
import { DecimalField } from '../../ui/DecimalField.tsx';
import { parseDecimal, showDecimal } from '../../ui/decimal.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';
import styles from '../common/form.module.css';

interface TypedProps {
  state: CalibrateState;
  nominal: string;
  unit: string;
  act: (intent: CalibrateIntent) => void;
}

/** A reference that a person reads: the same figure twice, so that a slip of the finger shows. */
export function TypedReading({ state, nominal, unit, act }: TypedProps) {
  const { t, i18n } = useTranslation();
  const [first, setFirst] = useState('');
  const [again, setAgain] = useState('');
  const [one, two] = [parseDecimal(first), parseDecimal(again)];
  const both = one !== null && two !== null;
  const differ = both && compareDecimal(one, two) !== 0;
  const take = () => both && act({ type: 'typeReading', first: one, again: two });
  const show = (text: string) => showDecimal(text, i18n.language);
  return (
    <div className={styles.stack}>
      <p>{t('reference.typeHint', { nominal: show(nominal), unit })}</p>
      <div className={styles.row}>
        <DecimalField
          label={t('reference.first')}
          value={first}
          unit={unit}
          onChange={setFirst}
          invalidText={t('form.decimal')}
        />
        <DecimalField
          label={t('reference.again')}
          value={again}
          unit={unit}
          onChange={setAgain}
          onEnter={take}
          invalidText={t('form.decimal')}
        />
        <Button look="main" isDisabled={!both} onPress={take}>
          {t('reference.take')}
        </Button>
      </div>
      {differ && <StatusMark status="bad" word={t('reference.disagree')} />}
      {state.typed !== null && (
        <StatusMark status="good" word={t('reference.entered', { value: show(state.typed), unit })} />
      )}
    </div>
  );
}
