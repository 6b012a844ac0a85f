import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BatchPage } from '../features/batch/BatchPage.tsx';
import { BenchPage } from '../features/bench/BenchPage.tsx';
import { CalibrateWizard } from '../features/calibrate/CalibrateWizard.tsx';
import { useDesk } from '../features/common/desk.ts';
import { type Route, useRoute } from '../features/common/route.ts';
import { useKeys } from '../features/common/useKeys.ts';
import { DemoPage } from '../features/demo/DemoPage.tsx';
import { HistoryPage } from '../features/history/HistoryPage.tsx';
import { JobPage } from '../features/job/JobPage.tsx';
import { LivePage } from '../features/live/LivePage.tsx';
import { ManyPage } from '../features/many/ManyPage.tsx';
import { ProvisionWizard } from '../features/provision/ProvisionWizard.tsx';
import { RecordingsPage } from '../features/recordings/RecordingsPage.tsx';
import { ReportsPage } from '../features/reports/ReportsPage.tsx';
import { RulesPage } from '../features/rules/RulesPage.tsx';
import { SettingsPage } from '../features/settings/SettingsPage.tsx';
import { StandardsPage } from '../features/standards/StandardsPage.tsx';
import { ValidateWizard } from '../features/validate/ValidateWizard.tsx';
import { Banner } from '../ui/Banner.tsx';
import styles from './App.module.css';
import { Header } from './Header.tsx';
import { KeysDialog } from './KeysDialog.tsx';
import { Palette, usePaletteKey } from './Palette.tsx';
import { Rail } from './Rail.tsx';

export function App() {
  const { t } = useTranslation();
  const route = useRoute();
  const link = useDesk((desk) => desk.link);
  const [palette, setPalette] = useState(false);
  const [keys, setKeys] = useState(false);
  usePaletteKey(() => setPalette(true));
  useKeys({ '?': () => setKeys(true) });
  return (
    <div className={styles.app}>
      <button type="button" className={styles.skip} onClick={toWork}>
        {t('app.skip')}
      </button>
      <Rail room={route.room} />
      <div className={styles.side}>
        <Header onPalette={() => setPalette(true)} onKeys={() => setKeys(true)} />
        {link === 'lost' && (
          <div className={styles.notice}>
            <Banner status="bad" title={t('app.lost')}>
              {t('app.lostBody')}
            </Banner>
          </div>
        )}
        <main id="work" className={styles.work} tabIndex={-1}>
          {screenOf(route)}
        </main>
      </div>
      {palette && <Palette onClose={() => setPalette(false)} />}
      {keys && <KeysDialog onClose={() => setKeys(false)} />}
    </div>
  );
}

/** The hash is the route, so the jump to the work is made by focus and not by a link. */
function toWork(): void {
  document.getElementById('work')?.focus();
}

const screens: Record<string, (rest: string[]) => ReactNode> = {
  job: () => <JobPage />,
  many: () => <ManyPage />,
  live: ([unit]) => <LivePage unit={unit} />,
  recordings: ([unit]) => <RecordingsPage unit={unit} />,
  rules: () => <RulesPage />,
  standards: ([id]) => <StandardsPage id={id} />,
  history: ([unit = '', channel]) => <HistoryPage key={unit} unit={unit} channel={channel} />,
  batch: () => <BatchPage />,
  reports: ([unit]) => <ReportsPage unit={unit} />,
  bench: () => <BenchPage />,
  settings: () => <SettingsPage />,
  demo: () => <DemoPage />,
  provision: ([id = '', port]) => <ProvisionWizard id={id} port={port} />,
  calibrate: ([id = '', channel]) => <CalibrateWizard id={id} asked={channel} />,
  validate: ([id = '']) => <ValidateWizard id={id} />,
};

function screenOf({ room, rest }: Route): ReactNode {
  return (screens[room] ?? screens.job)?.(rest);
}
