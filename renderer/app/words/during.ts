/** What the host says it was doing when something failed: its English phrase, and the German for it. */
export const germanDuring: Readonly<Record<string, string>> = {
  // The tasks of the wizards.
  'identifying the unit': 'Erkennen des Geräts',
  'reading what the unit holds': 'Lesen des Gerätebestands',
  'pushing to the unit': 'Übertragen auf das Gerät',
  'identifying the reference': 'Erkennen des Normals',
  'taking readings': 'Aufnehmen der Messwerte',
  'writing the calibration': 'Schreiben der Kalibrierung',
  'compiling the rules': 'Übersetzen der Regeln',
  'proving the rules': 'Nachweis der Regeln',
  working: 'Arbeit am Schritt',
  'answering this page': 'Antwort an diese Seite',

  // Runs of a recipe.
  'carrying out the recipe ({name})': 'Ausführen des Rezepts, {name}',
  'carrying out the recipe (provision)': 'Ausführen des Rezepts, Einrichten',
  'carrying out the recipe (calibrate)': 'Ausführen des Rezepts, Kalibrieren',
  'carrying out the recipe (validate)': 'Ausführen des Rezepts, Regeln',
  'carrying out the recipe (report)': 'Ausführen des Rezepts, Bericht',
  'reading the bundle': 'Lesen des Pakets',

  // Ports.
  'listing the ports': 'Auflisten der Anschlüsse',
  'looking at the ports': 'Durchsehen der Anschlüsse',
  'opening the port': 'Öffnen des Anschlusses',
  'opening {name}': 'Öffnen von {name}',
  'writing to {name}': 'Schreiben an {name}',
  connecting: 'Verbinden',
  writing: 'Schreiben',
  'asking who is there': 'Frage, wer da ist',
  'asking what may be done': 'Frage, was erlaubt ist',

  // The unit.
  'asking the unit who it is': 'Frage an das Gerät, wer es ist',
  'listening to the unit': 'Mithören beim Gerät',
  'interrupting the program on the unit': 'Unterbrechen des Programms auf dem Gerät',
  'preparing the unit': 'Vorbereiten des Geräts',
  'leaving the raw REPL': 'Verlassen der Roh-REPL',
  'making room': 'Platz schaffen',
  'pushing files': 'Übertragen der Dateien',
  'cleaning up': 'Aufräumen',
  'reading {name}': 'Lesen von {name}',
  'writing {name}': 'Schreiben von {name}',
  'checking {name}': 'Prüfen von {name}',
  'verifying {name}': 'Verifizieren von {name}',
  'replacing {name}': 'Ersetzen von {name}',

  // The edge agent.
  'starting the edge agent': 'Starten des Agenten',
  'looking for the edge agent': 'Suche nach dem Agenten',
  'greeting the edge agent': 'Begrüßen des Agenten',
  'asking for the hashes': 'Frage nach den Prüfsummen',
  'telling the unit to keep its software': 'Bestätigen der Software auf dem Gerät',
  'the unit tests itself': 'Selbsttest des Geräts',
  'setting the clock': 'Stellen der Uhr',
  'reading the clock': 'Lesen der Uhr',
  'asking for the way to the broker': 'Frage nach dem Weg zum Broker',
  'cutting the unit off from the broker': 'Trennen des Geräts vom Broker',
  'turning the frames on': 'Einschalten der Messreihe',
  'turning the frames off': 'Ausschalten der Messreihe',
  'sending the {name} file': 'Senden der Datei {name}',
  'reading the {name} file': 'Lesen der Datei {name}',
  'putting the {name} file in force': 'Inkraftsetzen der Datei {name}',

  // Measuring.
  'asking the reference who it is': 'Frage an das Normal, wer es ist',
  'asking for the unit of the reading': 'Frage nach der Einheit des Messwerts',
  'asking whether the reference can be driven': 'Frage, ob das Normal sich fahren lässt',
  'reading the reference': 'Ablesen des Normals',
  'driving the reference to its set point': 'Fahren des Normals auf den Sollwert',
  'waiting for its readings': 'Warten auf Messwerte',
  'measuring at {name}': 'Messen bei {name}',
};
