import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Result } from '../../../shared/contract/contract.ts';
import type { RuleEvent } from '../../../shared/contract/devices.ts';
import { Button } from '../../ui/Button.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Table } from '../../ui/Table.tsx';
import { FailureNotice } from '../common/FailureNotice.tsx';
import form from '../common/form.module.css';
import { useHost } from '../common/host.ts';
import { showTime } from '../common/show.ts';
import { useCall } from '../common/useCall.ts';
import styles from './lab.module.css';
import type { LabProps } from './labProps.ts';
import { spanText } from './times.ts';

type Events = Result<'unit.events'>;

/** Rule events that the unit still has of its present boot. */
export function UnitEvents({ state }: LabProps) {
  const { t } = useTranslation();
  const host = useHost();
  const { run, running, failure } = useCall();
  const [found, setFound] = useState<Events | null>(null);
  const bring = () =>
    run(async () => {
      setFound(await host.call('unit.events', { unit: state.unit }));
    });
  return (
    <section className={form.stack} aria-label={t('lab.unitEvents')}>
      <h2 className={styles.heading}>{t('lab.unitEvents')}</h2>
      <div className={form.line}>
        <Button isDisabled={running} onPress={bring}>
          {t('lab.bringBack')}
        </Button>
        {found !== null && <p>{t('lab.brought', { count: found.events.length, boot: found.boot })}</p>}
      </div>
      {failure !== null && <FailureNotice failure={failure} />}
      {found !== null && <FoundEvents found={found} state={state} />}
    </section>
  );
}

function FoundEvents({ found, state }: { found: Events; state: LabProps['state'] }) {
  const { t, i18n } = useTranslation();
  const same = found.revision !== null && found.revision === state.compiled?.revision;
  const when = (event: RuleEvent): string => {
    const ago = found.t - event.t;
    return found.wall === null
      ? t('lab.ago', { span: spanText(ago, i18n.language) })
      : showTime(found.wall - ago, i18n.language);
  };
  return (
    <>
      {!same && (
        <StatusMark
          status="caution"
          word={
            found.revision === null
              ? t('lab.unitHasNoRules')
              : t('lab.unitHasOther', { revision: found.revision.slice(0, 8) })
          }
        />
      )}
      {found.forgotten > 0 && <p className={form.note}>{t('lab.forgotten', { count: found.forgotten })}</p>}
      {found.events.length > 0 && (
        <Table<RuleEvent>
          caption={t('lab.unitEvents')}
          hideCaption
          dense
          rows={found.events.toReversed()}
          rowKey={(event) => `${event.seq} ${event.rule} ${event.kind}`}
          columns={[
            {
              id: 'rule',
              title: t('validate.rule'),
              head: true,
              cell: (event) => (same ? state.compiled?.ids[event.rule] : null) ?? String(event.rule),
            },
            { id: 'kind', title: t('lab.what'), cell: (event) => t(`validate.kind.${event.kind}`) },
            { id: 'when', title: t('lab.when'), cell: when },
            { id: 'seq', title: t('validate.frame'), figure: true, cell: (event) => event.seq },
          ]}
        />
      )}
    </>
  );
}
