import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RollbackOverride } from '../../../shared/contract/bundle.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useDesk } from '../common/desk.ts';

/** Lets older software pass, by name and reason. */
export function OverrideDialog(props: {
  onOverride: (override: RollbackOverride) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const engineer = useDesk((desk) => desk.job?.engineer ?? '');
  const [name, setName] = useState(engineer);
  const [reason, setReason] = useState('');
  const override = RollbackOverride.safeParse({ name, reason });
  const pass = () => {
    if (override.success) props.onOverride(override.data);
  };
  return (
    <Dialog
      title={t('software.overrideTitle')}
      isOpen
      onClose={props.onClose}
      onEnter={pass}
      actions={
        <>
          <Button onPress={props.onClose}>{t('wizard.cancel')}</Button>
          <Button look="main" type="submit" isDisabled={!override.success}>
            {t('software.overrideYes')}
          </Button>
        </>
      }
    >
      <p>{t('software.overrideNote')}</p>
      <TextField
        label={t('software.overrideName')}
        value={name}
        onChange={setName}
        maxLength={60}
        autoFocus
      />
      <TextField label={t('software.overrideReason')} value={reason} onChange={setReason} maxLength={400} />
    </Dialog>
  );
}
