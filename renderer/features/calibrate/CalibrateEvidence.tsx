import { useTranslation } from 'react-i18next';
import type { CalibrateState } from '../../../shared/contract/calibrate.ts';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { fromDecimal, toSignificant } from '../../../shared/metrology/metrology.ts';
import type { Rounding } from '../../../shared/units/units.ts';
import { showDecimal } from '../../ui/decimal.ts';
import { EvidenceBlock, EvidenceColumn } from '../../ui/EvidenceColumn.tsx';
import { KeyValue } from '../../ui/KeyValue.tsx';
import { unitSymbol } from '../common/show.ts';
import { WrittenEvidence } from '../common/WrittenEvidence.tsx';
import { RunEvidence } from './RunEvidence.tsx';
import { StandardEvidence } from './StandardEvidence.tsx';

interface EvidenceProps {
  state: CalibrateState;
  channel: ProfileChannel | undefined;
  /** Something speaks, or spoke, against the standard. */
  hasConcerns: boolean;
}

/** What will be in the report, growing as one works. */
export function CalibrateEvidence({ state, channel, hasConcerns }: EvidenceProps) {
  const { t, i18n } = useTranslation();
  const { reference, plan, written } = state;
  const symbol = unitSymbol(channel?.unit ?? '');
  const show = (text: string) => showDecimal(text, i18n.language);
  return (
    <EvidenceColumn
      title={t('evidence.title')}
      empty={t('calibrate.evidenceEmpty')}
      isEmpty={reference === null && plan === null}
    >
      {reference !== null && (
        <EvidenceBlock title={t('calibrate.reference')}>
          <KeyValue
            rows={[
              [t('calibrate.instrument'), `${reference.maker} ${reference.model}`],
              [t('calibrate.serial'), reference.serial],
              [t('calibrate.firmware'), reference.firmware === '' ? '—' : reference.firmware],
              [t('calibrate.drives'), reference.source ? t('calibrate.yes') : t('calibrate.no')],
            ]}
          />
          <StandardEvidence state={state} hasConcerns={hasConcerns} />
        </EvidenceBlock>
      )}
      {plan !== null && (
        <EvidenceBlock title={t('calibrate.step.plan')}>
          <KeyValue
            rows={[
              [t('calibrate.points'), `${plan.points.map(show).join('; ')} ${symbol}`],
              [t('calibrate.tolerance'), `± ${show(plan.tolerance)} ${symbol}`],
              [t('plan.ruleLabel'), t(`plan.rule.${plan.decision.rule}`)],
            ]}
          />
        </EvidenceBlock>
      )}
      <RunEvidence run="as-found" state={state} channel={channel} />
      <Fitted state={state} unit={symbol} />
      {written !== null && <WrittenEvidence title={t('calibrate.writtenTitle')} written={written} />}
      <RunEvidence run="as-left" state={state} channel={channel} />
    </EvidenceColumn>
  );
}

/** What the unit is given, as it holds it. */
function Fitted({ state: { fit }, unit }: { state: CalibrateState; unit: string }) {
  const { t, i18n } = useTranslation();
  if (fit === null) return null;
  // As the report prints them: two significant digits (JCGM 100, 7.2.6), a limit never understated.
  const twoDigits = (text: string, mode: Rounding = 'half-even') =>
    showDecimal(toSignificant(fromDecimal(text), 2, mode), i18n.language);
  const integers = `(raw × ${fit.mul} ${fit.add < 0 ? '−' : '+'} ${Math.abs(fit.add)}) / 2^${fit.shift}`;
  return (
    <EvidenceBlock title={t('calibrate.line')}>
      <KeyValue
        rows={[
          [t('evaluation.modelTitle'), t(`evaluation.model.${fit.model}`)],
          [t('calibrate.integers'), <code key="i">{integers}</code>],
          [t('calibrate.residual'), `${twoDigits(fit.residualStandardDeviation)} ${unit}`],
          [t('calibrate.integerError'), `${twoDigits(fit.integerError, 'up')} ${unit}`],
        ]}
      />
    </EvidenceBlock>
  );
}
