import { useTranslation } from 'react-i18next';
import type { ValidateState } from '../../../shared/contract/validate.ts';
import { EvidenceBlock, EvidenceColumn } from '../../ui/EvidenceColumn.tsx';
import { KeyValue } from '../../ui/KeyValue.tsx';
import { WrittenEvidence } from '../common/WrittenEvidence.tsx';
import { CoverageEvidence } from '../lab/CoverageEvidence.tsx';
import { SelfTestMark } from './SelfTestMark.tsx';

export function ValidateEvidence({ state }: { state: ValidateState }) {
  const { t } = useTranslation();
  const { compiled, written, comparison } = state;
  const recent = state.decisions.slice(-8).toReversed();
  return (
    <EvidenceColumn
      title={t('evidence.title')}
      empty={t('validate.evidenceEmpty')}
      isEmpty={compiled === null}
    >
      {state.basedOn !== null && (
        <EvidenceBlock title={t('validate.improves', { revision: state.basedOn.revision })}>
          <p>{state.basedOn.lesson}</p>
        </EvidenceBlock>
      )}
      {compiled !== null && (
        <EvidenceBlock title={t('validate.ruleSet')}>
          <KeyValue
            rows={[
              [t('validate.revision'), <code key="r">{compiled.revision}</code>],
              [t('validate.count'), String(compiled.ids.length)],
            ]}
          />
          {compiled.sentences.map((sentence, index) => (
            <p key={compiled.ids[index] ?? sentence}>{sentence}</p>
          ))}
        </EvidenceBlock>
      )}
      {written !== null && (
        <WrittenEvidence
          title={t('validate.onUnit')}
          written={written}
          more={[[t('validate.fromSeq'), String(written.fromSeq)]]}
        />
      )}
      {state.selfTest !== null && (
        <EvidenceBlock title={t('validate.selfTest.title')}>
          <SelfTestMark state={state} />
        </EvidenceBlock>
      )}
      <CoverageEvidence state={state} />
      {recent.length > 0 && (
        <EvidenceBlock title={t('validate.decidedAlike')}>
          <KeyValue
            rows={recent.map(
              (event) =>
                [
                  `${compiled?.ids[event.rule] ?? event.rule} ${t(`validate.kind.${event.kind}`)}`,
                  t('validate.inFrame', { seq: event.seq }),
                ] as const,
            )}
          />
        </EvidenceBlock>
      )}
      {comparison !== null && (
        <EvidenceBlock title={t('validate.comparison')}>
          <KeyValue
            rows={[
              [t('validate.frames'), String(comparison.frames)],
              [t('validate.differences'), String(comparison.differences.length)],
            ]}
          />
        </EvidenceBlock>
      )}
    </EvidenceColumn>
  );
}
