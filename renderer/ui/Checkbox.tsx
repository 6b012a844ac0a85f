import { Checkbox as AriaCheckbox } from 'react-aria-components';
import styles from './field.module.css';
import { Icon } from './Icon.tsx';

export function Checkbox(props: {
  /** Null where a table's head says it; then `name` says it to readers. */
  label: string | null;
  name?: string;
  value: boolean;
  onChange: (value: boolean) => void;
  isDisabled?: boolean;
}) {
  return (
    <AriaCheckbox
      className={styles.check ?? ''}
      isSelected={props.value}
      onChange={props.onChange}
      isDisabled={props.isDisabled ?? false}
      {...(props.name === undefined ? {} : { 'aria-label': props.name })}
    >
      <span className={styles.tick}>
        <Icon name="check" />
      </span>
      {props.label}
    </AriaCheckbox>
  );
}
