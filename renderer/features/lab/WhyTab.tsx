import { useTranslation } from 'react-i18next';
import type { WhyRuleState } from '../../../shared/contract/lab-methods.ts';
import type { RecordingFacts } from '../../../shared/contract/recordings.ts';
import { recordingMoment } from '../../live/recordingTime.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { FailureNotice } from '../common/FailureNotice.tsx';
import form from '../common/form.module.css';
import { useHost } from '../common/host.ts';
import { ConditionTree } from './ConditionTree.tsx';
import styles from './lab.module.css';
import type { LabProps } from './labProps.ts';
import { MomentField } from './MomentField.tsx';
import { statusOfState } from './states.ts';
import { spanText } from './times.ts';
import { useNewest } from './useNewest.ts';
import { WhyNot } from './WhyNot.tsx';

/** Each rule at the chosen instant, down to the values, and why one did not fire. */
export function WhyTab(props: LabProps) {
  const { state, lab, facts, replay } = props;
  const { t } = useTranslation();
  const host = useHost();
  const { data, rules } = lab;
  const first = replay.replayed?.rules[lab.rule]?.alarms[0]?.from;
  const at = lab.at ?? first ?? facts?.from ?? 0;
  const { answer, running, failure } = useNewest(
    data === null
      ? null
      : {
          key: JSON.stringify([rules, data, at]),
          about: data.recording,
          ask: () => host.call('lab.why', { unit: state.unit, rules: [...rules], data, at }),
        },
  );
  if (facts === null) return <p>{t('lab.recordingFirst')}</p>;
  return (
    <>
      <div className={form.row}>
        <MomentField
          label={t('lab.instant')}
          value={at}
          clock={facts}
          onChange={(instant) => lab.change({ at: instant })}
        />
        <p className={form.note}>{t('lab.instantHint')}</p>
      </div>
      {failure !== null && <FailureNotice failure={failure} />}
      {answer === null && running && <p role="status">{t('lab.looking')}</p>}
      {answer !== null && 'rules' in answer && (
        <ul className={styles.states}>
          {answer.rules.map((rule) => (
            <RuleState key={rule.id} rule={rule} facts={facts} at={answer.t} />
          ))}
        </ul>
      )}
      <WhyNot {...props} />
    </>
  );
}

function RuleState({ rule, facts, at }: { rule: WhyRuleState; facts: RecordingFacts; at: number }) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const said = [
    rule.since !== null &&
      t('lab.since', {
        moment: recordingMoment(rule.since, facts, language),
        span: spanText(at - rule.since, language),
      }),
    rule.due !== null &&
      t('lab.due', {
        moment: recordingMoment(rule.due, facts, language),
        span: spanText(rule.due - at, language),
      }),
    rule.suppressed && t('lab.suppressedNow'),
  ].filter((words) => words !== false);
  return (
    <li className={styles.state}>
      <p className={styles.stateHead}>
        <strong>{rule.id}</strong>
        <StatusMark status={statusOfState[rule.state]} word={t(`lab.state.${rule.state}`)} />
        {said.length > 0 && <span className={styles.quiet}>{said.join(' · ')}</span>}
      </p>
      <ConditionTree condition={rule.condition} />
    </li>
  );
}
