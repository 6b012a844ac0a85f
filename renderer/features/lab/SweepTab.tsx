import { useTranslation } from 'react-i18next';
import type { SweptPoint } from '../../../shared/contract/lab-methods.ts';
import { Button } from '../../ui/Button.tsx';
import { Fold } from '../../ui/Fold.tsx';
import { Select } from '../../ui/Select.tsx';
import { Table } from '../../ui/Table.tsx';
import { FailureNotice } from '../common/FailureNotice.tsx';
import form from '../common/form.module.css';
import { useHost } from '../common/host.ts';
import type { LabProps } from './labProps.ts';
import { numbersOf, withNumber } from './numbers.ts';
import { RulePick } from './RulePick.tsx';
import { SweepChart } from './SweepChart.tsx';
import { SweepKey } from './SweepKey.tsx';
import { scaleOf } from './scale.ts';
import { alarmsADay } from './sweepPlot.ts';
import { rateText, spanText } from './times.ts';
import { useNewest } from './useNewest.ts';
import { useNumberWords } from './useNumberWords.ts';

const MOST_VALUES = 40;

/** Alarms a day against one number of the rule: how much of it is too much. */
export function SweepTab({ state, lab, channels, extents, facts }: LabProps) {
  const { t, i18n } = useTranslation();
  const host = useHost();
  const words = useNumberWords(channels);
  const rule = lab.rules[lab.rule];
  const { data } = lab;
  // A count is no text that the sweep could put in.
  const numbers = rule === undefined ? [] : numbersOf(rule).filter(({ kind }) => kind !== 'whole');
  const number = numbers.find(({ path }) => path === lab.path) ?? numbers[0];
  const kept = state.rules?.[lab.rule];
  const before = kept && numbersOf(kept).find(({ path }) => path === number?.path)?.text;
  const scale =
    number && scaleOf(number, before ?? number.text, channels, extents[number.sensor ?? ''] ?? null);
  // The swept number itself is no part of the question: taking a value does not ask again.
  const others = rule && number && lab.rules.with(lab.rule, withNumber(rule, number, before ?? number.text));
  const values = scale?.spread(MOST_VALUES).slice(0, 200) ?? [];
  const { answer, running, failure } = useNewest<SweptPoint[]>(
    data === null || others === undefined || number === undefined || values.length === 0
      ? null
      : {
          key: JSON.stringify([others, data, lab.rule, number.path, values]),
          about: JSON.stringify([data.recording, rule?.id, number.path]),
          ask: () =>
            host.call('lab.sweep', {
              unit: state.unit,
              rules: others,
              data,
              rule: lab.rule,
              path: number.path,
              values,
            }),
        },
  );
  if (facts === null || rule === undefined || number === undefined || scale === undefined)
    return <p>{t('lab.recordingFirst')}</p>;
  const take = (value: string) => lab.changeRule(withNumber(rule, number, value));
  const value = (text: string) => words.value(number, text);
  const said = (point: SweptPoint): string => {
    const rate = alarmsADay(point);
    if (rate === null || !('fires' in point)) return t('lab.sweptRefused', { value: value(point.value) });
    return t('lab.swept', {
      value: value(point.value),
      rate: rateText(rate, i18n.language),
      count: point.fires,
      time: spanText(point.timeInAlarm, i18n.language),
    });
  };
  const unit = words.unit(number);
  const label = unit === '' ? words.name(number) : `${words.name(number)} (${unit})`;
  return (
    <>
      <div className={form.grid}>
        <RulePick lab={lab} />
        <Select
          label={t('lab.sweepNumber')}
          choices={numbers.map((each) => ({
            id: each.path,
            label: words.name(each),
            detail: each.within ?? undefined,
          }))}
          value={number.path}
          onChange={(path) => lab.change({ path })}
        />
      </div>
      {failure !== null && <FailureNotice failure={failure} />}
      {answer === null ? (
        <p role="status">{running ? t('lab.sweeping') : ''}</p>
      ) : (
        <>
          <SweepKey present={value(number.text)} />
          <SweepChart
            label={label}
            points={answer}
            present={number.text}
            scale={scale}
            said={said}
            onTake={take}
          />
          <Fold title={t('chart.table')}>
            <Table<SweptPoint>
              caption={t('lab.sweepCaption')}
              hideCaption
              dense
              rows={answer}
              rowKey={(point) => point.value}
              columns={[
                { id: 'value', title: label, head: true, figure: true, cell: (point) => value(point.value) },
                {
                  id: 'rate',
                  title: t('lab.perDay'),
                  figure: true,
                  cell: (point) => {
                    const rate = alarmsADay(point);
                    return rate === null ? t('lab.refused') : rateText(rate, i18n.language);
                  },
                },
                {
                  id: 'fires',
                  title: t('lab.alarms'),
                  figure: true,
                  cell: (point) => ('fires' in point ? point.fires : '—'),
                },
                {
                  id: 'take',
                  title: '',
                  cell: (point) => (
                    <Button
                      look="quiet"
                      isDisabled={!('fires' in point)}
                      aria-label={t('lab.takeValue', { value: value(point.value) })}
                      onPress={() => take(point.value)}
                    >
                      {t('lab.take')}
                    </Button>
                  ),
                },
              ]}
            />
          </Fold>
        </>
      )}
    </>
  );
}
