import { useTranslation } from 'react-i18next';
import type { RuleEvent } from '../../../shared/contract/devices.ts';
import type { RuleEvidence, ValidateState } from '../../../shared/contract/validate.ts';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Table } from '../../ui/Table.tsx';

/** Each rule: seen to fire, seen to clear, decided alike by unit and app. */
export function RuleMarks({ state }: { state: ValidateState }) {
  const { t } = useTranslation();
  const running = state.task?.kind === 'prove';
  const mark = (event: RuleEvent | null, waiting: boolean) =>
    event === null ? (
      <StatusMark
        status={waiting ? 'busy' : 'none'}
        word={waiting ? t('validate.waitingFor') : t('validate.notSeen')}
      />
    ) : (
      <StatusMark status="good" word={t('validate.seenIn', { seq: event.seq })} />
    );
  return (
    <Table<RuleEvidence>
      caption={t('validate.seenCaption')}
      hideCaption
      rows={state.evidence}
      rowKey={(rule) => rule.id}
      columns={[
        { id: 'rule', title: t('validate.rule'), head: true, cell: (rule) => rule.id },
        { id: 'fired', title: t('validate.fired'), cell: (rule) => mark(rule.fired, running) },
        {
          id: 'cleared',
          title: t('validate.cleared'),
          cell: (rule) => mark(rule.cleared, running && rule.fired !== null),
        },
      ]}
    />
  );
}
