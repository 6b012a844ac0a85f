import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingFacts } from '../../../shared/contract/recordings.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useDesk } from '../common/desk.ts';
import { Page } from '../common/Page.tsx';
import { go } from '../common/route.ts';
import { useUnitName } from '../common/useUnitName.ts';
import { useViewportHeight } from '../common/useViewportHeight.ts';
import { RecordingPicker } from './RecordingPicker.tsx';
import { RecordingPlot } from './RecordingPlot.tsx';
import { useRecordings } from './store.ts';

/** A unit's recordings to look at, bring in and save, apart from any rule. */
export function RecordingsPage({ unit }: { unit: string | undefined }) {
  const { t } = useTranslation();
  const known = useDesk((desk) => desk.job?.units.find((row) => row.hardwareId === unit));
  if (known === undefined) {
    return (
      <Page title={t('recordings.title')}>
        <EmptyState
          title={t('recordings.noUnitTitle')}
          actions={<Button onPress={() => go('job')}>{t('wizard.toJob')}</Button>}
        >
          <p>{t('recordings.noUnitBody')}</p>
        </EmptyState>
      </Page>
    );
  }
  return <OfUnit key={known.hardwareId} unit={known.hardwareId} />;
}

function OfUnit({ unit }: { unit: string }) {
  const { t } = useTranslation();
  const name = useUnitName(unit);
  const { recordings } = useRecordings(unit);
  const [chosen, setChosen] = useState<string | null>(null);
  const facts = recordings?.find(({ id }) => id === chosen) ?? recordings?.[0] ?? null;
  return (
    <Page title={t('recordings.titleOf', { unit: name })} lead={t('recordings.lead')}>
      <RecordingPicker unit={unit} value={facts?.id ?? null} onChange={setChosen} />
      {facts !== null && <Look key={facts.id} facts={facts} />}
    </Page>
  );
}

/** Its chart, with an instant to read values at. */
function Look({ facts }: { facts: RecordingFacts }) {
  const [instant, setInstant] = useState<number | null>(null);
  const height = Math.max(260, useViewportHeight() - 380);
  return (
    <RecordingPlot
      facts={facts}
      data={{ recording: facts.id, faults: [], seed: 1 }}
      height={height}
      instant={instant}
      onInstant={setInstant}
    />
  );
}
