// Signed bundles: software for units, of which every byte is vouched for by a key that the project trusts.

export type { Circumstances, Overridden } from './acceptance.ts';
export { bundleFile, writeBundleFile } from './bundle-file.ts';
export { bundleFolder } from './bundle-folder.ts';
export type { BundleSource } from './exact-reader.ts';
export { formatPublicKey, type PublicKey, parsePublicKey } from './public-key.ts';
export {
  formatSecretKey,
  generateKey,
  needsPassphrase,
  parseSecretKey,
  publicPart,
  type SecretKey,
} from './secret-key.ts';
export { type VerifiedBundle, type VerifyOptions, verifyBundle } from './verify-bundle.ts';
export { type BundleContent, type MadeBundle, makeBundle, signBundle } from './write-bundle.ts';
