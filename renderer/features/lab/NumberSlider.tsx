import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AuthorRule } from '../../../shared/contract/author.ts';
import { parseDecimal } from '../../ui/decimal.ts';
import { Slider } from '../../ui/Slider.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './lab.module.css';
import { type RuleNumber, withNumber } from './numbers.ts';
import type { Scale } from './scale.ts';
import type { NumberWords } from './useNumberWords.ts';

/** One number of the rule: typed exactly, or moved along its scale. Only what the contract takes leaves here. */
export function NumberSlider(props: {
  rule: AuthorRule;
  number: RuleNumber;
  /** As the kept rule has it; marked on the scale. */
  kept: string;
  scale: Scale;
  words: NumberWords;
  /** What the compiler says against it. */
  mistake: string | null;
  onChange: (rule: AuthorRule) => void;
}) {
  const { rule, number, scale, words } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState<{ of: string; text: string } | null>(null);
  const shown = typed?.of === number.text ? typed.text : number.text;
  const read = (text: string): AuthorRule | null => {
    const exact = number.kind === 'duration' ? text.replace(/\s/g, '') : (parseDecimal(text) ?? text);
    const parsed = AuthorRule.safeParse(withNumber(rule, number, exact));
    return parsed.success ? parsed.data : null;
  };
  const place = scale.placeOf(number.text);
  const name = words.name(number);
  const wrong = number.kind === 'duration' ? t('validate.problem.duration') : t('lab.numberWrong');
  return (
    <div className={styles.turn}>
      <TextField
        label={name}
        value={shown}
        unit={words.unit(number)}
        figure
        maxLength={20}
        error={read(shown) === null ? wrong : props.mistake}
        onEnter={() => setTyped(null)}
        onChange={(text) => {
          const next = read(text);
          const exact = number.kind === 'duration' ? text.replace(/\s/g, '') : (parseDecimal(text) ?? text);
          setTyped({ of: next === null ? number.text : exact, text });
          if (next !== null) props.onChange(next);
        }}
      />
      <Slider
        label={name}
        value={place ?? scale.least}
        least={scale.least}
        greatest={scale.greatest}
        valueText={words.value(number, number.text)}
        ends={[
          words.value(number, scale.textOf(scale.least)),
          words.value(number, scale.textOf(scale.greatest)),
        ]}
        mark={scale.placeOf(props.kept)}
        onChange={(to) => {
          const next = read(scale.moved(place ?? scale.least, to));
          if (next !== null) props.onChange(next);
        }}
      />
    </div>
  );
}
