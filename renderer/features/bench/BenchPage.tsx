import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { BenchFault } from '../../../shared/contract/bench.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useDesk } from '../common/desk.ts';
import { FailureNotice } from '../common/FailureNotice.tsx';
import { useHost } from '../common/host.ts';
import { Page } from '../common/Page.tsx';
import { go } from '../common/route.ts';
import { useCall } from '../common/useCall.ts';
import { Bath } from './Bath.tsx';
import { BoardCard } from './BoardCard.tsx';

export function BenchPage() {
  const { t } = useTranslation();
  const host = useHost();
  const bench = useDesk((desk) => desk.bench);
  const { run, running, failure } = useCall();
  useEffect(() => {
    run(async () => useDesk.setState({ bench: await host.call('bench.state', {}) }));
  }, [host, run]);
  if (bench === null) {
    return (
      <Page title={t('bench.title')}>
        <EmptyState title={t('bench.absentTitle')}>
          <p>{t('bench.absent')}</p>
        </EmptyState>
      </Page>
    );
  }
  const fault = (board: number, what: BenchFault) =>
    run(async () => useDesk.setState({ bench: await host.call('bench.fault', { board, fault: what }) }));
  return (
    <Page
      title={t('bench.title')}
      lead={t('bench.lead')}
      actions={
        <Button look="main" onPress={() => go('demo')}>
          {t('bench.demo')}
        </Button>
      }
    >
      {failure !== null && <FailureNotice failure={failure} />}
      <Bath bench={bench} />
      {bench.boards.map((board) => (
        <BoardCard
          key={board.board}
          board={board}
          others={bench.boards.filter((other) => other.board !== board.board).map((other) => other.board)}
          isDisabled={running}
          onFault={(what) => fault(board.board, what)}
        />
      ))}
    </Page>
  );
}
