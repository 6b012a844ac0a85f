import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import type { ValidateState } from '../../../shared/contract/validate.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { FailureNotice } from '../common/FailureNotice.tsx';
import form from '../common/form.module.css';
import { RecordingPicker } from '../recordings/RecordingPicker.tsx';
import { useRecordings } from '../recordings/store.ts';
import { CoverageTab } from './CoverageTab.tsx';
import { DraftLine } from './DraftLine.tsx';
import { FaultsTab } from './FaultsTab.tsx';
import { LabChart } from './LabChart.tsx';
import { LiveTab } from './LiveTab.tsx';
import type { LabProps } from './labProps.ts';
import { MonitorTab } from './MonitorTab.tsx';
import { ReplayTab } from './ReplayTab.tsx';
import { SweepTab } from './SweepTab.tsx';
import { shownMistake } from './shownMistake.ts';
import { useExtents } from './useExtents.ts';
import { type Lab, labTabs } from './useLab.ts';
import { useReplay } from './useReplay.ts';
import { WhyTab } from './WhyTab.tsx';

const views = {
  replay: ReplayTab,
  sweep: SweepTab,
  why: WhyTab,
  faults: FaultsTab,
  live: LiveTab,
  coverage: CoverageTab,
  monitor: MonitorTab,
} as const;

/** Enter in a field is no way on: a value that is being tried is not yet decided. */
function keepEnter(event: KeyboardEvent): void {
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
}

/** What the rules would have done: over recordings, with faults, on live values; and what that proves. */
export function TryStep(props: {
  state: ValidateState;
  act: LabProps['act'];
  /** A question to the host is on its way. */
  sending: boolean;
  lab: Lab;
  channels: readonly ProfileChannel[];
}) {
  const { state, lab } = props;
  const { t } = useTranslation();
  const { recordings } = useRecordings(state.unit);
  const facts = recordings?.find(({ id }) => id === lab.recording) ?? null;
  const replay = useReplay(state.unit, lab);
  const extents = useExtents(facts);
  const busy = props.sending || state.task !== null;
  const view: LabProps = {
    ...props,
    facts,
    replay,
    extents,
    blocked: state.done ? t('blocked.finished') : busy ? t('blocked.busy') : null,
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps a key of the fields within from the form.
    <div className={form.stack} onKeyDown={keepEnter}>
      {state.mistakes.length > 0 && (
        <Banner status="bad" title={t('validate.mistakes', { count: state.mistakes.length })}>
          {state.mistakes.map((mistake) => shownMistake(mistake, state.rules ?? [])).join(' · ')}
        </Banner>
      )}
      <RecordingPicker
        unit={state.unit}
        value={facts?.id ?? null}
        onChange={(recording) => lab.change({ recording, faults: [], at: null })}
      />
      <LabChart {...view} />
      {replay.failure !== null && <FailureNotice failure={replay.failure} />}
      <DraftLine {...view} />
      <Tabs
        label={t('lab.title')}
        tabs={labTabs.map((id) => {
          const View = views[id];
          return { id, label: t(`lab.tabs.${id}`), children: <View {...view} /> };
        })}
        value={lab.tab}
        onChange={(tab) => lab.change({ tab })}
      />
    </div>
  );
}
