import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { KeyValue } from '../ui/KeyValue.tsx';

const keys = ['enter', 'escape', 'palette', 'question', 'zoom', 'pan', 'reset'] as const;

export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t('app.keys')}
      isOpen
      onClose={onClose}
      actions={
        <Button look="main" autoFocus onPress={onClose}>
          {t('app.close')}
        </Button>
      }
    >
      <KeyValue
        rows={keys.map(
          (key) => [t(`keys.${key}.does`), <kbd key={key}>{t(`keys.${key}.key`)}</kbd>] as const,
        )}
      />
    </Dialog>
  );
}
