export {
  buildCertificate,
  type CertificateInput,
  demandLaboratory,
  laboratoryGaps,
} from './build-certificate.ts';
export { completeness, conditionsOf, placeOf } from './completeness.ts';
export { CertificateRecord, type CertificateRun, certificateText } from './schema.ts';
export { partyLines, unknownCountry } from './words.ts';
