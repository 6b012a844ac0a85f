import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';

/** Back to what ran before: in a quiet place, and asked once more. */
export function RollBack({ onRollBack, blocked }: { onRollBack: () => void; blocked: boolean }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button look="quiet" isDisabled={blocked} onPress={() => setAsking(true)}>
        {t('proof.rollBack')}
      </Button>
      <Dialog
        title={t('proof.rollBackTitle')}
        isOpen={asking}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button onPress={() => setAsking(false)}>{t('wizard.cancel')}</Button>
            <Button
              look="stop"
              onPress={() => {
                setAsking(false);
                onRollBack();
              }}
            >
              {t('proof.rollBackYes')}
            </Button>
          </>
        }
      >
        <p>{t('proof.rollBackNote')}</p>
      </Dialog>
    </>
  );
}
