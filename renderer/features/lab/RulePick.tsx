import { useTranslation } from 'react-i18next';
import { Select } from '../../ui/Select.tsx';
import type { Lab } from './useLab.ts';

/** Which rule is worked on; nothing where there is only one. */
export function RulePick({ lab }: { lab: Lab }) {
  const { t } = useTranslation();
  if (lab.rules.length < 2) return null;
  return (
    <Select
      label={t('validate.rule')}
      choices={lab.rules.map((rule, at) => ({ id: String(at), label: rule.id, detail: rule.title }))}
      value={String(lab.rule)}
      onChange={(at) => lab.change({ rule: Number(at), path: null })}
    />
  );
}
