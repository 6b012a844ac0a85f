import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceState, FailureRecord } from '../../../shared/contract/failure.ts';
import { FailureCard } from '../../ui/FailureCard.tsx';
import { useDuring } from './during.ts';

const gravity: Record<DeviceState, 'good' | 'caution' | 'bad'> = {
  unchanged: 'good',
  'old-still-runs': 'good',
  staged: 'caution',
  'new-runs': 'good',
  'adjusted-not-verified': 'caution',
  'rules-untested': 'caution',
  indeterminate: 'bad',
  'bootloader-only': 'bad',
};

/** Parameters that are phrases of the host and not names or figures. */
const phrases = ['during', 'expected', 'action'] as const;

/** A failure in the reader's language: the code picks the words, the parameters fill them. */
export function FailureNotice({ failure, action }: { failure: FailureRecord; action?: ReactNode }) {
  const { t } = useTranslation();
  const during = useDuring();
  const said = phrases.flatMap((name) => {
    const phrase = failure.params[name];
    return typeof phrase === 'string' ? [[name, during(phrase)] as const] : [];
  });
  const words = {
    ...failure.params,
    ...Object.fromEntries(said),
    interpolation: { escapeValue: false },
  };
  return (
    <FailureCard
      what={t(`failure.${failure.code}.what`, { ...words, defaultValue: failure.what })}
      next={t(`failure.${failure.code}.next`, { ...words, defaultValue: failure.next })}
      state={t(`deviceState.${failure.deviceState}`)}
      stateStatus={gravity[failure.deviceState]}
      action={action}
      details={JSON.stringify(failure, null, 2)}
      words={{
        failed: t('failureCard.failed'),
        stateTitle: t('failureCard.state'),
        nextTitle: t('failureCard.next'),
        details: t('failureCard.details'),
        copy: t('failureCard.copy'),
        copied: t('failureCard.copied'),
      }}
    />
  );
}
