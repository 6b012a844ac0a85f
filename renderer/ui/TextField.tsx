import { TextField as AriaTextField, FieldError, Input, Label, Text } from 'react-aria-components';
import styles from './field.module.css';

export interface TextFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string | undefined;
  /** What is wrong with the value, in words; null or absent where nothing is. */
  error?: string | null | undefined;
  unit?: string | undefined;
  /** Stands before the number: ± where it counts to both sides. */
  sign?: string | undefined;
  /** Numbers stand to the right, in tabular figures. */
  figure?: boolean | undefined;
  isDisabled?: boolean | undefined;
  autoFocus?: boolean | undefined;
  maxLength?: number | undefined;
  /** A day is typed or picked, and is `2026-11-22` whatever the language. */
  type?: 'text' | 'date' | undefined;
  /** Tells the element apart from others on the page. */
  name?: string | undefined;
  /** Enter is this field's own, and not the main action of the screen. */
  onEnter?: (() => void) | undefined;
}

export function TextField({ label, hint, error, unit, sign, figure, autoFocus, ...field }: TextFieldProps) {
  const invalid = error != null && error !== '';
  return (
    <AriaTextField
      className={styles.field ?? ''}
      type={field.type ?? 'text'}
      value={field.value}
      onChange={field.onChange}
      isInvalid={invalid}
      isDisabled={field.isDisabled ?? false}
      maxLength={field.maxLength ?? 200}
      autoFocus={autoFocus ?? false}
      validationBehavior="aria"
    >
      <Label className={styles.label ?? ''}>{label}</Label>
      <div className={styles.box} data-invalid={invalid || undefined}>
        {sign !== undefined && <span className={styles.sign}>{sign}</span>}
        <Input
          className={`${styles.input} ${figure ? styles.figure : ''}`}
          inputMode={figure ? 'decimal' : 'text'}
          name={field.name}
          autoComplete="off"
          spellCheck="false"
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || field.onEnter === undefined) return;
            event.preventDefault();
            field.onEnter();
          }}
        />
        {unit !== undefined && unit !== '' && <span className={styles.unit}>{unit}</span>}
      </div>
      {hint !== undefined && !invalid && (
        <Text slot="description" className={styles.hint ?? ''}>
          {hint}
        </Text>
      )}
      <FieldError className={styles.error ?? ''}>{error ?? ''}</FieldError>
    </AriaTextField>
  );
}
