import { useTranslation } from 'react-i18next';
import type { ReplayedRule } from '../../../shared/contract/lab-methods.ts';
import { Button } from '../../ui/Button.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Table } from '../../ui/Table.tsx';
import form from '../common/form.module.css';
import { tooCoarse } from './coarse.ts';
import styles from './lab.module.css';
import type { LabProps } from './labProps.ts';
import { RuleNumbers } from './RuleNumbers.tsx';
import { rateText, spanText } from './times.ts';
import { Whose } from './Whose.tsx';

/** What each rule would have done, and the numbers of the one that is worked on. */
export function ReplayTab(props: LabProps) {
  const { t, i18n } = useTranslation();
  const { replayed } = props.replay;
  if (props.facts === null) return <p>{t('lab.recordingFirst')}</p>;
  const coarse = tooCoarse(props.facts, props.lab.rules, props.channels);
  return (
    <>
      {replayed === null ? (
        <p role="status">{t('lab.replaying')}</p>
      ) : (
        <>
          <ReplayTable {...props} rules={replayed.rules} />
          <NoiseAdvice rule={replayed.rules[props.lab.rule]} />
          {coarse !== null && (
            <StatusMark
              status="caution"
              word={t('lab.coarse', {
                ids: coarse.ids.join(', '),
                step: spanText(coarse.step, i18n.language),
                stale: spanText(coarse.stale, i18n.language),
              })}
            />
          )}
          {replayed.late > 0 && <p className={form.note}>{t('lab.late', { count: replayed.late })}</p>}
        </>
      )}
      {replayed !== null && <Whose {...props} />}
      <RuleNumbers {...props} />
    </>
  );
}

function ReplayTable({ lab, rules, replay }: LabProps & { rules: readonly ReplayedRule[] }) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  return (
    <div className={replay.isPresent ? undefined : styles.older}>
      <Table<ReplayedRule>
        caption={t('lab.replayCaption')}
        hideCaption
        dense
        rows={rules}
        rowKey={({ id }) => id}
        columns={[
          {
            id: 'rule',
            title: t('validate.rule'),
            head: true,
            cell: ({ id }, at) =>
              rules.length === 1 ? (
                id
              ) : (
                <Button
                  look={at === lab.rule ? 'plain' : 'quiet'}
                  aria-pressed={at === lab.rule}
                  onPress={() => lab.change({ rule: at, path: null })}
                >
                  {id}
                </Button>
              ),
          },
          { id: 'fires', title: t('lab.alarms'), figure: true, cell: ({ fires }) => fires },
          {
            id: 'time',
            title: t('lab.timeInAlarm'),
            figure: true,
            cell: ({ timeInAlarm }) => spanText(timeInAlarm, language),
          },
          {
            id: 'day',
            title: t('lab.perDay'),
            figure: true,
            cell: ({ alarmsPerDay }) => rateText(alarmsPerDay, language),
          },
          {
            id: 'noise',
            title: t('lab.wouldItBeNoise'),
            cell: ({ noise, fires }) =>
              noise.length > 0 ? (
                <StatusMark status="caution" word={noise.map((sign) => t(`lab.noise.${sign}`)).join(', ')} />
              ) : (
                <StatusMark
                  status={fires === 0 ? 'none' : 'good'}
                  word={fires === 0 ? t('lab.silent') : t('lab.noNoise')}
                />
              ),
          },
        ]}
      />
    </div>
  );
}

/** What to do about an alarm that nobody could answer. */
function NoiseAdvice({ rule }: { rule: ReplayedRule | undefined }) {
  const { t } = useTranslation();
  if (rule === undefined || rule.noise.length === 0) return null;
  return (
    <ul className={styles.advice}>
      {rule.noise.map((sign) => (
        <li key={sign}>{t(`lab.noiseAdvice.${sign}`, { id: rule.id })}</li>
      ))}
    </ul>
  );
}
