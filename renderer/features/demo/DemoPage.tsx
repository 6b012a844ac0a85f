import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PortInfo } from '../../../shared/contract/devices.ts';
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
import { type Call, useCall } from '../common/useCall.ts';
import { openReport } from '../reports/openReport.ts';
import { RunStages } from './RunStages.tsx';

const over = (run: RunState | null): boolean =>
  run === null || run.stage === 'done' || run.stage === 'failed';

/** A whole commissioning by itself, on the simulated bench, with every step open to be watched. */
export function DemoPage() {
  const { t } = useTranslation();
  const ports = useDesk((desk) => desk.ports).filter((port) => port.kind === 'simulated');
  const run = useDesk((desk) => desk.run);
  const call = useCall();
  const boards = ports.filter((port) => port.looksLike !== 'reference');
  const reference = ports.find((port) => port.looksLike === 'reference')?.port;
  if (boards.length === 0 || reference === undefined) {
    return (
      <Page title={t('demo.title')}>
        <EmptyState title={t('bench.absentTitle')}>
          <p>{t('bench.absent')}</p>
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page
      title={t('demo.title')}
      lead={t('demo.lead')}
      actions={<StartOrStop boards={boards} reference={reference} run={run} call={call} />}
    >
      {call.failure !== null && <FailureNotice failure={call.failure} />}
      {run?.failure != null && <FailureNotice failure={run.failure} />}
      {run?.stage === 'done' && <Outcome run={run} call={call} />}
      <Card
        title={run === null ? t('demo.whatHappens') : run.recipe}
        aside={run !== null && run.wizard !== null && <WatchLink wizard={run.wizard} />}
      >
        <RunStages run={run} />
      </Card>
    </Page>
  );
}

interface StartProps {
  boards: readonly PortInfo[];
  reference: string;
  run: RunState | null;
  call: Call;
}

function StartOrStop({ boards, reference, run, call }: StartProps) {
  const { t } = useTranslation();
  const host = useHost();
  const [picked, setPicked] = useState<string | null>(null);
  const board = picked ?? boards[0]?.port ?? null;
  const start = () =>
    call.run(async () => {
      if (board === null) return;
      const recipe = await host.call('recipe.demo', {});
      useDesk.setState({ run: await host.call('run.start', { recipe, port: board, reference }) });
    });
  const stop = () => call.run(async () => useDesk.setState({ run: await host.call('run.stop', {}) }));
  if (!over(run)) {
    return (
      <div className={styles.row}>
        <Button look="stop" onPress={stop}>
          {t('wizard.stop')}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.row}>
      {boards.length > 1 && (
        <Select
          label={t('demo.board')}
          choices={boards.map((port) => ({ id: port.port, label: port.port, detail: portWords(port) }))}
          value={board}
          onChange={setPicked}
        />
      )}
      <Button look={run?.report == null ? 'main' : 'plain'} isDisabled={call.running} onPress={start}>
        {run === null ? t('demo.start') : t('demo.again')}
      </Button>
    </div>
  );
}

/** How the run ended, and its report. */
function Outcome({ run, call }: { run: RunState; call: Call }) {
  const { t } = useTranslation();
  const host = useHost();
  const { report } = run;
  return (
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
  );
}

function WatchLink({ wizard }: { wizard: string }) {
  const { t } = useTranslation();
  const state = useDesk((desk) => desk.wizards[wizard]);
  return state === undefined ? null : <a href={linkTo(state.kind, wizard)}>{t('demo.watch')}</a>;
}
