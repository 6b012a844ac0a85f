import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PortInfo } from '../../../shared/contract/devices.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { needsReference, Recipe } from '../../../shared/contract/recipe.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { FileButton } from '../../ui/FileButton.tsx';
import { Select } from '../../ui/Select.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { useDesk } from '../common/desk.ts';
import styles from '../common/form.module.css';
import { type HostClient, useHost } from '../common/host.ts';
import { portWords } from '../common/ports.ts';
import type { Call } from '../common/useCall.ts';
import { NamesDialog } from '../names/NamesDialog.tsx';
import { useNames } from '../names/names.ts';

/** What every unit gets, which units, which reference, and which names. */
export function QueueSetup({ call, isFirst }: { call: Call; isFirst: boolean }) {
  const { t } = useTranslation();
  const host = useHost();
  const [recipe, setRecipe] = useRecipe(host, call);
  const all = useDesk((desk) => desk.ports);
  const units = all.filter((port) => port.looksLike !== 'reference');
  const [choices, setChoices] = useState<Readonly<Record<string, boolean>>>({});
  const [picked, setReference] = useState<string | null>(null);
  const { rows, keep } = useNames();
  const [listing, setListing] = useState(false);
  // A port of which nobody knows what is on it is left alone until somebody says so.
  const isTaken = ({ port, looksLike }: PortInfo) => choices[port] ?? looksLike === 'unit';
  const taken = units.filter(isTaken).map(({ port }) => port);
  const reference = picked ?? all.find((port) => port.looksLike === 'reference')?.port ?? null;
  const blocked = whyNot(recipe, taken, reference);
  const start = () =>
    call.run(async () => {
      if (recipe === null) return;
      const names = [...rows];
      useDesk.setState({ queue: await host.call('queue.start', { recipe, ports: taken, reference, names }) });
    });
  return (
    <Card title={isFirst ? t('many.setup') : t('many.again')}>
      <div className={styles.line}>
        <StatusMark
          status={recipe === null ? 'none' : 'good'}
          word={recipe === null ? t('many.noRecipe') : t('many.recipe', { title: recipe.title })}
        />
        <FileButton
          label={t('many.recipeFile')}
          endings={['.json']}
          onFile={(file) => call.run(async () => setRecipe(await readRecipe(file)))}
        />
      </div>
      <div className={styles.grid}>
        <fieldset className={styles.group}>
          <legend>{t('many.units')}</legend>
          {units.length === 0 && <p>{t('provision.noPort')}</p>}
          {units.map((port) => (
            <Checkbox
              key={port.port}
              label={[port.port, t(`port.${port.looksLike}`)].join(' · ')}
              value={isTaken(port)}
              onChange={(isWanted) => setChoices({ ...choices, [port.port]: isWanted })}
            />
          ))}
        </fieldset>
        <div className={styles.stack}>
          <Select
            label={t('many.reference')}
            choices={all.map((port) => ({ id: port.port, label: port.port, detail: portWords(port) }))}
            value={reference}
            onChange={setReference}
          />
          <p>{rows.length === 0 ? t('many.names') : t('many.namesOf', { count: rows.length })}</p>
          <div className={styles.row}>
            <Button onPress={() => setListing(true)}>
              {rows.length === 0 ? t('names.import') : t('names.seeList', { count: rows.length })}
            </Button>
          </div>
        </div>
      </div>
      <div className={styles.line}>
        <Button look="main" isDisabled={call.running || blocked !== null} onPress={start}>
          {t('many.start', { count: taken.length })}
        </Button>
        {blocked !== null && <StatusMark status="caution" word={t(`many.blocked.${blocked}`)} />}
      </div>
      {listing && (
        <NamesDialog rows={rows} hardwareId={null} onRows={keep} onClose={() => setListing(false)} />
      )}
    </Card>
  );
}

function whyNot(recipe: Recipe | null, taken: readonly string[], reference: string | null) {
  if (recipe === null) return 'recipe';
  if (taken.length === 0) return 'units';
  if (reference === null && needsReference(recipe)) return 'reference';
  return null;
}

/** The recipe to carry out: that of the bench to begin with, where there is one. */
function useRecipe(host: HostClient, { run }: Call): [Recipe | null, (recipe: Recipe) => void] {
  const [recipe, setRecipe] = useState<Recipe | null>(null);
  const bench = useDesk((desk) => desk.info?.bench ?? false);
  useEffect(() => {
    if (bench) run(async () => setRecipe(await host.call('recipe.demo', {})));
  }, [host, run, bench]);
  return [recipe, setRecipe];
}

/** The host checks it once more; what is plainly no recipe is said here, before anything is started. */
async function readRecipe(file: File): Promise<Recipe> {
  const text = await file.text();
  let read: unknown = null;
  try {
    read = JSON.parse(text);
  } catch (thrown) {
    throw new Failure('FILE_UNREADABLE', { path: file.name, detail: 'it is not JSON' }, { cause: thrown });
  }
  const recipe = Recipe.safeParse(read);
  if (recipe.success) return recipe.data;
  const issue = recipe.error.issues[0];
  throw new Failure('FILE_UNREADABLE', {
    path: file.name,
    detail: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it is no recipe'}`,
  });
}
