export {
  type AccessRight,
  accessEntry,
  aclLines,
  mosquittoLines,
  unitRights,
  unitUser,
  watcherRights,
} from './access-list.ts';
export { hideKey, makeAppKey } from './app-key.ts';
export {
  type Authority,
  createAuthority,
  type Issued,
  type IssueOptions,
  openAuthority,
  watcherName,
} from './authority.ts';
export {
  type Credential,
  type CredentialOptions,
  commandKeyFor,
  credentialFor,
  secretFile,
  watcherFor,
} from './credential.ts';
export {
  type AuthorityRecord,
  makeProjectAuthority,
  projectAuthority,
  recordedAuthority,
} from './project-authority.ts';
export { certificateRequest, pemOf } from './request.ts';
export { commandKey, signedCommand, type UnitCommand } from './signed-command.ts';
export { derivedPassword, passwordLine } from './unit-password.ts';
