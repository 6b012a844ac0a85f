import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReferenceStandard } from '../../../shared/contract/standards.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FileButton } from '../../ui/FileButton.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Table } from '../../ui/Table.tsx';
import { useDesk } from '../common/desk.ts';
import { FailureNotice } from '../common/FailureNotice.tsx';
import styles from '../common/form.module.css';
import { useHost } from '../common/host.ts';
import { Page } from '../common/Page.tsx';
import { go, linkTo } from '../common/route.ts';
import { unitSymbol } from '../common/show.ts';
import { useCall } from '../common/useCall.ts';
import { StandardDetail } from './StandardDetail.tsx';
import { StandardForm } from './StandardForm.tsx';
import { StateMark } from './StateMark.tsx';
import { standardName } from './standard.ts';

/** The register; with an id, one standard of it. */
export function StandardsPage({ id }: { id: string | undefined }) {
  const standards = useDesk((desk) => desk.standards);
  const one = standards.find((entry) => entry.id === id);
  return one === undefined ? (
    <Register standards={standards} />
  ) : (
    <StandardDetail key={one.id} standard={one} />
  );
}

function Register({ standards }: { standards: readonly ReferenceStandard[] }) {
  const { t } = useTranslation();
  const host = useHost();
  const { run, running, failure } = useCall();
  const [adding, setAdding] = useState(false);
  const [imported, setImported] = useState<string | null>(null);
  const read = (file: File) =>
    run(async () => {
      const { added, known } = await host.call('standards.import', { json: await file.text() });
      setImported(t('standards.imported', { added: added.length, known: known.length }));
    });
  return (
    <Page
      title={t('standards.title')}
      lead={t('standards.lead')}
      actions={
        <span className={styles.row}>
          <FileButton
            label={t('standards.importFile')}
            endings={['.json']}
            onFile={read}
            isDisabled={running}
          />
          <Button look={adding ? 'plain' : 'main'} isDisabled={adding} onPress={() => setAdding(true)}>
            {t('standards.add')}
          </Button>
        </span>
      }
    >
      {failure !== null && <FailureNotice failure={failure} />}
      {imported !== null && <StatusMark status="good" word={imported} />}
      {adding && (
        <Card title={t('standards.add')}>
          <StandardForm
            save={t('standards.save')}
            isDisabled={running}
            onCancel={() => setAdding(false)}
            onSave={(standard) =>
              run(async () => {
                const { id } = await host.call('standards.add', { standard });
                setAdding(false);
                go('standards', id);
              })
            }
          />
        </Card>
      )}
      {standards.length === 0 && !adding ? (
        <EmptyState title={t('standards.emptyTitle')}>
          <p>{t('standards.emptyBody')}</p>
        </EmptyState>
      ) : (
        standards.length > 0 && <Standards standards={standards} />
      )}
    </Page>
  );
}

/** Those in use first, the one that is due next on top. */
function Standards({ standards }: { standards: readonly ReferenceStandard[] }) {
  const { t } = useTranslation();
  const dueOf = (standard: ReferenceStandard) => standard.certificates.at(-1)?.due ?? '';
  const sorted = standards.toSorted(
    (a, b) => Number(a.retired !== null) - Number(b.retired !== null) || dueOf(a).localeCompare(dueOf(b)),
  );
  return (
    <Card>
      <Table
        caption={t('standards.list')}
        hideCaption
        rows={sorted}
        rowKey={({ id }) => id}
        columns={[
          {
            id: 'name',
            title: t('standards.name'),
            head: true,
            cell: (standard) => (
              <a href={linkTo('standards', standard.id)}>
                {standardName(standard)}
                {standard.bench && ` (${t('standards.simulated')})`}
              </a>
            ),
          },
          { id: 'unit', title: t('standards.unit'), cell: ({ unit }) => unitSymbol(unit) },
          {
            id: 'certificate',
            title: t('standards.certificate'),
            cell: ({ certificates }) => certificates.at(-1)?.number,
          },
          { id: 'due', title: t('standards.due'), figure: true, cell: dueOf },
          {
            id: 'state',
            title: t('standards.stateTitle'),
            cell: (standard) => <StateMark standard={standard} />,
          },
        ]}
      />
    </Card>
  );
}
