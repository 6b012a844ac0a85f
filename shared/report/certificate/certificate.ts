export { buildCertificate, type CertificateInput } from './build-certificate.ts';
export {
  CertificateItem,
  CertificateRecord,
  CertificateRun,
  CertificateStandard,
  certificateText,
} from './schema.ts';
