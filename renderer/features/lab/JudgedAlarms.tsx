import { useTranslation } from 'react-i18next';
import type { ReplayedRule } from '../../../shared/contract/lab-methods.ts';
import type { RecordingFacts } from '../../../shared/contract/recordings.ts';
import { recordingMoment } from '../../live/recordingTime.ts';
import { Button } from '../../ui/Button.tsx';
import { Table } from '../../ui/Table.tsx';
import form from '../common/form.module.css';
import { spanText } from './times.ts';

type Alarm = ReplayedRule['alarms'][number];
/** Right or wrong by rule and begin. */
export type Judgement = Readonly<Record<string, boolean>>;

const MOST_SHOWN = 50;

/** Each alarm of one rule with two buttons: was it right, was it wrong. */
export function JudgedAlarms(props: {
  alarms: readonly Alarm[];
  facts: RecordingFacts;
  rule: number;
  judged: Judgement;
  onJudge: (judged: Judgement) => void;
  /** Shows an alarm on the chart. */
  onShow: (at: number) => void;
}) {
  const { alarms, facts, rule, judged, onJudge } = props;
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  if (alarms.length === 0) return <p className={form.note}>{t('lab.noAlarms')}</p>;
  const verdict = (alarm: Alarm, right: boolean) => {
    const key = `${rule} ${alarm.from}`;
    const moment = recordingMoment(alarm.from, facts, language);
    const isSaid = judged[key] === right;
    return (
      <Button
        look={isSaid ? 'main' : 'plain'}
        aria-pressed={isSaid}
        aria-label={t(right ? 'lab.rightAt' : 'lab.wrongAt', { moment })}
        onPress={() => {
          const { [key]: _, ...others } = judged;
          onJudge(isSaid ? others : { ...judged, [key]: right });
        }}
      >
        {t(right ? 'lab.right' : 'lab.wrong')}
      </Button>
    );
  };
  return (
    <>
      <Table<Alarm>
        caption={t('lab.alarmsToJudge')}
        hideCaption
        dense
        rows={alarms.slice(0, MOST_SHOWN)}
        rowKey={({ from }) => String(from)}
        columns={[
          {
            id: 'from',
            title: t('lab.from'),
            head: true,
            cell: ({ from }) => (
              <Button look="quiet" onPress={() => props.onShow(from)}>
                {recordingMoment(from, facts, language)}
              </Button>
            ),
          },
          {
            id: 'length',
            title: t('lab.lasted'),
            figure: true,
            cell: ({ from, until }) => spanText((until ?? facts.to) - from, language),
          },
          {
            id: 'judge',
            title: t('lab.judge'),
            cell: (alarm) => (
              <div className={form.line}>
                {verdict(alarm, true)}
                {verdict(alarm, false)}
              </div>
            ),
          },
        ]}
      />
      {alarms.length > MOST_SHOWN && (
        <p className={form.note}>{t('lab.firstOf', { shown: MOST_SHOWN, count: alarms.length })}</p>
      )}
    </>
  );
}
