import type { CertificateRecord } from '../certificate/schema.ts';
import { administrativeData } from './administrative.ts';
import { measurementResults } from './results.ts';
import { demandSoundDcc } from './rules.ts';
import { element, xmlText } from './xml.ts';

/**
 * The certificate as a Digital Calibration Certificate: PTB's DCC 3.3.0 with D-SI 2.2.1, pinned together because D-SI
 * 2.2.1 renamed types that DCC uses. Every figure is the text that the printed certificate shows. The same record gives
 * the same bytes.
 */
export function dccText(record: CertificateRecord): string {
  const root = element(
    'dcc:digitalCalibrationCertificate',
    [administrativeData(record), measurementResults(record)],
    {
      schemaVersion: '3.3.0',
      'xmlns:dcc': 'https://ptb.de/dcc',
      'xmlns:si': 'https://ptb.de/si',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:schemaLocation': 'https://ptb.de/dcc https://ptb.de/dcc/v3.3.0/dcc.xsd',
    },
  );
  demandSoundDcc(root);
  return xmlText(root);
}
