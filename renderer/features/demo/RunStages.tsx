import { useTranslation } from 'react-i18next';
import type { RunState } from '../../../shared/contract/job.ts';
import { type Status, StatusMark } from '../../ui/StatusMark.tsx';
import { useDesk } from '../common/desk.ts';
import { TaskLine } from '../common/TaskLine.tsx';
import { SightTable } from '../provision/BrokerProof.tsx';
import styles from './RunStages.module.css';

const stages = ['provision', 'calibrate', 'validate', 'report'] as const;

type Stage = (typeof stages)[number];

/** The stations of a run, one under the other, each with what it proves. */
export function RunStages({ run }: { run: RunState | null }) {
  const { t } = useTranslation();
  const wizard = useDesk((desk) => desk.wizards[run?.wizard ?? '']);
  return (
    <ol className={styles.stages}>
      {stages.map((stage, index) => {
        const status = statusOf(run, stage, wizard?.kind ?? null);
        return (
          <li key={stage} className={styles.stage}>
            <span className={styles.number}>{index + 1}</span>
            <div className={styles.words}>
              <h3>{t(`demo.stage.${stage}`)}</h3>
              <p>{t(`demo.what.${stage}`)}</p>
              {stage === 'provision' && <Sights unit={run?.unit ?? null} />}
              {status === 'busy' && wizard?.kind === stage && (
                <TaskLine wizard={wizard.id} kind={wizard.kind} task={wizard.task} />
              )}
            </div>
            <StatusMark status={status} word={t(`demo.status.${status}`)} />
          </li>
        );
      })}
    </ol>
  );
}

/** What was seen of the unit at the broker of the bench, as soon as there is something. */
function Sights({ unit }: { unit: string | null }) {
  const { t } = useTranslation();
  const wizards = useDesk((desk) => desk.wizards);
  const state = Object.values(wizards).findLast(
    (wizard) => wizard.kind === 'provision' && unit !== null && wizard.unit?.hardwareId === unit,
  );
  if (state?.kind !== 'provision' || state.connection?.broker == null || state.pushed === null) return null;
  return <SightTable state={state} caption={t('proof.sights', { host: state.connection.broker.host })} />;
}

function statusOf(run: RunState | null, stage: (typeof stages)[number], at: string | null): Status {
  if (run === null) return 'none';
  if (run.stage === 'done') return 'good';
  // A failed run says where it stood by the wizard it was in.
  const present = run.stage === 'failed' ? stages.indexOf(at as Stage) : stages.indexOf(run.stage as Stage);
  const mine = stages.indexOf(stage);
  if (mine < present) return 'good';
  if (mine > present) return 'none';
  return run.stage === 'failed' ? 'bad' : 'busy';
}
