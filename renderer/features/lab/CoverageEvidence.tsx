import { useTranslation } from 'react-i18next';
import type { ValidateState } from '../../../shared/contract/validate.ts';
import { coverageNow } from '../../../shared/wizard/validate.ts';
import { EvidenceBlock } from '../../ui/EvidenceColumn.tsx';
import { KeyValue } from '../../ui/KeyValue.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';

/** In short: which rules are accepted, and how the kept tests stand. Nothing before anything was seen. */
export function CoverageEvidence({ state }: { state: ValidateState }) {
  const { t } = useTranslation();
  const covered = coverageNow(state);
  const ids = state.compiled?.ids ?? [];
  return (
    <>
      {state.runs.length > 0 && ids.length > 0 && (
        <EvidenceBlock title={t('lab.coverageCaption')}>
          <KeyValue
            rows={ids.map((id, at) => {
              const accepted = covered[at]?.accepted === true;
              const word = t(accepted ? 'lab.yes' : 'lab.notYet');
              return [id, <StatusMark key={id} status={accepted ? 'good' : 'open'} word={word} />] as const;
            })}
          />
        </EvidenceBlock>
      )}
      {state.tests.length > 0 && (
        <EvidenceBlock title={t('lab.tests')}>
          <KeyValue
            rows={state.tests.map(({ name }) => {
              const outcome = state.tested.find((each) => each.name === name);
              const status = outcome === undefined ? 'none' : outcome.passed ? 'good' : 'bad';
              const words = { none: t('lab.notRun'), good: t('lab.passes'), bad: t('lab.fails') };
              return [name, <StatusMark key={name} status={status} word={words[status]} />] as const;
            })}
          />
        </EvidenceBlock>
      )}
    </>
  );
}
