/**
 * What the compiler, the contract and the reader of the text view have against a rule, and the German for it. `{1}`,
 * `{2}` stand for what differs; what stands there may itself be in this table.
 */
export const germanMistakes: Readonly<Record<string, string>> = {
  // The compiler.
  'is more than the {1} conditions that are named': 'ist mehr als die {1} genannten Bedingungen',
  'is the same condition as "first": it never fires': 'ist dieselbe Bedingung wie "first": löst nie aus',
  'is the rule itself': 'ist die Regel selbst',
  'is not a rule; there are: {1}': 'ist keine Regel; es gibt: {1}',
  'is named twice': 'ist zweimal genannt',
  'is itself inhibited by {1}: the rules would silence each other in a circle':
    'wird selbst von {1} unterdrückt: die Regeln brächten einander im Kreis zum Schweigen',
  'needs more {1} than a unit has room for, {2}': 'braucht mehr {1}, als ein Gerät Platz hat, {2}',
  inputs: 'Eingänge',
  signals: 'Signale',
  conditions: 'Bedingungen',
  'is longer than a unit can wait, {1} days': 'ist länger, als ein Gerät warten kann, {1} Tage',
  'must be longer than 0': 'muss länger als 0 sein',
  'needs {1} samples, and a unit keeps {2}; smooth the sensor, or say how many samples it keeps':
    'braucht {1} Abtastungen, und ein Gerät behält {2}; den Sensor glätten oder sagen, wie viele Abtastungen er behält',
  'is not a channel of the unit; it has: {1}': 'ist kein Kanal des Geräts; es hat: {1}',
  'must have a range of at most 2^21 steps on a small board; choose a larger quantum':
    'darf auf einem kleinen Board höchstens 2^21 Schritte Bereich haben; größere Schritte wählen',
  'must count in the same steps: {1} is not {2}': 'muss in denselben Schritten zählen: {1} ist nicht {2}',
  'is a difference of too many differences': 'ist eine Differenz von zu vielen Differenzen',
  'is more than a small board can count': 'ist mehr, als ein kleines Board zählen kann',
  'is more than a small board can count with {1} samples':
    'ist mehr, als ein kleines Board mit {1} Abtastungen zählen kann',
  'is beyond what the unit can count': 'liegt jenseits dessen, was das Gerät zählen kann',
  'is not a whole number of steps of {1} {2}': 'ist keine ganze Zahl von Schritten zu {1} {2}',
  'is not a whole number of steps of {1}': 'ist keine ganze Zahl von Schritten zu {1}',
  'must be above 0 and close to whole steps of {1} per {2}':
    'muss über 0 und nahe an ganzen Schritten von {1} je {2} liegen',
  'is too long for so high a rate': 'ist zu lang für eine so hohe Änderungsrate',
  'must be a number of sixteenths from 0.0625 to 127.9375, such as "6" or "4.5"':
    'muss eine Zahl in Sechzehnteln von 0.0625 bis 127.9375 sein, etwa "6" oder "4.5"',
  'is more than the unit can count for this difference of sensors':
    'ist mehr, als das Gerät für diese Differenz von Sensoren zählen kann',
  'is a contradiction: it can never hold, the rule never fires':
    'ist ein Widerspruch: kann nie gelten, die Regel löst nie aus',
  'is always true: the rule never clears': 'gilt immer: die Regel setzt sich nie zurück',
  'is longer than the time of day lasts: the rule never fires':
    'ist länger, als die Tageszeit dauert: die Regel löst nie aus',
  'is the id of an earlier rule': 'ist der Name einer früheren Regel',
  "is outside the sensor's range, {1} to {2} {3}": 'liegt außerhalb des Sensorbereichs, {1} bis {2} {3}',
  "is outside the sensor's range, {1} to {2}": 'liegt außerhalb des Sensorbereichs, {1} bis {2}',
  'must not be negative': 'darf nicht negativ sein',
  'leaves no value within the sensor’s range on its other side':
    'lässt auf der anderen Seite keinen Wert im Sensorbereich übrig',
  'must name the lower limit first': 'muss die untere Grenze zuerst nennen',
  'is too wide: between the limits no value is left that clears':
    'ist zu breit: zwischen den Grenzen bleibt kein Wert, der zurücksetzt',
  'is the whole range of the sensor: it never fires': 'ist der ganze Bereich des Sensors: löst nie aus',

  // A template.
  'is the same channel twice': 'ist zweimal derselbe Kanal',

  // The contract.
  'must be a decimal number as text, such as "25.0"': 'muss eine Dezimalzahl sein, etwa 25.0',
  'must be lower-case letters, digits and -, starting with a letter, at most 31':
    'darf nur Kleinbuchstaben, Ziffern und - haben, einen Buchstaben zuerst, höchstens 31',
  'must be lower-case letters, digits and -, at most 31':
    'darf nur Kleinbuchstaben, Ziffern und - haben, höchstens 31',
  'must be lower-case letters, digits and _, starting with a letter, at most 16':
    'darf nur Kleinbuchstaben, Ziffern und _ haben, einen Buchstaben zuerst, höchstens 16',
  'must be 0 or 1': 'muss 0 oder 1 sein',
  'must be a duration, such as "500ms", "5s", "2min", "1h"':
    'muss eine Dauer sein, etwa "500ms", "5s", "2min", "1h"',
  'needs exactly one test, such as "above" or "below"; there are: {1}':
    'braucht genau eine Prüfung, etwa "above" oder "below"; es gibt: {1}',
  'must not stand beside "{1}"': 'darf nicht neben "{1}" stehen',
  'must stand beside "average", "lowest" or "highest"':
    'muss neben "average", "lowest" oder "highest" stehen',
  'must stand beside the name of a sensor': 'muss neben dem Namen eines Sensors stehen',
  'must stand beside "{1}"': 'muss neben "{1}" stehen',
  'needs exactly one of "followedBy" and "without" beside "first"':
    'braucht genau eines von "followedBy" und "without" neben "first"',
  'must be a time of day, such as "08:30"': 'muss eine Tageszeit sein, etwa "08:30"',
  'must not have a day twice': 'darf keinen Tag zweimal haben',
  'Invalid option: expected one of {1}': 'muss eines hiervon sein: {1}',
  'Too big: expected number to be <={1}': 'darf höchstens {1} sein',
  'Too small: expected number to be >={1}': 'muss mindestens {1} sein',
  'Too big: expected string to have <={1} characters': 'darf höchstens {1} Zeichen haben',
  'Too big: expected array to have <={1} items': 'dürfen höchstens {1} sein',
  'Too small: expected array to have >={1} items': 'müssen mindestens {1} sein',
  'Invalid input': 'passt nicht',

  // The text view.
  '{1} is missing: {2}': '{1} fehlt: {2}',
  'here stands "{1}"': 'hier steht "{1}"',
  'column {1}: {2}': 'Spalte {1}: {2}',
  'the text ends': 'der Text endet',
  'the text is too long': 'der Text ist zu lang',
  'no rule stands here': 'hier steht keine Regel',
  'a quotation mark is not closed': 'ein Anführungszeichen ist nicht geschlossen',
  'this text in quotation marks cannot be read': 'dieser Text in Anführungszeichen ist nicht lesbar',
  'conditions stand too deep in each other': 'Bedingungen stehen zu tief ineinander',
  'sources stand too deep in each other': 'Quellen stehen zu tief ineinander',
  'a test is missing, such as "above": {1}': 'eine Prüfung fehlt, etwa "above": {1}',
  'a rate is per s, per min or per h': 'eine Änderungsrate ist per s, per min oder per h',
  'it learns "normal" or "always"': 'gelernt wird "normal" oder "always"',
  '"{1}" is said twice': '"{1}" ist zweimal gesagt',
  'nothing of a rule begins like this: {1}': 'so beginnt nichts an einer Regel: {1}',
  'nothing of a condition goes on like this: {1}': 'so geht keine Bedingung weiter: {1}',
  'how many': 'wie viele',
  'how many times': 'wie viele Male',
  'how many samples': 'wie viele Abtastungen',
  'how many points': 'wie viele Punkte',
  'how many times the usual deviation': 'wie viele Male die übliche Abweichung',
  'how it is smoothed': 'wie geglättet wird',
  'when it learns': 'wann gelernt wird',
  'the memory': 'das Gedächtnis',
  'a time': 'eine Zeit',
  'a time of day': 'eine Tageszeit',
  'a unit of time': 'eine Zeiteinheit',
  'a value': 'ein Wert',
  'a sensor': 'ein Sensor',
  'a rule': 'eine Regel',
  'a text': 'ein Text',
  'the id of the rule': 'der Name der Regel',
  'the name of a group': 'der Name einer Gruppe',
  'the number of the output': 'die Nummer des Ausgangs',
  '0 or 1': '0 oder 1',
  'clear, fire or keep': 'clear, fire oder keep',
  'low, medium or high': 'low, medium oder high',
};
