import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProvisionState, UnitSettings } from '../../../shared/contract/provision.ts';
import type { SoftwareChoice } from '../../../shared/contract/software.ts';
import { useDesk } from '../common/desk.ts';
import { type ConnectionDraft, draftOf, readDraft } from './connectionDraft.ts';
import { firstSettings, newestConnection } from './settings.ts';
import { type SecretEntry, useSecretEntry } from './useSecretEntry.ts';

/** What is typed at this wizard and not sent yet. */
export interface Drafts {
  settings: UnitSettings;
  setSettings: (settings: UnitSettings) => void;
  software: SoftwareChoice;
  setSoftware: (software: SoftwareChoice) => void;
  connection: ConnectionDraft;
  setConnection: (connection: ConnectionDraft) => void;
  secrets: SecretEntry;
  /** The connection as the contract takes it, or what is wrong with it. */
  read: ReturnType<typeof readDraft>;
  leftOut: readonly string[];
  setLeftOut: (lines: readonly string[]) => void;
}

export function useDrafts(state: ProvisionState): Drafts {
  const { t } = useTranslation();
  const profiles = useDesk((desk) => desk.profiles);
  const wizards = useDesk((desk) => desk.wizards);
  const [settings, setSettings] = useState<UnitSettings | null>(null);
  const [software, setSoftware] = useState<SoftwareChoice | null>(null);
  const [typed, setConnection] = useState<ConnectionDraft | null>(null);
  const [leftOut, setLeftOut] = useState<{ of: unknown; lines: readonly string[] } | null>(null);
  const given =
    state.connection === null
      ? forTheNextUnit(draftOf(newestConnection(state, Object.values(wizards))))
      : draftOf(state.connection);
  const connection = typed ?? given;
  const tag = (settings ?? state.settings)?.tag ?? '';
  const secrets = useSecretEntry(
    // A label is a plate text: at most 60 letters.
    (slot) => t(`connect.secretLabel.${slot}`, { tag }).slice(0, 60),
    (slot, ref) =>
      setConnection((before) => {
        const present = before ?? given;
        return { ...present, secrets: { ...present.secrets, [slot]: ref } };
      }),
  );
  return {
    settings: settings ?? state.settings ?? firstSettings(state, profiles),
    setSettings,
    software: software ?? state.software,
    setSoftware,
    connection,
    setConnection,
    secrets,
    read: readDraft(connection, secrets.entered),
    // A new plan begins with what it was made from.
    leftOut: leftOut?.of === state.plan && leftOut.of !== null ? leftOut.lines : state.leftOut,
    setLeftOut: (lines) => setLeftOut({ of: state.plan, lines }),
  };
}

/** Every unit has a password and an address of its own. */
const forTheNextUnit = (draft: ConnectionDraft): ConnectionDraft => ({
  ...draft,
  ip: '',
  secrets: { ...draft.secrets, unit: null },
});
