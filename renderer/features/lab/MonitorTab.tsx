import { useTranslation } from 'react-i18next';
import form from '../common/form.module.css';
import { BesideReplay } from './BesideReplay.tsx';
import { ImproveRule } from './ImproveRule.tsx';
import type { LabProps } from './labProps.ts';
import { UnitEvents } from './UnitEvents.tsx';

/** What the unit decided by itself, beside the replay, and what is learned from it. */
export function MonitorTab(props: LabProps) {
  const { t } = useTranslation();
  const { facts } = props;
  return (
    <>
      <UnitEvents {...props} />
      {facts?.decided == null ? (
        <p className={form.note}>{t('lab.liveRecordingFirst')}</p>
      ) : (
        <BesideReplay {...props} decided={facts.decided} />
      )}
      <ImproveRule key={facts?.id ?? ''} {...props} />
    </>
  );
}
