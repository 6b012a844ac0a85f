import { useTranslation } from 'react-i18next';
import type { RecordingFacts } from '../../../shared/contract/recordings.ts';
import { recordingMoment } from '../../live/recordingTime.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Table } from '../../ui/Table.tsx';
import { FailureNotice } from '../common/FailureNotice.tsx';
import form from '../common/form.module.css';
import { useHost } from '../common/host.ts';
import styles from './lab.module.css';
import type { LabProps } from './labProps.ts';
import { useNewest } from './useNewest.ts';

interface Lone {
  key: string;
  t: number;
  rule: string;
  kind: 'ON' | 'OFF' | 'RTN' | 'REP';
  by: 'unit' | 'replay';
}

/** The unit's own decisions in a live recording beside those of the replay over the very frames. */
export function BesideReplay(props: LabProps & { decided: NonNullable<RecordingFacts['decided']> }) {
  const { state, facts, decided } = props;
  const { t, i18n } = useTranslation();
  const host = useHost();
  // The compiled rules and not the draft: the unit decided by those, or there is nothing to compare.
  const rules = state.rules ?? [];
  const other = decided.revision !== (state.compiled?.revision ?? '');
  const { answer, failure } = useNewest(
    facts === null || other
      ? null
      : {
          key: JSON.stringify([rules, facts.id]),
          about: facts.id,
          ask: () => host.call('lab.beside', { unit: state.unit, rules, recording: facts.id }),
        },
  );
  if (facts === null) return null;
  const found = answer !== null && 'agreed' in answer ? answer : null;
  const name = (rule: number): string => rules[rule]?.id ?? String(rule);
  const alone: Lone[] =
    found === null
      ? []
      : [
          ...found.unitOnly.map((event, at) => ({ ...event, by: 'unit' as const, at })),
          ...found.replayOnly.map((event, at) => ({ ...event, by: 'replay' as const, at })),
        ]
          .sort((a, b) => a.t - b.t)
          .map(({ t: moment, rule, kind, by, at }) => ({
            key: `${by} ${at}`,
            t: moment,
            rule: name(rule),
            kind,
            by,
          }));
  const blind = (found?.from ?? []).flatMap((from, rule) => (from === null ? [name(rule)] : []));
  return (
    <section className={form.stack} aria-label={t('lab.beside')}>
      <h2 className={styles.heading}>{t('lab.beside')}</h2>
      {failure !== null && <FailureNotice failure={failure} />}
      {decided.lost > 0 && (
        <StatusMark status="caution" word={t('lab.besideLost', { count: decided.lost })} />
      )}
      {other && (
        <StatusMark
          status="caution"
          word={
            decided.revision === null
              ? t('lab.besideNoRevision')
              : t('lab.besideOther', { revision: decided.revision.slice(0, 8) })
          }
        />
      )}
      {found !== null && found.agreed + alone.length === 0 && (
        <StatusMark status="none" word={t('lab.besideNothing')} />
      )}
      {found !== null && found.agreed + alone.length > 0 && (
        <StatusMark
          status={alone.length === 0 ? 'good' : 'bad'}
          word={t('lab.besideCounts', { agreed: found.agreed, count: alone.length })}
        />
      )}
      {blind.length > 0 && <p className={form.note}>{t('lab.besideBlind', { ids: blind.join(', ') })}</p>}
      {alone.length > 0 && (
        <Table<Lone>
          caption={t('validate.differences')}
          dense
          rows={alone}
          rowKey={({ key }) => key}
          columns={[
            {
              id: 'when',
              title: t('lab.when'),
              head: true,
              cell: (row) => recordingMoment(row.t, facts, i18n.language),
            },
            { id: 'rule', title: t('validate.rule'), cell: (row) => row.rule },
            { id: 'kind', title: t('lab.what'), cell: (row) => t(`validate.kind.${row.kind}`) },
            { id: 'by', title: t('lab.decidedBy'), cell: (row) => t(`lab.by.${row.by}`) },
          ]}
        />
      )}
    </section>
  );
}
