import { useTranslation } from 'react-i18next';
import type { Usual } from '../../../../shared/rules/template-fill.ts';
import { compareDecimal } from '../../../../shared/units/units.ts';
import { parseDecimal, showDecimal } from '../../../ui/decimal.ts';
import { useWords } from '../../common/useWords.ts';

/** The same amount, however it is written. */
function isEqual(a: string, b: string): boolean {
  const [left, right] = [parseDecimal(a), parseDecimal(b)];
  return left === null || right === null ? a.replace(/\s/g, '') === b : compareDecimal(left, right) === 0;
}

/**
 * Where a suggestion comes from, and what it is where something else was typed; undefined where the template itself
 * suggests it, or nothing does.
 */
export function useUsualHint(): (usual: Usual, typed: string, unit: string) => string | undefined {
  const { t, i18n } = useTranslation();
  const words = useWords();
  return ({ text, from, percent, measurand }, typed, unit) => {
    if (from === 'template' || text === '') return undefined;
    const measured = measurand === null ? null : words(`ruleWriting.measurand.${measurand}`, {});
    const kind = from === 'range' ? 'range' : measured === null ? 'none' : 'eemua';
    const named = {
      measurand: measured ?? '',
      percent: percent === null ? '' : showDecimal(percent, i18n.language),
    };
    const why = t(percent === null ? `ruleWriting.usual.${kind}` : `ruleWriting.usual.${kind}Share`, named);
    if (isEqual(typed, text)) return why;
    const amount = parseDecimal(text) === null ? text : `${showDecimal(text, i18n.language)} ${unit}`.trim();
    return t('ruleWriting.usual.other', { amount, why });
  };
}
