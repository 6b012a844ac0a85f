import type { Ref } from 'react';
import {
  TextField as AriaTextField,
  FieldError,
  Label,
  Text,
  TextArea as TextBox,
} from 'react-aria-components';
import styles from './field.module.css';

/** Several lines, in the type of bytes: a list, a certificate. */
export function TextArea(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
  error?: string | null;
  rows?: number;
  maxLength?: number;
  inputRef?: Ref<HTMLTextAreaElement>;
}) {
  const error = props.error ?? '';
  return (
    <AriaTextField
      className={styles.field ?? ''}
      value={props.value}
      onChange={props.onChange}
      isInvalid={error !== ''}
      maxLength={props.maxLength ?? 200_000}
      validationBehavior="aria"
    >
      <Label className={styles.label ?? ''}>{props.label}</Label>
      <div className={styles.box} data-invalid={error === '' ? undefined : true}>
        <TextBox
          className={`${styles.input} ${styles.lines}`}
          rows={props.rows ?? 5}
          ref={props.inputRef ?? null}
          autoComplete="off"
          spellCheck="false"
        />
      </div>
      {props.hint !== undefined && error === '' && (
        <Text slot="description" className={styles.hint ?? ''}>
          {props.hint}
        </Text>
      )}
      <FieldError className={styles.error ?? ''}>{error}</FieldError>
    </AriaTextField>
  );
}
