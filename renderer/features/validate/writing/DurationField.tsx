import { useTranslation } from 'react-i18next';
import { TextField } from '../../../ui/TextField.tsx';

/** A length of time as people write it. */
export function DurationField(props: {
  label: string;
  value: string;
  hint?: string | undefined;
  error: string | null;
  onChange: (text: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <TextField
      label={props.label}
      value={props.value}
      hint={props.hint ?? t('validate.durationHint')}
      error={props.error}
      onChange={props.onChange}
      maxLength={14}
    />
  );
}
