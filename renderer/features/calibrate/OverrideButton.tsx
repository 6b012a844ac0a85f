import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';

/** Takes the reading although it is not stable; the reason goes into the report. */
export function OverrideButton({
  given,
  onGive,
}: {
  given: string | null;
  onGive: (reason: string) => void;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const short = reason.trim().length < 3;
  const give = () => {
    onGive(reason.trim());
    setOpen(false);
  };
  return (
    <>
      <Button onPress={() => setOpen(true)} isDisabled={given !== null}>
        {given === null ? t('calibrate.override') : t('calibrate.overrideGiven')}
      </Button>
      <Dialog
        title={t('calibrate.overrideTitle')}
        isOpen={open}
        onClose={() => setOpen(false)}
        onEnter={give}
        actions={
          <>
            <Button onPress={() => setOpen(false)}>{t('wizard.cancel')}</Button>
            <Button look="main" isDisabled={short} type="submit">
              {t('calibrate.overrideTake')}
            </Button>
          </>
        }
      >
        <p>{t('calibrate.overrideBody')}</p>
        <TextField label={t('calibrate.overrideReason')} value={reason} onChange={setReason} autoFocus />
      </Dialog>
    </>
  );
}
