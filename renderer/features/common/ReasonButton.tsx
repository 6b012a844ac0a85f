import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';

/** What needs a reason that the record keeps: the button, and the dialog that asks for it. */
export function ReasonButton(props: {
  label: string;
  title: string;
  /** What happens then, and where the reason is printed. */
  body: string;
  /** The button that does it. */
  act: string;
  onGive: (reason: string) => void;
  isDisabled?: boolean;
  /** Of the button, where its label alone does not tell it from others on the page. */
  name?: string;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const short = reason.trim().length < 3;
  const give = () => {
    if (short) return;
    props.onGive(reason.trim());
    setOpen(false);
    setReason('');
  };
  return (
    <>
      <Button
        onPress={() => setOpen(true)}
        isDisabled={props.isDisabled ?? false}
        {...(props.name === undefined ? {} : { 'aria-label': props.name })}
      >
        {props.label}
      </Button>
      <Dialog
        title={props.title}
        isOpen={open}
        onClose={() => setOpen(false)}
        onEnter={give}
        actions={
          <>
            <Button onPress={() => setOpen(false)}>{t('wizard.cancel')}</Button>
            <Button look="main" isDisabled={short} type="submit">
              {props.act}
            </Button>
          </>
        }
      >
        <p>{props.body}</p>
        <TextField label={t('calibrate.overrideReason')} value={reason} onChange={setReason} autoFocus />
      </Dialog>
    </>
  );
}
