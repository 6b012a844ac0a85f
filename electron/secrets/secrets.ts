export { EncryptedFileStore } from './encrypted-file.ts';
export { outsideSecrets } from './outside.ts';
export { RedactingStream, Redactor } from './redactor.ts';
export { Secret } from './secret.ts';
export { locked, readSecretsFile, type SecretStore, writeSecretsFile } from './secrets-file.ts';
export { type SecretLabel, Vault, type VaultOptions } from './vault.ts';
