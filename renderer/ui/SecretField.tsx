import { type RefObject, useId } from 'react';
import styles from './field.module.css';

/**
 * A field for something that nobody may see again. What is typed stays in the element and in no state: the owner
 * reads it out of `input` once and empties it. `onTyped` says only whether something stands there.
 */
export function SecretField({
  label,
  input,
  hint,
  onTyped,
  onLeave,
}: {
  label: string;
  input: RefObject<HTMLInputElement | null>;
  onTyped: (isThere: boolean) => void;
  onLeave: () => void;
  hint: string;
}) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <div className={styles.box}>
        <input
          ref={input}
          id={id}
          className={styles.input}
          type="password"
          maxLength={1000}
          onInput={(event) => onTyped(event.currentTarget.value !== '')}
          onBlur={onLeave}
          aria-describedby={`${id}-hint`}
          autoComplete="new-password"
          autoCapitalize="off"
          spellCheck="false"
        />
      </div>
      <span id={`${id}-hint`} className={styles.hint}>
        {hint}
      </span>
    </div>
  );
}
