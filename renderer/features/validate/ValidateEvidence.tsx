import { useTranslation } from 'react-i18next';
import type { ValidateState } from '../../../shared/contract/validate.ts';
import { EvidenceBlock, EvidenceColumn } from '../../ui/EvidenceColumn.tsx';
import { KeyValue } from '../../ui/KeyValue.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Hash } from '../common/Hash.tsx';

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
        <EvidenceBlock title={t('validate.onUnit')}>
          <KeyValue
            rows={[
              [t('calibrate.writtenHash'), <Hash key="w" value={written.sha256} />],
              [t('calibrate.readBack'), <Hash key="b" value={written.readBack} />],
              [
                t('calibrate.compared'),
                <StatusMark
                  key="c"
                  status={written.sha256 === written.readBack ? 'good' : 'bad'}
                  word={written.sha256 === written.readBack ? t('provision.equal') : t('provision.different')}
                />,
              ],
              [t('validate.fromSeq'), String(written.fromSeq)],
            ]}
          />
        </EvidenceBlock>
      )}
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
