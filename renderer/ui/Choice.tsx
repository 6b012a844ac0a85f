import { Label, Radio, RadioGroup } from 'react-aria-components';
import styles from './Choice.module.css';
import field from './field.module.css';

/** One of a few, all in sight: one press, no list to open. */
export function Choice<K extends string>(props: {
  label: string;
  choices: readonly { id: K; label: string }[];
  value: K;
  onChange: (id: K) => void;
  isDisabled?: boolean;
}) {
  return (
    <RadioGroup
      className={field.field ?? ''}
      value={props.value}
      onChange={(id) => {
        const chosen = props.choices.find((choice) => choice.id === id);
        if (chosen !== undefined) props.onChange(chosen.id);
      }}
      isDisabled={props.isDisabled ?? false}
      orientation="horizontal"
    >
      <Label className={field.label ?? ''}>{props.label}</Label>
      <div className={styles.choices}>
        {props.choices.map((choice) => (
          <Radio key={choice.id} value={choice.id} className={styles.choice ?? ''}>
            {choice.label}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
