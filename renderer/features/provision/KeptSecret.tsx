import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { SecretField } from '../../ui/SecretField.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import type { ConnectionDraft, SecretSlot } from './connectionDraft.ts';
import styles from './KeptSecret.module.css';
import type { SecretEntry } from './useSecretEntry.ts';

/** A secret that is typed once: a password field until the host keeps it, then only word of that. */
export function KeptSecret(props: {
  slot: SecretSlot;
  label: string;
  draft: ConnectionDraft;
  onChange: (draft: ConnectionDraft) => void;
  secrets: SecretEntry;
}) {
  const { slot, label, draft, onChange, secrets } = props;
  const { t } = useTranslation();
  if (draft.secrets[slot] === null) {
    return (
      <SecretField
        label={label}
        input={secrets.inputs[slot]}
        hint={t('connect.secretHint')}
        onTyped={(isThere) => secrets.typed(slot, isThere)}
        onLeave={() => secrets.leave(slot)}
      />
    );
  }
  const again = () => onChange({ ...draft, secrets: { ...draft.secrets, [slot]: null } });
  return (
    <fieldset className={styles.kept} aria-label={label}>
      <span className={styles.label}>{label}</span>
      <div className={styles.row}>
        <StatusMark status="good" word={t('connect.secretKept')} />
        <Button look="quiet" onPress={again} aria-label={`${t('connect.secretAgain')}: ${label}`}>
          {t('connect.secretAgain')}
        </Button>
      </div>
    </fieldset>
  );
}
