import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProfileChannel } from '../../../../shared/contract/profile.ts';
import type { Mistake } from '../../../../shared/contract/validate.ts';
import { parseRules, placeMistakes } from '../../../../shared/rules/rules.ts';
import { Button } from '../../../ui/Button.tsx';
import { StatusMark } from '../../../ui/StatusMark.tsx';
import { TextArea } from '../../../ui/TextArea.tsx';
import styles from '../../common/form.module.css';
import { useViewportHeight } from '../../common/useViewportHeight.ts';
import type { Judged } from './judge.ts';
import { useMistakeWords } from './mistakeWords.ts';
import { Sentence } from './Sentence.tsx';
import own from './writing.module.css';
import { shownText, typeText, type Written } from './written.ts';

interface Place {
  line: number;
  column: number;
}

const placeOf = (path: string): Place | null => {
  const [, line, column] = /^line (\d+), column (\d+)$/.exec(path) ?? [];
  return line === undefined || column === undefined ? null : { line: Number(line), column: Number(column) };
};

const offsetOf = (text: string, { line, column }: Place): number =>
  text
    .split('\n')
    .slice(0, line - 1)
    .reduce((sum, each) => sum + each.length + 1, column - 1);

/** What the text itself has wrong; where it can be read, what the compiler has against its rules. */
function mistakesIn(text: string, judged: readonly Judged[]): readonly Mistake[] {
  const parsed = parseRules(text);
  if ('mistakes' in parsed) return parsed.mistakes;
  const refused = judged.flatMap((rule, index) =>
    rule.refused.map(({ path, message }) => ({
      path: path === '' ? `${index}` : `${index}.${path}`,
      message,
    })),
  );
  return placeMistakes(text, refused);
}

/** All rules as text, read as it is typed. */
export function RulesText(props: {
  written: Written;
  judged: readonly Judged[];
  channels: readonly ProfileChannel[];
  onChange: (part: Partial<Written>) => void;
}) {
  const { written, judged, channels, onChange } = props;
  const { t } = useTranslation();
  const said = useMistakeWords();
  // What is wrong stands below the text, and must be in sight while it is typed.
  const isLow = useViewportHeight() <= 680;
  const area = useRef<HTMLTextAreaElement>(null);
  const text = shownText(written);
  const mistakes = mistakesIn(text, judged);
  const isRead = !('mistakes' in parseRules(text));
  const goTo = (place: Place) => {
    const offset = offsetOf(text, place);
    area.current?.focus();
    area.current?.setSelectionRange(offset, offset);
  };
  return (
    <div className={styles.stack}>
      <TextArea
        label={t('ruleWriting.text')}
        hint={t('ruleWriting.textHint')}
        value={text}
        error={mistakes.length > 0 ? t('ruleWriting.textMistakes', { count: mistakes.length }) : null}
        rows={Math.min(isLow ? 8 : 18, Math.max(8, text.split('\n').length + 1))}
        onChange={(typed) => onChange(typeText(written, typed))}
        inputRef={area}
      />
      {mistakes.length > 0 && (
        <ul className={own.mistakes} aria-live="polite">
          {mistakes.map(({ path, message }, index) => {
            const place = placeOf(path);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: two mistakes may say the same of the same place.
              <li key={index}>
                <StatusMark status="bad" word={said(message)} />
                {place !== null && (
                  <Button look="quiet" onPress={() => goTo(place)}>
                    {t('ruleWriting.place', { line: place.line, column: place.column })}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {isRead &&
        judged.map(({ rule }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule's name may be typed right now; its place is what stays.
          <Sentence key={index} rule={rule} channels={channels} />
        ))}
    </div>
  );
}
