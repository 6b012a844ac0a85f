import { createHmac } from 'node:crypto';
import { Secret } from '../../secrets/secrets.ts';

/** Names what the derived bytes are for, so that the same key elsewhere gives others. */
const derivation = 'plumbline-command-key-1:';
/** As in `plumbline/commands.py`: a signature of something else never passes for one of a command. */
const purpose = 'plumbline-command-1\n';

/** What a unit is told through its broker. */
export interface UnitCommand {
  /** Hardware id. */
  unit: string;
  /** Number of the request; the answer bears it. */
  id: number;
  verb: string;
  args: object;
  /** Number of the unit's start, as its birth says: a unit without the time of day takes commands of this start only. */
  boot: number;
  /** Until when it is good, ms since 1970; of no account to a unit without the time of day. */
  until: number;
}

/** A unit's own key for commands, derived from the project's: 64 hex digits, as `secret.json` holds them. */
export function commandKey(projectKey: Secret, unit: string): Secret {
  const mac = createHmac('sha256', projectKey.reveal()).update(`${derivation}${unit}`).digest();
  const key = new Secret(mac.toString('hex'));
  mac.fill(0);
  return key;
}

let last = 0;

/**
 * The command as it goes to the broker: HMAC-SHA-256 in hex, a space, and the very bytes that it is over. Its number
 * rises with the clock of this computer, and from one command to the next.
 */
export function signedCommand(key: Secret, command: UnitCommand, now = Date.now()): string {
  last = Math.max(now, last + 1);
  const body = JSON.stringify({ ...command, n: last });
  const bytes = Buffer.from(key.revealText(), 'hex');
  const mac = createHmac('sha256', bytes).update(`${purpose}${body}`).digest('hex');
  bytes.fill(0);
  return `${mac} ${body}`;
}
