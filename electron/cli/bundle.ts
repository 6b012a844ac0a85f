import { bundleAcceptCommand } from './bundle-accept.ts';
import { bundleKeyCommand } from './bundle-key.ts';
import { bundleMakeCommand } from './bundle-make.ts';
import { bundleSignCommand } from './bundle-sign.ts';
import { bundleVerifyCommand } from './bundle-verify.ts';
import type { Command } from './command.ts';

/** `plumb bundle …`: from a folder to software that a unit may get. */
export const bundleCommands: readonly Command[] = [
  bundleKeyCommand,
  bundleMakeCommand,
  bundleSignCommand,
  bundleVerifyCommand,
  bundleAcceptCommand,
];
