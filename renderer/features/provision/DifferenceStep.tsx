import { useTranslation } from 'react-i18next';
import type { DifferenceLine } from '../../../shared/contract/configuration.ts';
import type { ProvisionState } from '../../../shared/contract/provision.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Card } from '../../ui/Card.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Fold } from '../../ui/Fold.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import styles from './DifferenceStep.module.css';
import { byFile, bytesPath, pathWords, secretPath, sortLines } from './differenceLines.ts';

interface DifferenceProps {
  state: ProvisionState;
  leftOut: readonly string[];
  onLeftOut: (lines: readonly string[]) => void;
}

/** Factory, as found, to be: every line that the push changes, each to be left out where that is possible. */
export function DifferenceStep(props: DifferenceProps) {
  const { t } = useTranslation();
  const { state, leftOut } = props;
  if (state.difference === null) return null;
  const { changed, unchanged } = sortLines(state.difference, leftOut);
  const isNew = state.asFound === null || state.asFound.files.length === 0;
  return (
    <>
      {changed.length === 0 ? (
        <Banner status="good" title={t('difference.noChange')}>
          {t('difference.noChangeNote')}
        </Banner>
      ) : (
        <p>{t(isNew ? 'difference.allNew' : 'difference.lead', { count: changed.length })}</p>
      )}
      {byFile(changed).map(([file, lines]) => (
        <Lines key={file} {...props} lines={lines} caption={file} />
      ))}
      {unchanged.length > 0 && (
        <Fold title={t('difference.unchanged', { count: unchanged.length })}>
          {byFile(unchanged).map(([file, lines]) => (
            <Lines key={file} {...props} lines={lines} caption={file} />
          ))}
        </Fold>
      )}
    </>
  );
}

function Lines(props: DifferenceProps & { lines: readonly DifferenceLine[]; caption: string }) {
  const { t } = useTranslation();
  const { lines, leftOut, onLeftOut } = props;
  const take = (line: DifferenceLine, isTaken: boolean) =>
    onLeftOut(isTaken ? leftOut.filter((id) => id !== line.id) : [...leftOut, line.id]);
  const choice: Column<DifferenceLine> = {
    id: 'take',
    title: t('difference.change'),
    cell: (line) =>
      line.optional ? (
        <Checkbox
          label={null}
          name={t('difference.changeLine', { line: lineName(line) })}
          value={!leftOut.includes(line.id)}
          onChange={(isTaken) => take(line, isTaken)}
        />
      ) : (
        <span className={styles.needed}>{t('difference.needed')}</span>
      ),
  };
  const columns: Column<DifferenceLine>[] = [
    { id: 'line', title: t('difference.line'), head: true, cell: (line) => <LineName line={line} /> },
    {
      id: 'factory',
      title: t('difference.factory'),
      cell: (line) => <Value text={line.factory} line={line} />,
    },
    {
      id: 'found',
      title: t('difference.asFound'),
      cell: (line) => <Value text={line.asFound} line={line} />,
    },
    {
      id: 'be',
      title: t('difference.toBe'),
      cell: (line) =>
        leftOut.includes(line.id) ? (
          <span className={styles.needed}>{t('difference.staysAsFound')}</span>
        ) : (
          <Value text={line.toBe} line={line} isNew={line.toBe !== line.asFound} />
        ),
    },
  ];
  return (
    <Card title={props.caption}>
      <Table
        caption={props.caption}
        hideCaption
        dense
        rows={lines}
        rowKey={(line) => line.id}
        columns={lines.some((line) => line.optional) ? [choice, ...columns] : columns}
      />
    </Card>
  );
}

const lineName = (line: DifferenceLine): string => `${line.file} ${pathWords(line.path)}`;

function LineName({ line }: { line: DifferenceLine }) {
  const { t } = useTranslation();
  const words = () => {
    if (line.path === secretPath) return t('difference.secret');
    if (line.path === bytesPath) return t(line.optional ? 'difference.sameValues' : 'difference.otherBytes');
    return pathWords(line.path);
  };
  return <span className={styles.name}>{words()}</span>;
}

function Value({
  text,
  line,
  isNew = false,
}: {
  text: string | null;
  line: DifferenceLine;
  isNew?: boolean;
}) {
  const { t } = useTranslation();
  if (text === null) return <span className={styles.absent}>{t('difference.notThere')}</span>;
  if (line.path === secretPath) return <span className={styles.absent}>{t('difference.secretThere')}</span>;
  return <code className={isNew ? styles.new : styles.value}>{text}</code>;
}
