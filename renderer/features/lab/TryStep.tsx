import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import type { ValidateState } from '../../../shared/contract/validate.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { FailureNotice } from '../common/FailureNotice.tsx';
import form from '../common/form.module.css';
import { useRecordings } from '../recordings/store.ts';
import { CoverageTab } from './CoverageTab.tsx';
import { DataLine } from './DataLine.tsx';
import { FaultsTab } from './FaultsTab.tsx';
import { LabChart } from './LabChart.tsx';
import { LiveTab } from './LiveTab.tsx';
import styles from './lab.module.css';
import type { LabProps } from './labProps.ts';
import { MonitorTab } from './MonitorTab.tsx';
import { ReplayTab } from './ReplayTab.tsx';
import { SweepTab } from './SweepTab.tsx';
import { shownMistake } from './shownMistake.ts';
import { useExtents } from './useExtents.ts';
import { type Lab, type LabTab, labTabs } from './useLab.ts';
import type { Replay } from './useReplay.ts';
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

/** Views that are about moments of the recording. */
const charted = new Set<LabTab>(['replay', 'why', 'faults', 'monitor']);

/**
 * Enter in a field is no way on: a value that is being tried is not yet decided. A dialog that was opened from here is
 * a place of its own, though its keys come by.
 */
function keepEnter(event: KeyboardEvent): void {
  const { target, currentTarget } = event;
  if (event.key === 'Enter' && target instanceof HTMLInputElement && currentTarget.contains(target))
    event.preventDefault();
}

/** What the rules would have done: over recordings, with faults, on live values; and what that proves. */
export function TryStep(props: {
  state: ValidateState;
  act: LabProps['act'];
  /** A question to the host is on its way. */
  sending: boolean;
  lab: Lab;
  replay: Replay;
  channels: readonly ProfileChannel[];
}) {
  const { state, lab, replay } = props;
  const { t } = useTranslation();
  const { recordings } = useRecordings(state.unit);
  const facts = recordings?.find(({ id }) => id === lab.recording) ?? null;
  const extents = useExtents(facts);
  const busy = props.sending || state.task !== null;
  const view: LabProps = {
    ...props,
    facts,
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
      <DataLine {...view} />
      <Tabs
        label={t('lab.title')}
        shared={
          <>
            <div className={styles.chart} hidden={!charted.has(lab.tab)}>
              <LabChart {...view} />
            </div>
            {replay.failure !== null && <FailureNotice failure={replay.failure} />}
          </>
        }
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
