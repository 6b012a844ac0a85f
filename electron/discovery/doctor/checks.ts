import type { Check } from './check.ts';
import { permission, portExists, signedInAgain } from './check-access.ts';
import { answers, opens } from './check-contact.ts';
import { brltty, modemManager, udevRule } from './check-grabbers.ts';
import { lockFile, portHeld } from './check-held.ts';
import { bootloader, chargeOnlyCable, driver } from './check-usb.ts';

/** What can be told without touching the port. */
export const passiveChecks: readonly Check[] = [
  portExists,
  permission,
  signedInAgain,
  udevRule,
  modemManager,
  brltty,
  portHeld,
  lockFile,
  driver,
  chargeOnlyCable,
  bootloader,
];

/** What only an open port tells; it is opened when none of the above speaks against it. */
export const contactChecks: readonly Check[] = [opens, answers];
