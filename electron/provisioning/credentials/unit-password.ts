import { createHmac, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { Secret } from '../../secrets/secrets.ts';

/** Names what the derived bytes are for, so that the same password elsewhere gives others. */
const purpose = 'plumbline-mqtt-1:';

/**
 * A unit's own password, derived from one that the project has: whoever takes a unit apart learns nothing of the
 * others (as Azure DPS derives device keys from a group key: HMAC-SHA-256 over the registration id).
 */
export function derivedPassword(projectPassword: Secret, unit: string): Secret {
  const mac = createHmac('sha256', projectPassword.reveal()).update(`${purpose}${unit}`).digest();
  const password = new Secret(mac.toString('base64url'));
  mac.fill(0);
  return password;
}

/** mosquitto's usual count; a derived password has 256 bits, and no count makes it safer. */
const iterations = 101;

/** A line of mosquitto's password file: PBKDF2 with SHA-512 (mosquitto lib/password_common, hash type 7). */
export async function passwordLine(user: string, password: Secret): Promise<string> {
  const salt = randomBytes(12);
  const hash = await promisify(pbkdf2)(password.reveal(), salt, iterations, 64, 'sha512');
  return `${user}:$7$${iterations}$${salt.toString('base64')}$${hash.toString('base64')}`;
}
