import { Checkbox as AriaCheckbox } from 'react-aria-components';
import styles from './field.module.css';
import { Icon } from './Icon.tsx';

export function Checkbox(props: {
  label: string;
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
    >
      <span className={styles.tick}>
        <Icon name="check" />
      </span>
      {props.label}
    </AriaCheckbox>
  );
}
