import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryLine } from '../../../shared/contract/certificate.ts';
import type { ProfileChannel } from '../../../shared/contract/profile.ts';
import { decimalPlaces, roundDecimal } from '../../../shared/units/units.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { showSigned } from '../../ui/decimal.ts';
import { Select } from '../../ui/Select.tsx';
import { Table } from '../../ui/Table.tsx';
import { DriftPlot } from '../calibrate/DriftPlot.tsx';
import { VerdictMark } from '../calibrate/VerdictMark.tsx';
import { useDesk } from '../common/desk.ts';
import { FailureNotice } from '../common/FailureNotice.tsx';
import styles from '../common/form.module.css';
import { useHost } from '../common/host.ts';
import { openWizard } from '../common/openWizard.ts';
import { Page } from '../common/Page.tsx';
import { go, linkTo } from '../common/route.ts';
import { showTime, unitSymbol } from '../common/show.ts';
import { useCall } from '../common/useCall.ts';
import { useChannels } from '../common/useChannels.ts';
import { useUnitName } from '../common/useUnitName.ts';
import { driftSeries, largestError } from './history.ts';
import { NextDue } from './NextDue.tsx';

/** A unit's channel over its calibrations. */
export function HistoryPage({ unit, channel: asked }: { unit: string; channel: string | undefined }) {
  const { t } = useTranslation();
  const host = useHost();
  const { run, failure } = useCall();
  const name = useUnitName(unit);
  const channels = useChannels(unit);
  const events = useDesk((desk) => desk.job?.events ?? 0);
  const channel = channels.find((entry) => entry.id === asked) ?? channels[0];
  const [lines, setLines] = useState<HistoryLine[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the record's length says that there may be a new calibration.
  useEffect(() => {
    if (channel === undefined) return;
    run(async () => setLines(await host.call('calibration.history', { unit, channel: channel.id })));
  }, [host, run, unit, channel, events]);
  const last = lines.at(-1);
  return (
    <Page
      title={t('history.title', { unit: name })}
      lead={t('history.lead')}
      actions={
        <span className={styles.row}>
          <Button
            onPress={() =>
              run(() => openWizard(host, 'calibrate', unit, false, ...(channel ? [channel.id] : [])))
            }
          >
            {t('history.again')}
          </Button>
          <Button onPress={() => go('job')}>{t('wizard.toJob')}</Button>
        </span>
      }
    >
      {failure !== null && <FailureNotice failure={failure} />}
      {channels.length > 1 && channel !== undefined && (
        <div className={styles.grid}>
          <Select
            label={t('history.channel')}
            choices={channels.map((entry) => ({ id: entry.id, label: `${entry.id}: ${entry.title}` }))}
            value={channel.id}
            onChange={(id) => go('history', unit, id)}
          />
        </div>
      )}
      {last === undefined || channel === undefined ? (
        <p>{t('history.empty')}</p>
      ) : (
        <>
          <Card title={t('history.chart')}>
            <DriftPlot
              label={t('history.chart')}
              valueTitle={`${t('calibrate.error')} (${unitSymbol(last.unit)})`}
              series={driftSeries(lines)}
              unit={unitSymbol(last.unit)}
              tolerance={last.tolerance}
            />
          </Card>
          <Calibrations lines={lines} channel={channel} />
          <NextDue unit={unit} channel={channel.id} />
        </>
      )}
    </Page>
  );
}

function Calibrations({ lines, channel }: { lines: readonly HistoryLine[]; channel: ProfileChannel }) {
  const { t, i18n } = useTranslation();
  const unit = unitSymbol(channel.unit);
  const worst = ({ asFound }: HistoryLine): string => {
    const error = largestError(asFound)?.error;
    if (error === undefined) return '—';
    return showSigned(roundDecimal(error, decimalPlaces(channel.quantum)), i18n.language);
  };
  return (
    <Card title={t('history.list')}>
      <Table
        caption={t('history.list')}
        hideCaption
        rows={lines.toReversed()}
        rowKey={({ wizard }) => wizard}
        columns={[
          {
            id: 'at',
            title: t('history.at'),
            head: true,
            cell: (line) => <a href={linkTo('calibrate', line.wizard)}>{showTime(line.at, i18n.language)}</a>,
          },
          {
            id: 'verdict',
            title: t('history.verdict'),
            cell: ({ verdict }) => <VerdictMark verdict={verdict} />,
          },
          {
            id: 'adjusted',
            title: t('history.adjustedTitle'),
            cell: ({ adjusted }) => (adjusted ? t('calibrate.yes') : t('calibrate.no')),
          },
          { id: 'largest', title: `${t('history.largest')} (${unit})`, figure: true, cell: worst },
          {
            id: 'certificate',
            title: t('history.certificate'),
            cell: ({ certificate }) => certificate ?? '—',
          },
        ]}
      />
    </Card>
  );
}
