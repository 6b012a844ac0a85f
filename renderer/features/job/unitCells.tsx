import { useTranslation } from 'react-i18next';
import type { JobUnit, StageStatus, WizardKind } from '../../../shared/contract/job.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { type Status, StatusMark } from '../../ui/StatusMark.tsx';
import { linkTo } from '../common/route.ts';
import { shortId } from '../common/show.ts';
import styles from './UnitTable.module.css';

const marks: Record<StageStatus, Status> = {
  none: 'none',
  open: 'open',
  done: 'good',
  failed: 'bad',
  unverified: 'caution',
};

const nameOf = (unit: JobUnit): string => unit.settings?.tag ?? shortId(unit.hardwareId);

export function UnitName({ unit }: { unit: JobUnit }) {
  return (
    <span className={styles.unit}>
      <span className={styles.tag}>{nameOf(unit)}</span>
      <span className={styles.quiet}>{unit.settings?.location ?? unit.identity.machine}</span>
      <code className={styles.quiet} title={unit.hardwareId}>
        {shortId(unit.hardwareId)}
      </code>
      <Succession unit={unit} />
    </span>
  );
}

/** A dead unit and the one in its place name each other. */
function Succession({ unit }: { unit: JobUnit }) {
  const { t } = useTranslation();
  if (unit.replacedBy !== null) {
    return <StatusMark status="none" word={t('job.replacedBy', { id: shortId(unit.replacedBy) })} />;
  }
  if (unit.replaces === null) return null;
  return <span className={styles.quiet}>{t('job.replaces', { id: shortId(unit.replaces) })}</span>;
}

/** Whether the unit is plugged in, and where; one that is gone for good can be replaced. */
export function FoundMark(props: { unit: JobUnit; isDisabled: boolean; onReplace: () => void }) {
  const { unit } = props;
  const { t } = useTranslation();
  const canReplace = !unit.present && unit.replacedBy === null && unit.settings !== null;
  return (
    <span className={styles.unit}>
      <StatusMark
        status={unit.present ? 'good' : 'none'}
        word={unit.present ? t('job.present') : t('job.absent')}
      />
      <span className={styles.quiet}>{unit.port}</span>
      {canReplace && (
        <Button
          look="quiet"
          isDisabled={props.isDisabled}
          onPress={props.onReplace}
          aria-label={`${t('job.replace')} ${nameOf(unit)}`}
        >
          {t('job.replace')}
        </Button>
      )}
    </span>
  );
}

/** How far a step of the unit is; a link to its wizard where there is one. */
export function StageLink(props: { unit: JobUnit; kind: WizardKind; status: StageStatus }) {
  const { unit, kind, status } = props;
  const { t } = useTranslation();
  const word = t(`stage.${kind}.${status}`);
  const wizard = unit.wizards[kind];
  if (wizard === null) return <StatusMark status={marks[status]} word={word} />;
  return (
    <a className={styles.stage} href={linkTo(kind, wizard)} aria-label={`${nameOf(unit)}: ${word}`}>
      <StatusMark status={marks[status]} word={word} />
    </a>
  );
}

export function NextStep(props: {
  unit: JobUnit;
  /** The first unit that has something left to do carries the page's one main button. */
  isFirst: boolean;
  isDisabled: boolean;
  onOpen: () => void;
}) {
  const { unit, onOpen } = props;
  const { t } = useTranslation();
  if (unit.next === 'none') {
    return (
      <Button look="quiet" onPress={onOpen}>
        {t('job.seeReport')}
      </Button>
    );
  }
  return (
    <Button
      look={props.isFirst ? 'main' : 'plain'}
      isDisabled={props.isDisabled}
      aria-label={`${t(`job.nextStep.${unit.next}`)} ${nameOf(unit)}`}
      onPress={onOpen}
    >
      {t(`job.nextStep.${unit.next}`)}
      <Icon name="right" size={16} />
    </Button>
  );
}
