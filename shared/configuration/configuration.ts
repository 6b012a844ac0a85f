// A unit's configuration as bytes: what differs, and what of it may stay as it was found. Nothing is ever called the
// same of which a byte differs (qgroundcontrol#14346: "no differences" while values differ).
export { type ConfigurationFiles, noFiles, sameBytes } from './configuration-files.ts';
export { difference } from './difference.ts';
export { leaveOut } from './leave-out.ts';
