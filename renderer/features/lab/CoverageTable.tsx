import { useTranslation } from 'react-i18next';
import type { ValidateState } from '../../../shared/contract/validate.ts';
import type { Covered } from '../../../shared/rules/lab/coverage.ts';
import { coverageNow } from '../../../shared/wizard/validate.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Table } from '../../ui/Table.tsx';
import form from '../common/form.module.css';
import styles from './lab.module.css';
import { spanText } from './times.ts';

type Row = Covered & { id: string };

/** Each rule: seen to fire, to clear and to hold its tongue, by which evidence, and what is missing. */
export function CoverageTable({ state }: { state: ValidateState }) {
  const { t, i18n } = useTranslation();
  const covered = coverageNow(state);
  const rows = (state.compiled?.ids ?? []).flatMap((id, at): Row[] => {
    const own = covered[at];
    return own === undefined ? [] : [{ id, ...own }];
  });
  const quiet = spanText(state.quietSeconds * 1000, i18n.language);
  const missing = rows.flatMap(({ id, ...own }) => missingOf(own).map((what) => ({ id, what })));
  return (
    <>
      <Table<Row>
        caption={t('lab.coverageCaption')}
        hideCaption
        dense
        rows={rows}
        rowKey={({ id }) => id}
        columns={[
          { id: 'rule', title: t('validate.rule'), head: true, cell: ({ id }) => id },
          { id: 'fired', title: t('lab.fired'), cell: ({ fired }) => <Seen evidence={fired} /> },
          { id: 'cleared', title: t('lab.cleared'), cell: ({ cleared }) => <Seen evidence={cleared} /> },
          { id: 'quiet', title: t('lab.heldItsTongue'), cell: (row) => <Seen evidence={row.quiet} /> },
          {
            id: 'false',
            title: t('lab.falseAlarms'),
            cell: ({ falseAlarms }) => <FalseAlarms found={falseAlarms} />,
          },
          {
            id: 'accepted',
            title: t('lab.accepted'),
            cell: ({ accepted }) => (
              <StatusMark
                status={accepted ? 'good' : 'open'}
                word={accepted ? t('lab.yes') : t('lab.notYet')}
              />
            ),
          },
        ]}
      />
      {missing.length > 0 && (
        <ul className={styles.advice}>
          {missing.map(({ id, what }) => (
            <li key={`${id} ${what}`}>{t(`lab.missing.${what}`, { id, quiet })}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function missingOf({ fired, cleared, quiet, falseAlarms }: Covered) {
  const signs = [
    ['fired', fired === null],
    ['cleared', fired !== null && cleared === null],
    ['quiet', quiet === null && falseAlarms.length === 0],
    ['falseAlarm', falseAlarms.length > 0],
  ] as const;
  return signs.flatMap(([sign, lacks]) => (lacks ? [sign] : []));
}

function Seen({ evidence }: { evidence: Covered['fired'] }) {
  const { t } = useTranslation();
  if (evidence === null) return <StatusMark status="none" word={t('lab.notSeen')} />;
  return (
    <span className={styles.outcome}>
      <StatusMark
        status={evidence.origin === 'injected' ? 'caution' : 'good'}
        word={t(`lab.origin.${evidence.origin}`)}
      />
      <span className={form.note}>{evidence.run}</span>
    </span>
  );
}

function FalseAlarms({ found }: { found: Covered['falseAlarms'] }) {
  const { t } = useTranslation();
  if (found.length === 0) return <StatusMark status="good" word={t('lab.none')} />;
  return (
    <span className={styles.outcome}>
      <StatusMark status="bad" word={t('lab.falseIn', { count: found.length })} />
      <span className={form.note}>{found.map(({ run }) => run).join(', ')}</span>
    </span>
  );
}
