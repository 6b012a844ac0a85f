export { buildCertificate, type CertificateInput } from './build-certificate.ts';
export {
  type ClauseId,
  type ClauseLine,
  clauseIds,
  completeness,
  conditionsOf,
  placeOf,
} from './completeness.ts';
export {
  CertificateItem,
  CertificateRecord,
  CertificateRun,
  CertificateStandard,
  certificateText,
} from './schema.ts';
export { partyLines, unknownCountry } from './words.ts';
