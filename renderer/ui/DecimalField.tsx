import { useState } from 'react';
import { parseDecimal } from './decimal.ts';
import { TextField, type TextFieldProps } from './TextField.tsx';

/**
 * A number that a person signs for: kept as the decimal text that was typed, never as a float. A decimal comma is
 * taken for a point. `onChange` gets exact text, or what was typed where that is not a number yet.
 */
export function DecimalField(props: TextFieldProps & { invalidText: string }) {
  const { invalidText, value, onChange, error, ...rest } = props;
  const [typed, setTyped] = useState(value);
  const shown = (parseDecimal(typed) ?? typed) === value ? typed : value;
  const wrong = shown !== '' && parseDecimal(shown) === null;
  return (
    <TextField
      {...rest}
      figure
      value={shown}
      error={wrong ? invalidText : error}
      onChange={(text) => {
        setTyped(text);
        onChange(parseDecimal(text) ?? text);
      }}
    />
  );
}
