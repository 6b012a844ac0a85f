import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunState } from '../../../shared/contract/job.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Select } from '../../ui/Select.tsx';
import { useDesk } from '../common/desk.ts';
import { FailureNotice } from '../common/FailureNotice.tsx';
import styles from '../common/form.module.css';
import { useHost } from '../common/host.ts';
import { Page } from '../common/Page.tsx';
import { portWords } from '../common/ports.ts';
import { linkTo } from '../common/route.ts';
import { useCall } from '../common/useCall.ts';
import { openReport } from '../reports/openReport.ts';
import { RunStages } from './RunStages.tsx';

const over = (run: RunState | null): boolean =>
  run === null || run.stage === 'done' || run.stage === 'failed';

/** A whole commissioning by itself, on the simulated bench, with every step open to be watched. */
export function DemoPage() {
  const { t } = useTranslation();
  const host = useHost();
  const ports = useDesk((desk) => desk.ports).filter((port) => port.kind === 'simulated');
  const run = useDesk((desk) => desk.run);
  const call = useCall();
  const boards = ports.filter((port) => port.looksLike !== 'reference');
  const references = ports.filter((port) => port.looksLike === 'reference');
  const [picked, setPicked] = useState<string | null>(null);
  const board = picked ?? boards[0]?.port ?? null;
  const reference = references[0]?.port ?? null;
  const start = () =>
    call.run(async () => {
      if (board === null || reference === null) return;
      const recipe = await host.call('recipe.demo', {});
      useDesk.setState({ run: await host.call('run.start', { recipe, port: board, reference }) });
    });
  const stop = () => call.run(async () => useDesk.setState({ run: await host.call('run.stop', {}) }));
  if (boards.length === 0 || reference === null) {
    return (
      <Page title={t('demo.title')}>
        <EmptyState title={t('bench.absentTitle')}>
          <p>{t('bench.absent')}</p>
        </EmptyState>
      </Page>
    );
  }
  const report = run?.report ?? null;
  return (
    <Page
      title={t('demo.title')}
      lead={t('demo.lead')}
      actions={
        <div className={styles.row}>
          {over(run) && boards.length > 1 && (
            <Select
              label={t('demo.board')}
              choices={boards.map((port) => ({ id: port.port, label: port.port, detail: portWords(port) }))}
              value={board}
              onChange={setPicked}
            />
          )}
          {over(run) ? (
            <Button look={report === null ? 'main' : 'plain'} isDisabled={call.running} onPress={start}>
              {run === null ? t('demo.start') : t('demo.again')}
            </Button>
          ) : (
            <Button look="stop" onPress={stop}>
              {t('wizard.stop')}
            </Button>
          )}
        </div>
      }
    >
      {call.failure !== null && <FailureNotice failure={call.failure} />}
      {run?.failure != null && <FailureNotice failure={run.failure} />}
      {run?.stage === 'done' && (
        <Banner
          status={run.verdict === 'pass' ? 'good' : 'bad'}
          title={run.verdict === 'pass' ? t('demo.passed') : t('demo.notPassed')}
          action={
            report !== null && (
              <Button look="main" onPress={() => call.run(() => openReport(host, report.id, 'pdf'))}>
                {t('reports.openPdf')}
              </Button>
            )
          }
        >
          {t('demo.reportReady')}
        </Banner>
      )}
      <Card
        title={run === null ? t('demo.whatHappens') : run.recipe}
        aside={run !== null && run.wizard !== null && <WatchLink wizard={run.wizard} />}
      >
        <RunStages run={run} />
      </Card>
    </Page>
  );
}

function WatchLink({ wizard }: { wizard: string }) {
  const { t } = useTranslation();
  const state = useDesk((desk) => desk.wizards[wizard]);
  return state === undefined ? null : <a href={linkTo(state.kind, wizard)}>{t('demo.watch')}</a>;
}
