export const en = {
  difference: {
    lead_one:
      '{count} line changes. Nothing is written before you push; leave out what should stay as it was found.',
    lead_other:
      '{count} lines change. Nothing is written before you push; leave out what should stay as it was found.',
    allNew_one: 'The unit held no configuration: {count} line is new.',
    allNew_other: 'The unit held no configuration: all {count} lines are new.',
    noChange: 'The configuration stays as it was found, byte for byte',
    noChangeNote: 'Only software that the unit does not hold yet will be pushed.',
    unchanged_one: '{count} line stays as it was found',
    unchanged_other: '{count} lines stay as they were found',
    change: 'Change',
    changeLine: 'Change {line}',
    needed: 'Needed',
    line: 'Line',
    factory: 'Factory',
    asFound: 'As found',
    toBe: 'To be',
    notThere: 'Not there',
    staysAsFound: 'Stays as found',
    sameValues: 'Same values, written in other bytes',
    otherBytes: 'The whole file, in other bytes',
    secret: 'Secrets of the unit',
    secretThere: 'There, never shown and never compared',
    apply: 'Work it out anew',
    toPush: 'See what is pushed',
  },
};

export const de: typeof en = {
  difference: {
    lead_one:
      '{count} Zeile ändert sich. Vor der Übertragung wird nichts geschrieben; weglassen, was bleiben soll, wie es war.',
    lead_other:
      '{count} Zeilen ändern sich. Vor der Übertragung wird nichts geschrieben; weglassen, was bleiben soll, wie es war.',
    allNew_one: 'Das Gerät hatte keine Konfiguration: {count} Zeile ist neu.',
    allNew_other: 'Das Gerät hatte keine Konfiguration: alle {count} Zeilen sind neu.',
    noChange: 'Die Konfiguration bleibt, wie sie vorgefunden wurde, Byte für Byte',
    noChangeNote: 'Übertragen wird nur Software, die das Gerät noch nicht hat.',
    unchanged_one: '{count} Zeile bleibt, wie sie war',
    unchanged_other: '{count} Zeilen bleiben, wie sie waren',
    change: 'Ändern',
    changeLine: '{line} ändern',
    needed: 'Nötig',
    line: 'Zeile',
    factory: 'Werk',
    asFound: 'Vorgefunden',
    toBe: 'Künftig',
    notThere: 'Nicht da',
    staysAsFound: 'Bleibt wie vorgefunden',
    sameValues: 'Gleiche Werte, in anderen Bytes geschrieben',
    otherBytes: 'Die ganze Datei, in anderen Bytes',
    secret: 'Geheimnisse des Geräts',
    secretThere: 'Da, nie gezeigt und nie verglichen',
    apply: 'Neu ermitteln',
    toPush: 'Übertragung ansehen',
  },
};
