import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EvidenceBlock } from '../../ui/EvidenceColumn.tsx';
import { KeyValue } from '../../ui/KeyValue.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Hash } from './Hash.tsx';

/** What was written to the unit against what was read back from it; `more` is what else is known of the write. */
export function WrittenEvidence(props: {
  title: string;
  written: { sha256: string; readBack: string };
  more?: readonly (readonly [label: string, value: ReactNode])[];
}) {
  const { t } = useTranslation();
  const { sha256, readBack } = props.written;
  const isEqual = sha256 === readBack;
  return (
    <EvidenceBlock title={props.title}>
      <KeyValue
        rows={[
          [t('calibrate.writtenHash'), <Hash key="written" value={sha256} />],
          [t('calibrate.readBack'), <Hash key="back" value={readBack} />],
          [
            t('calibrate.compared'),
            <StatusMark
              key="compared"
              status={isEqual ? 'good' : 'bad'}
              word={isEqual ? t('provision.equal') : t('provision.different')}
            />,
          ],
          ...(props.more ?? []),
        ]}
      />
    </EvidenceBlock>
  );
}
