// The dossier of a job: one archive of everything that was issued, the journal it follows from, and one signature.

export {
  chainName,
  DossierManifest,
  type DossierPart,
  dossierLimits,
  KeyKind,
  manifestBytes,
  manifestName,
  signatureName,
} from './manifest.ts';
export { demandParts, type Part, packDossier } from './pack.ts';
export { certificatePaths, recordingPath, reportPaths, signerMade } from './promises.ts';
export { fingerprintOf } from './signature.ts';
export {
  type DossierVerdict,
  type VerifiedPart,
  type VerifyOptions,
  verifyDossier,
  verifying,
} from './verify.ts';
