import { useTranslation } from 'react-i18next';
import type { ReferenceStandard, StandardConcern } from '../../../shared/contract/standards.ts';
import { standardPower } from '../../../shared/metrology/metrology.ts';
import { showDecimal } from '../../ui/decimal.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';
import styles from '../common/form.module.css';
import { ReasonButton } from '../common/ReasonButton.tsx';
import { unitSymbol } from '../common/show.ts';
import { type PlanDraft, readDraft } from './plan.ts';

interface ConcernProps {
  draft: PlanDraft;
  concerns: readonly StandardConcern[];
  standard: ReferenceStandard | null;
  override: string | null;
  onOverride: (reason: string) => void;
  isDisabled: boolean;
}

/** What speaks against the standard, each in words; and the way to use it all the same, with a reason. */
export function ConcernList({ draft, concerns, standard, override, onOverride, isDisabled }: ConcernProps) {
  const { t, i18n } = useTranslation();
  if (concerns.length === 0) return null;
  const certificate = standard?.certificates.at(-1);
  const unit = unitSymbol(standard?.unit ?? '');
  const params = {
    number: certificate?.number ?? '',
    due: certificate?.due ?? '',
    issued: certificate?.issued ?? '',
    from: `${certificate?.points[0]?.value ?? ''} ${unit}`,
    to: `${certificate?.points.at(-1)?.value ?? ''} ${unit}`,
    unit,
    ...leastPower(standard, draft, (text) => showDecimal(text, i18n.language)),
    on: standard?.retired?.on ?? '',
    reason: standard?.retired?.reason ?? '',
  };
  return (
    <div className={`${styles.wide} ${styles.stack}`} role="status">
      <ul>
        {concerns.map((concern) => (
          <li key={concern.code}>
            <StatusMark
              status={override === null ? 'bad' : 'caution'}
              word={t(`reference.concern.${concern.code}`, params)}
            />
          </li>
        ))}
      </ul>
      {override === null ? (
        <div className={styles.row}>
          <ReasonButton
            label={t('reference.override')}
            title={t('reference.overrideTitle')}
            body={t('reference.overrideBody')}
            act={t('reference.overrideAct')}
            isDisabled={isDisabled}
            onGive={onOverride}
          />
        </div>
      ) : (
        <p>{t('reference.overridden', { reason: override })}</p>
      )}
    </div>
  );
}

/** Where the standard is worth least for the plan. */
function leastPower(
  standard: ReferenceStandard | null,
  draft: PlanDraft,
  show: (text: string) => string,
): { tur: string; nominal: string; leastTur: string } {
  const read = readDraft(draft);
  if (standard === null || 'problem' in read) return { tur: '', nominal: '', leastTur: '' };
  const { points, tolerance, leastTur } = read.plan;
  const [worst] = points
    .map((nominal) => ({ nominal, tur: standardPower(standard, nominal, tolerance).tur ?? '' }))
    .filter(({ tur }) => tur !== '')
    .sort((a, b) => Number(a.tur) - Number(b.tur));
  const nominal = `${show(worst?.nominal ?? '')} ${unitSymbol(standard.unit)}`;
  return { tur: show(worst?.tur ?? ''), nominal, leastTur: show(leastTur) };
}
