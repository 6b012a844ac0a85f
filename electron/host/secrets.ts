// What a door needs of the secrets: who keeps them, and who takes them out of what is said.
export {
  EncryptedFileStore,
  locked,
  outsideSecrets,
  Redactor,
  readSecretsFile,
  type SecretStore,
  Vault,
  writeSecretsFile,
} from '../secrets/secrets.ts';
