import type { TemplateTranslation } from '../../features/validate/writing/templateWords.ts';

const every = 'Zählt jede Überschreitung?';
const settle = 'Wie lang ist kurz?';
const whichSensor = 'Welcher Kanal?';
const options = {
  'every.yes': 'Ja: jede wird sofort gemeldet und endet, wenn der Wert zurück bleibt',
  'every.no': 'Nein: eine kurze verlangt kein Handeln',
};

/** Templates of the app in German, by their ids and those of their questions and options. */
export const germanTemplates: Readonly<Record<string, TemplateTranslation>> = {
  'too-hot': {
    title: 'Zu heiß',
    purpose: 'Ein Wert liegt höher, als der Prozess oder die Maschine verträgt.',
    rule: 'Zu heiß',
    questions: {
      sensor: whichSensor,
      limit: 'Ab welchem Wert?',
      deadband: 'Wie weit zurück, bis der Alarm endet?',
      every,
      settle,
    },
    options,
  },
  'rising-too-fast': {
    title: 'Steigt zu schnell',
    purpose:
      'Ein Wert steigt schneller, als er es im Normalbetrieb kann: etwas ist ausgefallen, und bis zum Grenzwert bleibt noch Zeit zum Handeln.',
    rule: 'Steigt zu schnell',
    questions: {
      sensor: whichSensor,
      rate: 'Anstieg in einer Minute',
      over: 'Über welche Zeit betrachtet?',
      every,
      settle,
    },
    options,
  },
  'sensor-stuck': {
    title: 'Sensor steht still',
    purpose:
      'Ein Sensor, der sich sonst immer ein wenig bewegt, bewegt sich gar nicht: er ist defekt, eingefroren oder wird festgehalten.',
    rule: 'Sensor steht still',
    questions: { sensor: whichSensor, tolerance: 'Welche Bewegung zählt nicht?', time: 'Wie lange?' },
    options: {},
  },
  'sensor-silent': {
    title: 'Sensor schweigt',
    purpose: 'Es kommt kein Wert oder nur ungültige: alles, was auf diesen Sensor schaut, ist blind.',
    rule: 'Sensor schweigt',
    questions: { sensor: whichSensor, patience: 'Wie lange darf er schweigen?' },
    options: {},
  },
  'pump-short-cycling': {
    title: 'Pumpe taktet',
    purpose:
      'Eine Pumpe oder ein Verdichter läuft immer wieder an: sie verschleißt, und was sie versorgt, stimmt nicht.',
    rule: 'Pumpe taktet',
    questions: {
      sensor: 'Welcher Kanal zeigt, dass sie läuft?',
      running: 'Ab welchem Wert läuft sie?',
      deadband: 'Wie weit zurück, bis sie als aus gilt?',
      starts: 'Wie viele Anläufe sind zu viele?',
      window: 'In welcher Zeit?',
    },
    options: {},
  },
  'two-sensors-disagree': {
    title: 'Zwei Sensoren widersprechen sich',
    purpose: 'Zwei Sensoren derselben Größe zeigen verschiedene Werte: einer von ihnen ist falsch.',
    rule: 'Sensoren widersprechen sich',
    questions: {
      sensor: 'Erster Kanal',
      other: 'Zweiter Kanal',
      difference: 'Welcher Unterschied ist zu groß?',
      deadband: 'Wie viel näher, bis der Alarm endet?',
      every,
      settle,
    },
    options,
  },
  'a-without-b': {
    title: 'Das eine ohne das andere',
    purpose:
      'Etwas geschieht, und was folgen muss, bleibt aus: eine Heizung ist an, und nichts wird warm; eine Pumpe läuft, und nichts fließt.',
    rule: 'Nichts folgte',
    questions: {
      sensor: 'Welcher Kanal zeigt das erste?',
      limit: 'Ab welchem Wert ist es geschehen?',
      other: 'Welcher Kanal zeigt, was folgen muss?',
      otherLimit: 'Ab welchem Wert ist es gefolgt?',
      window: 'In welcher Zeit muss es folgen?',
    },
    options: {},
  },
  unusual: {
    title: 'Ungewöhnlich für diese Maschine',
    purpose:
      'Ein Wert liegt weit von dem, was diese Maschine sonst zeigt; das Gerät lernt es selbst, wo es keinen festen Grenzwert gibt.',
    rule: 'Ungewöhnlich',
    questions: {
      sensor: whichSensor,
      times: 'Wie viele Male die übliche Abweichung?',
      floor: 'Welche Abweichung ist immer üblich?',
      every,
      settle,
    },
    options,
  },
};
