import { type FailureCode, failureTable } from '../../../shared/contract/failure.ts';

type Words = Record<FailureCode, { what: string; next: string }>;

/** English is the table of the contract itself. */
export const en = { failure: failureTable satisfies Words as Words };

export const de: { failure: Words } = {
  failure: {
    PORT_NOT_FOUND: {
      what: 'Den Anschluss {port} gibt es nicht.',
      next: 'Kabel und Anschluss prüfen, dann erneut versuchen.',
    },
    PORT_BUSY: {
      what: 'Der Anschluss {port} wird von einem anderen Programm benutzt.',
      next: 'Das andere Programm schließen, dann erneut versuchen.',
    },
    PORT_PERMISSION: {
      what: 'Dieser Benutzer darf den Anschluss {port} nicht öffnen.',
      next: 'Den Benutzer in die Gruppe des Anschlusses aufnehmen (dialout oder uucp), neu anmelden, dann erneut versuchen.',
    },
    PORT_LOST: {
      what: 'Die Verbindung an {port} ging verloren ({during}).',
      next: 'Das Gerät wieder anschließen. Es geht nur mit demselben Gerät weiter.',
    },
    PORT_FAILED: {
      what: 'Der Anschluss {port} ist gestört: {detail}.',
      next: 'Das Gerät ab- und wieder anstecken, dann erneut versuchen.',
    },
    NO_REPLY: {
      what: 'An {port} hat innerhalb von {seconds} s nichts geantwortet ({during}).',
      next: 'Prüfen, ob das Gerät Strom hat und dies sein Anschluss ist, dann erneut versuchen.',
    },
    REPLY_UNREADABLE: {
      what: 'Was {port} sendete, war nicht zu verstehen ({during}): {detail}.',
      next: 'Baudrate und Art des Geräts prüfen, dann erneut versuchen.',
    },
    LINE_TOO_SLOW: {
      what: 'Die Leitung an {port} ist zu langsam ({during}): etwa {rate} Byte kommen in der Sekunde darüber.',
      next: 'Gerät und Anschluss auf eine höhere Baudrate stellen (9600 oder mehr), oder den USB-Anschluss des Geräts selbst benutzen.',
    },
    WRONG_UNIT: {
      what: 'An {port} ist ein anderes Gerät: erwartet {expected}, gefunden {found}. Es wurde nichts darauf geschrieben.',
      next: 'Das Gerät {expected} anschließen oder für das neue beginnen.',
    },
    UNIT_UNSUPPORTED: {
      what: 'Das Gerät an {port} wird nicht unterstützt: {detail}.',
      next: 'MicroPython 1.20 oder neuer auf das Gerät bringen, dann erneut versuchen.',
    },
    UNIT_REFUSED: {
      what: 'Das Gerät lehnte ab ({during}): {detail}.',
      next: 'Die Einzelheit lesen, beheben, dann erneut versuchen.',
    },
    NO_SPACE: {
      what: 'Auf dem Gerät ist kein Platz mehr ({during}): {needed} Bytes nötig, {free} frei.',
      next: 'Dateien vom Gerät entfernen, dann erneut übertragen.',
    },
    VERIFY_FAILED: {
      what: 'Was das Gerät als {path} hat, ist nicht das Gesendete: erwartet {expected}, zurückgelesen {found}.',
      next: 'Erneut übertragen. Geschieht es zweimal, das Kabel wechseln.',
    },
    AGENT_NOT_RUNNING: {
      what: 'Der Agent an {port} antwortet nicht.',
      next: 'Das Gerät zuerst einrichten; ist es eingerichtet, neu starten und erneut versuchen.',
    },
    REFERENCE_UNREADABLE: {
      what: 'Das Normal an {port} gab keinen brauchbaren Messwert: {detail}.',
      next: 'Prüfen, ob das Normal eingeschaltet ist und einen Wert zeigt, dann erneut versuchen.',
    },
    NOT_STABLE: {
      what: 'Kein ruhiger Messwert bei {point} innerhalb von {seconds} s: {detail}.',
      next: 'Warten, bis das Bad ruhig ist, oder mit begründeter Ausnahme aufnehmen.',
    },
    CALIBRATION_CHANGED: {
      what: 'Die Kalibrierung des Kanals {channel} im Gerät wurde geändert, während der Eingangszustand gemessen wurde.',
      next: 'Eine neue Kalibrierung beginnen: das bisher Gemessene gehört nicht zu dem, womit das Gerät jetzt rechnet.',
    },
    STANDARD_UNSUITABLE: {
      what: 'Das Normal {serial} darf hierfür nicht verwendet werden: {detail}.',
      next: 'Ein Normal verwenden, das gültig, im Bereich und gut genug ist, oder sagen, warum dieses verwendet wird; der Schein druckt es ab.',
    },
    STANDARD_INVALID: {
      what: 'Das Normal {standard} kann nicht in das Verzeichnis eingetragen werden: {detail}.',
      next: 'Das Genannte berichtigen, dann erneut eintragen. Nichts wurde eingetragen.',
    },
    READINGS_DISAGREE: {
      what: 'Die beiden Eingaben des Messwerts sind verschieden: {first} und {again}.',
      next: 'Das Normal noch einmal ablesen und zweimal denselben Wert eingeben.',
    },
    CERTIFICATE_NOT_ISSUED: {
      what: 'Es kann kein Kalibrierschein ausgestellt werden: {detail}.',
      next: 'Ergänzen, was genannt ist, dann erneut ausstellen. Was vorher ausgestellt wurde, ist unverändert.',
    },
    DOSSIER_INVALID: {
      what: 'Das Dossier {path} ist nicht so, wie es unterschrieben wurde: {part}: {detail}.',
      next: 'Das Original von dem erbitten, der es weitergegeben hat. Auf diese Kopie ist kein Verlass.',
    },
    FIT_IMPOSSIBLE: {
      what: 'Es ist keine Anpassung möglich: {detail}.',
      next: 'An mehr verschiedenen Punkten messen oder ein Modell mit weniger Koeffizienten wählen.',
    },
    RULES_INVALID: {
      what: 'Der Regelsatz ist nicht zu gebrauchen: {detail}.',
      next: 'Die genannte Regel berichtigen.',
    },
    DECISIONS_DIFFER: {
      what: 'Gerät und App entschieden verschieden: {detail}.',
      next: 'Dieses Gerät nicht für Alarme nutzen. Regeln erneut übertragen und nachweisen.',
    },
    ENGINE_DIFFERS: {
      what: 'Das Gerät entscheidet nach Regelwerk-Version {unit}, diese App nach Version {app}: Was hier geprüft wurde, liefe dort nicht so.',
      next: 'Zuerst die Software dieser App auf das Gerät übertragen, dann die Regeln.',
    },
    SELF_TEST_FAILED: {
      what: 'Bei {vectors} Prüfvektoren zu diesen Regeln hat das Gerät anders entschieden als die App.',
      next: 'Die Software dieser App auf das Gerät übertragen, dann die Regeln erneut. Dem Gerät bis dahin nicht vertrauen.',
    },
    TRIAL_INVALID: {
      what: 'So lassen sich die Regeln nicht erproben: {detail}.',
      next: 'Das Genannte berichtigen, dann erneut versuchen.',
    },
    RULE_TEST_FAILED: {
      what: 'Ein Test, der zu diesen Regeln gehört, schlägt fehl: {detail}.',
      next: 'Die Regel berichtigen; oder den Test entfernen, wenn nicht mehr gilt, was er erwartet.',
    },
    RULES_CHANGED: {
      what: 'Auf dem Gerät stehen nicht die übertragenen Regeln: {found} statt {expected}.',
      next: 'Klären, wer sie geändert hat, dann die Regeln erneut übertragen und den Nachweis wiederholen.',
    },
    RULE_NOT_PROVEN: {
      what: 'Nicht jede Regel wurde innerhalb von {seconds} s beim Auslösen und Zurücksetzen gesehen: {detail}.',
      next: 'Die Messgröße durch die Schwellen fahren, dann erneut nachweisen.',
    },
    RECIPE_INVALID: {
      what: 'Das Rezept ist nicht zu gebrauchen; Fehler darin: {count}.',
      next: 'Jeden genannten Fehler berichtigen. Es wurde nichts verändert.',
    },
    FILE_UNREADABLE: {
      what: 'Die Datei {path} war nicht zu lesen: {detail}.',
      next: 'Pfad und Datei prüfen.',
    },
    FILE_UNWRITABLE: {
      what: 'Die Datei {path} war nicht zu schreiben: {detail}.',
      next: 'Prüfen, ob der Ordner besteht, Platz hat und beschrieben werden darf.',
    },
    BUNDLE_INVALID: {
      what: 'Das Paket ist nicht zu gebrauchen: {detail}.',
      next: 'Das Paket erneut vom Herausgeber holen. Es wurde nichts davon geschrieben.',
    },
    BUNDLE_UNTRUSTED: {
      what: 'Das Paket ist mit dem Schlüssel {key} unterschrieben, dem dieses Projekt nicht vertraut.',
      next: 'Den öffentlichen Schlüssel vom Herausgeber erfragen, auf anderem Weg vergleichen, dann als vertraut eintragen.',
    },
    BUNDLE_WRONG_PRODUCT: {
      what: 'Das Paket ist für {found}, nicht für {expected}.',
      next: 'Das Paket wählen, das für dieses Produkt und diese Hardware gemacht ist.',
    },
    BUNDLE_EXPIRED: {
      what: 'Das Paket ist am {expires} abgelaufen; jetzt ist {now}.',
      next: 'Ein neueres Paket holen oder die Uhr dieses Rechners stellen, falls sie falsch geht.',
    },
    BUNDLE_APP_TOO_OLD: {
      what: 'Das Paket braucht Plumbline {needed}; dies ist {found}.',
      next: 'Plumbline aktualisieren, dann erneut versuchen.',
    },
    BUNDLE_ROLLBACK: {
      what: 'Das Paket hat den Sicherheitszähler {counter}; {highest} wurde schon gesehen. Es brächte zurück, was seither behoben ist.',
      next: 'Ein neueres Paket nehmen oder dieses mit Namen und Grund zulassen; beides steht dann in der Aufzeichnung.',
    },
    NOT_CONFIRMED: {
      what: 'Die neue Software auf {unit} hat sich nicht bewährt: {detail}.',
      next: 'Die Einzelheit lesen, beheben, dann erneut übertragen.',
    },
    DOWNGRADE_REFUSED: {
      what: 'Das Gerät hat Software mit dem Sicherheitszähler {held}; die zu übertragende hat {offered}.',
      next: 'Neuere Software nehmen oder diese mit Namen und Grund zulassen; beides steht dann in der Aufzeichnung.',
    },
    UNIT_NOT_BOOTABLE: {
      what: 'Keiner der beiden Software-Plätze von {unit} ist heil: {detail}.',
      next: 'Erneut übertragen. Das Gerät startet, sobald ein Platz heil ist.',
    },
    RESTORE_INCOMPLETE: {
      what: '{count} Zeilen der Konfiguration wurden auf {unit} nicht wirksam: {detail}.',
      next: 'Die genannten Zeilen mit dem vergleichen, was das Gerät fassen kann, dann erneut zurückspielen.',
    },
    BROKER_UNREACHABLE: {
      what: 'Zum Broker {host}, Port {port}, führt kein Weg: {detail}.',
      next: 'Namen und Port prüfen, und ob dieser Rechner und der Broker im selben Netz sind.',
    },
    BROKER_WRONG_NAME: {
      what: 'Der Broker {host} zeigt ein Zertifikat für {found}, nicht für {expected}.',
      next: 'Den Namen eintragen, der im Zertifikat steht, oder dem Broker eines für {expected} geben lassen.',
    },
    BROKER_CERTIFICATE_DATE: {
      what: 'Das Zertifikat des Brokers {host} ({subject}) gilt von {from} bis {to}; jetzt ist {now}.',
      next: 'Das Zertifikat erneuern oder die Uhr stellen, die falsch geht.',
    },
    BROKER_UNKNOWN_AUTHORITY: {
      what: 'Das Zertifikat des Brokers {host} ({subject}) kommt von {issuer}; dieser Zertifizierungsstelle wird hier nicht vertraut.',
      next: 'Die Stelle wählen, die das Zertifikat des Brokers ausgestellt hat, nach Vergleich auf anderem Weg.',
    },
    BROKER_LOGIN_REFUSED: {
      what: 'Der Broker {host} wies die Anmeldung von {user} ab: {detail}.',
      next: 'Benutzer und Kennwort (oder das Zertifikat des Geräts) am Broker prüfen, dann erneut nachweisen.',
    },
    BROKER_TLS: {
      what: 'Mit dem Broker {host} kam keine sichere Verbindung zustande: {detail}.',
      next: 'Prüfen, ob der Port TLS spricht und welche Zertifikate der Broker verlangt.',
    },
    BROKER_FORBIDDEN: {
      what: 'Der Broker {host} erlaubt {user} auf {topic} dies nicht: {action}.',
      next: 'Die gezeigten Zugriffszeilen in die Zugriffsliste des Brokers eintragen, dann erneut nachweisen.',
    },
    BROKER_SILENT: {
      what: 'Der Broker {host} ist erreichbar, aber {expected} kam auf {topic} innerhalb von {seconds} s nicht: {detail}.',
      next: 'Lesen, was das Gerät über seine Verbindung sagt, beheben, dann erneut nachweisen.',
    },
    SECRET_UNKNOWN: {
      what: 'Das Geheimnis {name} ist hier nicht bekannt.',
      next: 'Es erneut eingeben oder eine Umgebungsvariable oder Datei nennen, die es enthält.',
    },
    SECRETS_LOCKED: {
      what: 'Die Geheimnisse dieses Projekts sind nicht lesbar: {detail}.',
      next: 'Das Kennwort der Schlüsseldatei angeben oder den Schlüsselspeicher dieses Rechners entsperren.',
    },
    CERTIFICATE_REFUSED: {
      what: 'Für {subject} wurde kein Zertifikat ausgestellt: {detail}.',
      next: 'Auf dem Gerät selbst einen neuen Schlüssel und einen neuen Antrag erzeugen, dann erneut versuchen.',
    },
    LIST_INVALID: {
      what: 'Die Liste {name} ist nicht zu gebrauchen: Zeile {line}: {detail}.',
      next: 'Die Zeile in der Liste berichtigen, dann erneut einlesen. Es wurde nichts übernommen.',
    },
    KEY_INVALID: {
      what: 'Die Schlüsseldatei {key} ist nicht zu gebrauchen: {detail}.',
      next: 'Prüfen, ob es die richtige Datei von der richtigen Art und das richtige Kennwort ist.',
    },
    PROJECT_IN_USE: {
      what: 'Die Projektdatei {path} ist in einem anderen Plumbline offen.',
      next: 'Zuerst dort schließen. Es wurde nichts geschrieben.',
    },
    PROJECT_INVALID: {
      what: 'Die Projektdatei {path} ist nicht zu gebrauchen: {detail}.',
      next: 'Die Datei so lassen und eine Kopie aus der Sicherung öffnen.',
    },
    BENCH_ABSENT: {
      what: 'Der simulierte Prüfstand ist nicht angeschlossen.',
      next: 'Plumbline ohne --no-bench starten, um {port} zu benutzen.',
    },
    BENCH_FAILED: {
      what: 'Der simulierte Prüfstand ist gestört: {detail}.',
      next: 'Den Prüfstand neu starten.',
    },
    PROGRAM_MISSING: {
      what: 'Das Programm {program} fehlt.',
      next: '{program} installieren, dann erneut versuchen.',
    },
    STEP_BLOCKED: { what: 'Das geht noch nicht: {detail}.', next: 'Zuerst das Genannte abschließen.' },
    CANCELLED: {
      what: 'Angehalten ({during}).',
      next: 'Diesen Schritt neu beginnen, wenn alles bereit ist.',
    },
    INTERRUPTED: {
      what: 'Die App wurde geschlossen ({during}).',
      next: 'Diesen Schritt neu beginnen. Was vorher aufgezeichnet wurde, bleibt.',
    },
    REQUEST_INVALID: {
      what: 'Die Anfrage {method} ist ungültig: {detail}.',
      next: 'Das ist ein Fehler des sendenden Programms; bitte melden.',
    },
    NOT_FOUND: { what: '{thing} {id} gibt es nicht.', next: 'Zurückgehen und erneut wählen.' },
    INTERNAL: {
      what: 'Plumbline hat einen Fehler gemacht: {detail}.',
      next: 'Bitte mit dem Protokoll melden. Die Aufzeichnung bis hierher bleibt.',
    },
  },
};
