import { useTranslation } from 'react-i18next';
import type { ValidateState } from '../../../shared/contract/validate.ts';
import { isSelfTested } from '../../../shared/wizard/validate.ts';
import { KeyValue } from '../../ui/KeyValue.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Hash } from '../common/Hash.tsx';

/** The unit's own engine on vectors chosen from its rules: what it was given, and whether it decided as the app does. */
export function SelfTestMark({ state }: { state: ValidateState }) {
  const { t } = useTranslation();
  const { selfTest } = state;
  if (selfTest === null) return null;
  const equal = isSelfTested(state);
  const { vectors, frames, decisions } = selfTest;
  return (
    <KeyValue
      rows={[
        [
          t('validate.selfTest.outcome'),
          <StatusMark
            key="outcome"
            status={equal ? 'good' : 'bad'}
            word={t(equal ? 'validate.selfTest.equal' : 'validate.selfTest.unequal')}
          />,
        ],
        [t('validate.selfTest.tried'), t('validate.selfTest.amount', { vectors, frames, decisions })],
        [t('validate.selfTest.engine'), String(selfTest.engine)],
        [t('validate.selfTest.expected'), <Hash key="expected" value={selfTest.expected} />],
        [t('validate.selfTest.found'), <Hash key="found" value={selfTest.found} />],
      ]}
    />
  );
}
