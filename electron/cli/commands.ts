import { benchCommand } from './bench.ts';
import { brokerCheckCommand } from './broker-check.ts';
import { budgetCommand } from './budget.ts';
import { bundleCommands } from './bundle.ts';
import { caCommands } from './ca.ts';
import { certificateCommands } from './certificate.ts';
import type { Command } from './command.ts';
import { decideCommand } from './decide.ts';
import { devicesCommand } from './devices.ts';
import { diffCommand } from './diff.ts';
import { doctorCommand } from './doctor.ts';
import { dossierCommands } from './dossier.ts';
import { fitCommand } from './fit.ts';
import { identifyCommand } from './identify.ts';
import { intervalCommand } from './interval.ts';
import { keysCommands } from './keys.ts';
import { recipeCheckCommand } from './recipe-check.ts';
import { replaceCommand } from './replace.ts';
import { restoreCommand } from './restore.ts';
import { rulesCheckCommand } from './rules-check.ts';
import { rulesReplayCommand } from './rules-replay.ts';
import { rulesSweepCommand } from './rules-sweep.ts';
import { rulesVectorsCommand } from './rules-vectors.ts';
import { rulesWhyCommand } from './rules-why.ts';
import { runCommand } from './run.ts';
import { snapshotCommand } from './snapshot.ts';
import { standardsCommands } from './standards.ts';
import { statsCommand } from './stats.ts';
import { verifyCommand } from './verify.ts';

/** Every command of `plumb`, in the order of its help. */
export const commands: readonly Command[] = [
  runCommand,
  replaceCommand,
  recipeCheckCommand,
  devicesCommand,
  doctorCommand,
  identifyCommand,
  snapshotCommand,
  diffCommand,
  restoreCommand,
  brokerCheckCommand,
  verifyCommand,
  ...dossierCommands,
  ...certificateCommands,
  ...standardsCommands,
  fitCommand,
  budgetCommand,
  statsCommand,
  decideCommand,
  intervalCommand,
  rulesCheckCommand,
  rulesReplayCommand,
  rulesSweepCommand,
  rulesWhyCommand,
  rulesVectorsCommand,
  ...bundleCommands,
  ...keysCommands,
  ...caCommands,
  benchCommand,
];
