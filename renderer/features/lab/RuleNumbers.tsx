import { useTranslation } from 'react-i18next';
import { Fold } from '../../ui/Fold.tsx';
import styles from './lab.module.css';
import type { LabProps } from './labProps.ts';
import { NumberSlider } from './NumberSlider.tsx';
import { numbersOf, type RuleNumber } from './numbers.ts';
import { scaleOf } from './scale.ts';
import { useNumberWords } from './useNumberWords.ts';

/** What most people turn; the rest is one press away. */
const usual = (number: RuleNumber): boolean =>
  number.name === 'for' ||
  number.name === 'clearAfter' ||
  (number.path.startsWith('when') && number.kind !== 'whole');

/** Every number of the rule that is worked on, to be typed or turned. */
export function RuleNumbers({ state, lab, channels, extents, replay }: LabProps) {
  const { t } = useTranslation();
  const words = useNumberWords(channels);
  const rule = lab.rules[lab.rule];
  const kept = state.rules?.[lab.rule];
  if (rule === undefined) return null;
  const keptNumbers = kept === undefined ? [] : numbersOf(kept);
  const mistakeAt = (path: string): string | null =>
    replay.mistakes.find((mistake) => mistake.path.endsWith(`.${lab.rule}.${path}`))?.message ?? null;
  const row = (number: RuleNumber) => {
    const before = keptNumbers.find(({ path }) => path === number.path)?.text ?? number.text;
    return (
      <NumberSlider
        key={`${lab.rule} ${number.path}`}
        rule={rule}
        number={number}
        kept={before}
        scale={scaleOf(number, before, channels, extents[number.sensor ?? ''] ?? null)}
        words={words}
        mistake={mistakeAt(number.path)}
        onChange={lab.changeRule}
      />
    );
  };
  const numbers = numbersOf(rule);
  const parts = [...new Map(numbers.filter(usual).map(({ part, within }) => [part, within]))];
  const rest = numbers.filter((number) => !usual(number));
  return (
    <section className={styles.numbers} aria-label={t('lab.numbersOf', { id: rule.id })}>
      {parts.map(([part, within]) => (
        <div key={part} className={styles.part}>
          {within !== null && <p className={styles.partName}>{within}</p>}
          {numbers.filter((number) => usual(number) && number.part === part).map(row)}
        </div>
      ))}
      {rest.length > 0 && <Fold title={t('lab.moreNumbers')}>{rest.map(row)}</Fold>}
    </section>
  );
}
