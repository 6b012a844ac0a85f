import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WhyNotAnswer } from '../../../shared/contract/lab-methods.ts';
import type { RecordingFacts } from '../../../shared/contract/recordings.ts';
import { recordingMoment } from '../../live/recordingTime.ts';
import { FailureNotice } from '../common/FailureNotice.tsx';
import form from '../common/form.module.css';
import { useHost } from '../common/host.ts';
import { ConditionTree } from './ConditionTree.tsx';
import styles from './lab.module.css';
import type { LabProps } from './labProps.ts';
import { MomentField } from './MomentField.tsx';
import { RulePick } from './RulePick.tsx';
import { spanText } from './times.ts';
import { useNewest } from './useNewest.ts';

/** Why a rule did not fire between two moments, in one sentence. */
export function WhyNot({ state, lab, facts }: LabProps) {
  const { t } = useTranslation();
  const host = useHost();
  const [span, setSpan] = useState<{ from?: number; to?: number }>({});
  const from = span.from ?? facts?.from ?? 0;
  const to = span.to ?? facts?.to ?? 0;
  const { data, rules, rule } = lab;
  const { answer, failure } = useNewest(
    data === null
      ? null
      : {
          key: JSON.stringify([rules, data, rule, from, to]),
          about: JSON.stringify([data.recording, rules[rule]?.id]),
          ask: () => host.call('lab.whyNot', { unit: state.unit, rules: [...rules], data, rule, from, to }),
        },
  );
  if (facts === null) return null;
  const isAnswered = answer !== null && 'reason' in answer;
  return (
    <section className={form.stack} aria-label={t('lab.whyNot')}>
      <h2 className={styles.heading}>{t('lab.whyNot')}</h2>
      <div className={form.tight}>
        <RulePick lab={lab} />
        <MomentField
          label={t('lab.between')}
          value={from}
          clock={facts}
          onChange={(moment) => setSpan({ ...span, from: moment })}
        />
        <MomentField
          label={t('lab.and')}
          value={to}
          clock={facts}
          onChange={(moment) => setSpan({ ...span, to: moment })}
        />
      </div>
      {failure !== null && <FailureNotice failure={failure} />}
      {isAnswered && (
        <>
          <p role="status">
            <WhyNotWords answer={answer} facts={facts} id={rules[rule]?.id ?? ''} />
          </p>
          {answer.reason === 'never-held' && <ConditionTree condition={answer.nearest} />}
          {answer.reason === 'unknown' && <ConditionTree condition={answer.condition} />}
        </>
      )}
    </section>
  );
}

function WhyNotWords({ answer, facts, id }: { answer: WhyNotAnswer; facts: RecordingFacts; id: string }) {
  const { t, i18n } = useTranslation();
  const at = (moment: number): string => recordingMoment(moment, facts, i18n.language);
  switch (answer.reason) {
    case 'fired':
      return t('lab.why.fired', { id, at: at(answer.at) });
    case 'already-on':
      return t('lab.why.alreadyOn', { id, at: at(answer.since) });
    case 'no-frames':
      return t('lab.why.noFrames', { id });
    case 'suppressed':
      return t('lab.why.suppressed', { id, at: at(answer.at) });
    case 'too-short':
      return t('lab.why.tooShort', {
        id,
        at: at(answer.at),
        longest: spanText(answer.longest, i18n.language),
        needed: spanText(answer.needed, i18n.language),
      });
    case 'no-crossing':
      return t('lab.why.noCrossing', { id, at: at(answer.at) });
    case 'unknown':
      return t('lab.why.unknown', { id });
    case 'never-held':
      return t('lab.why.neverHeld', { id, at: at(answer.at) });
  }
}
