import { useTranslation } from 'react-i18next';
import { ReasonButton } from '../common/ReasonButton.tsx';

/** Takes the reading although it is not stable; the reason goes into the report. */
export function OverrideButton(props: { given: string | null; onGive: (reason: string) => void }) {
  const { t } = useTranslation();
  return (
    <ReasonButton
      label={props.given === null ? t('calibrate.override') : t('calibrate.overrideGiven')}
      title={t('calibrate.overrideTitle')}
      body={t('calibrate.overrideBody')}
      act={t('calibrate.overrideTake')}
      isDisabled={props.given !== null}
      onGive={props.onGive}
    />
  );
}
