import {
  Select as AriaSelect,
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
  Text,
} from 'react-aria-components';
import styles from './field.module.css';
import { Icon } from './Icon.tsx';

interface Choice<K extends string = string> {
  id: K;
  label: string;
  detail?: string | undefined;
}

interface SelectProps<K extends string> {
  label: string;
  /** Where a table's head says it to the eye. */
  hideLabel?: boolean | undefined;
  choices: readonly Choice<K>[];
  value: K | null;
  onChange: (id: K) => void;
  placeholder?: string | undefined;
  hint?: string | undefined;
  isDisabled?: boolean | undefined;
}

export function Select<K extends string>(props: SelectProps<K>) {
  return (
    <AriaSelect
      className={styles.field ?? ''}
      selectedKey={props.value}
      onSelectionChange={(key) => {
        const chosen = props.choices.find((choice) => choice.id === key);
        if (chosen !== undefined) props.onChange(chosen.id);
      }}
      isDisabled={props.isDisabled ?? false}
      placeholder={props.placeholder ?? ''}
    >
      <Label className={(props.hideLabel ? styles.hidden : styles.label) ?? ''}>{props.label}</Label>
      <Button className={styles.trigger ?? ''}>
        <SelectValue>
          {({ isPlaceholder, selectedText }) => (isPlaceholder ? props.placeholder : selectedText)}
        </SelectValue>
        <Icon name="down" />
      </Button>
      {props.hint !== undefined && (
        <Text slot="description" className={styles.hint ?? ''}>
          {props.hint}
        </Text>
      )}
      <Popover className={styles.popover ?? ''}>
        <ListBox className={styles.list ?? ''} items={props.choices}>
          {(choice: Choice<K>) => (
            <ListBoxItem className={styles.option ?? ''} id={choice.id} textValue={choice.label}>
              <Text slot="label">{choice.label}</Text>
              {choice.detail !== undefined && (
                <Text slot="description" className={styles.hint ?? ''}>
                  {choice.detail}
                </Text>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
