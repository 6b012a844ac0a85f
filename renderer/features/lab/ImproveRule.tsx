import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuthorRule } from '../../../shared/contract/author.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { FailureNotice } from '../common/FailureNotice.tsx';
import form from '../common/form.module.css';
import { useHost } from '../common/host.ts';
import { useCall } from '../common/useCall.ts';
import { JudgedAlarms, type Judgement } from './JudgedAlarms.tsx';
import { LearnedValue } from './LearnedValue.tsx';
import styles from './lab.module.css';
import type { LabProps } from './labProps.ts';
import { numbersOf } from './numbers.ts';
import { RulePick } from './RulePick.tsx';
import { scaleOf } from './scale.ts';
import { useNumberWords } from './useNumberWords.ts';

const VALUES = 200;

interface Found {
  /** What was judged and asked, so that an answer to something else is not shown. */
  of: string;
  value: string | null;
  wrong: number;
  right: number;
}

/** Alarms judged right or wrong by a person, and the nearest value that keeps the right ones alone. */
export function ImproveRule(props: LabProps) {
  const { state, lab, channels, extents, facts, replay } = props;
  const { t } = useTranslation();
  const host = useHost();
  const words = useNumberWords(channels);
  const { run, running, failure } = useCall();
  const [judged, setJudged] = useState<Judgement>({});
  const [found, setFound] = useState<Found | null>(null);
  const rule = state.rules?.[lab.rule];
  const numbers = rule === undefined ? [] : numbersOf(rule).filter(({ kind }) => kind !== 'whole');
  const number = numbers.find(({ path }) => path === lab.path) ?? numbers[0];
  const alarms = replay.replayed?.rules[lab.rule]?.alarms ?? [];
  const { data } = lab;
  if (facts === null || rule === undefined || number === undefined || data === null)
    return <p className={form.note}>{t('lab.recordingFirst')}</p>;
  const list = alarms.flatMap(({ from }) => {
    const right = judged[`${lab.rule} ${from}`];
    return right === undefined ? [] : [{ from, right }];
  });
  const of = JSON.stringify([lab.rule, number.path, list]);
  // With its value in the draft the replay has other alarms than those that were judged.
  const drafted = lab.changed && textAt(lab.rules[lab.rule], number.path) === found?.value;
  const isShown = found !== null && (lab.changed ? drafted : found.of === of);
  const ask = () =>
    run(async () => {
      const scale = scaleOf(number, number.text, channels, extents[number.sensor ?? ''] ?? null);
      const { value } = await host.call('lab.improve', {
        unit: state.unit,
        rules: state.rules ?? [],
        data,
        rule: lab.rule,
        path: number.path,
        values: scale.spread(VALUES).slice(0, VALUES),
        judged: list.slice(0, 500),
      });
      const right = list.filter((each) => each.right).length;
      setFound({ of, value, right, wrong: list.length - right });
    });
  return (
    <section className={form.stack} aria-label={t('lab.improve')}>
      <h2 className={styles.heading}>{t('lab.improve')}</h2>
      <p>{t('lab.improveLead')}</p>
      {lab.rules.length > 1 && (
        <div className={form.tight}>
          <RulePick lab={lab} />
        </div>
      )}
      {lab.changed && !drafted && <StatusMark status="caution" word={t('lab.judgeKept')} />}
      {!lab.changed && (
        <JudgedAlarms
          alarms={alarms}
          facts={facts}
          rule={lab.rule}
          judged={judged}
          onJudge={setJudged}
          onShow={(at) => lab.change({ at })}
        />
      )}
      <div className={form.row}>
        <Select
          label={t('lab.improveBy')}
          choices={numbers.map((each) => ({
            id: each.path,
            label: words.name(each),
            detail: each.within ?? undefined,
          }))}
          value={number.path}
          onChange={(path) => lab.change({ path })}
        />
        <Button isDisabled={running || list.length === 0 || lab.changed} onPress={ask}>
          {t('lab.findValue')}
        </Button>
      </div>
      {failure !== null && <FailureNotice failure={failure} />}
      {isShown && found.value === null && (
        <StatusMark status="caution" word={t('lab.noValueHelps', { name: words.name(number) })} />
      )}
      {isShown && found.value !== null && (
        <LearnedValue
          {...props}
          number={number}
          value={found.value}
          wrong={found.wrong}
          right={found.right}
        />
      )}
    </section>
  );
}

const textAt = (rule: AuthorRule | undefined, path: string): string | undefined =>
  rule === undefined ? undefined : numbersOf(rule).find((each) => each.path === path)?.text;
