import { useEffect, useEffectEvent } from 'react';
import { Autocomplete, Input, ListBox, ListBoxItem, SearchField, useFilter } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../features/common/desk.ts';
import { FailureNotice } from '../features/common/FailureNotice.tsx';
import { useHost } from '../features/common/host.ts';
import { addUnit, openWizard, replaceUnit } from '../features/common/openWizard.ts';
import { go } from '../features/common/route.ts';
import { shortId } from '../features/common/show.ts';
import { useCall } from '../features/common/useCall.ts';
import { Dialog } from '../ui/Dialog.tsx';
import styles from './Palette.module.css';

interface Command {
  id: string;
  label: string;
  run: () => void | Promise<void>;
}

export function usePaletteKey(open: () => void): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
    event.preventDefault();
    open();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}

function useCommands(): Command[] {
  const { t } = useTranslation();
  const host = useHost();
  const units = useDesk((desk) => desk.job?.units ?? null) ?? [];
  const ports = useDesk((desk) => desk.ports);
  const rooms = (
    ['job', 'many', 'batch', 'live', 'rules', 'standards', 'reports', 'bench', 'demo', 'settings'] as const
  ).map((room) => ({
    id: `room ${room}`,
    label: t('palette.goTo', { room: t(`app.room.${room}`) }),
    run: () => go(room),
  }));
  const works = units.flatMap((unit) => {
    const tag = unit.settings?.tag;
    const twins = units.filter((other) => other.settings?.tag === tag).length > 1;
    const id = shortId(unit.hardwareId);
    const name = tag === undefined ? id : twins ? `${tag} (${id})` : tag;
    const wizards = (['provision', 'calibrate', 'validate'] as const).map((kind) => ({
      id: `${kind} ${unit.hardwareId}`,
      label: `${name}: ${t(`job.nextStep.${kind}`)}`,
      run: () => openWizard(host, kind, unit.hardwareId),
    }));
    const watch = {
      id: `live ${unit.hardwareId}`,
      label: `${name}: ${t('app.room.live')}`,
      run: () => go('live', unit.hardwareId),
    };
    const report = {
      id: `report ${unit.hardwareId}`,
      label: `${name}: ${t('job.nextStep.report')}`,
      run: () => go('reports', unit.hardwareId),
    };
    const history = {
      id: `history ${unit.hardwareId}`,
      label: t('history.of', { name }),
      run: () => go('history', unit.hardwareId),
    };
    const replace = {
      id: `replace ${unit.hardwareId}`,
      label: `${name}: ${t('job.replace')}`,
      run: () => replaceUnit(host, unit.hardwareId),
    };
    return [...wizards, watch, report, history, ...(unit.replacedBy === null ? [replace] : [])];
  });
  const known = new Set(units.filter((unit) => unit.present).map((unit) => unit.port));
  const adds = ports
    .filter((port) => port.looksLike !== 'reference' && !known.has(port.port))
    .map((port) => ({
      id: `add ${port.port}`,
      label: `${t('job.addUnit')}: ${port.port}`,
      run: () => addUnit(host, port.port),
    }));
  return [...works, ...adds, ...rooms];
}

/** Every place and every next thing, by typing a part of its name. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const commands = useCommands();
  const { contains } = useFilter({ sensitivity: 'base' });
  const { run, failure } = useCall();
  // It stays open until the command is carried out, so that a wizard that cannot be opened says so here.
  const act = (id: unknown) =>
    run(async () => {
      await commands.find((entry) => entry.id === id)?.run();
      onClose();
    });
  return (
    <Dialog title={t('app.commandsLong')} isOpen onClose={onClose}>
      {failure !== null && <FailureNotice failure={failure} />}
      <div className={styles.box}>
        <Autocomplete filter={contains}>
          <SearchField aria-label={t('app.commandsLong')} autoFocus className={styles.search ?? ''}>
            <Input className={styles.input ?? ''} placeholder={t('palette.placeholder')} />
          </SearchField>
          <ListBox
            aria-label={t('app.commandsLong')}
            items={commands}
            onAction={act}
            renderEmptyState={() => <p>{t('palette.nothing')}</p>}
          >
            {(command) => (
              <ListBoxItem id={command.id} textValue={command.label} className={styles.item ?? ''}>
                {command.label}
              </ListBoxItem>
            )}
          </ListBox>
        </Autocomplete>
      </div>
    </Dialog>
  );
}
