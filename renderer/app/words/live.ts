export const en = {
  live: {
    title: 'Live',
    titleOf: 'Live: {unit}',
    window: 'Time shown',
    windows: { '30': '30 s', '120': '2 min', '600': '10 min' },
    emptyTitle: 'Nothing to watch yet',
    emptyBody:
      'A provisioned unit sends its values here, at every scan. Provision the first one from the job.',
    aged: '{seconds} s old',
  },
  chart: {
    channel: 'Channel',
    time: 'Time of day',
    keys: 'Plus and minus zoom, arrow keys move, 0 goes back.',
    table: 'Figures as a table',
    last: 'Last',
    min: 'Min',
    mean: 'Mean',
    max: 'Max',
    n: 'Samples',
    missing: 'Without value',
    gaps: 'Gaps',
    nothingYet: 'No value yet',
  },
};

export const de: typeof en = {
  live: {
    title: 'Live',
    titleOf: 'Live: {unit}',
    window: 'Gezeigte Zeit',
    windows: { '30': '30 s', '120': '2 min', '600': '10 min' },
    emptyTitle: 'Noch nichts zu sehen',
    emptyBody:
      'Ein eingerichtetes Gerät sendet seine Werte hierher, bei jeder Abtastung. Das erste vom Auftrag aus einrichten.',
    aged: '{seconds} s alt',
  },
  chart: {
    channel: 'Kanal',
    time: 'Uhrzeit',
    keys: 'Plus und Minus ändern den Ausschnitt, Pfeiltasten verschieben, 0 geht zurück.',
    table: 'Zahlen als Tabelle',
    last: 'Letzter',
    min: 'Min',
    mean: 'Mittel',
    max: 'Max',
    n: 'Werte',
    missing: 'Ohne Wert',
    gaps: 'Lücken',
    nothingYet: 'Noch kein Wert',
  },
};
