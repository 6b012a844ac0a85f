import { caIssueCommand } from './ca-issue.ts';
import { caMakeCommand } from './ca-make.ts';
import { caShowCommand } from './ca-show.ts';
import type { Command } from './command.ts';

/** `plumb ca …`: the project's own authority, which vouches for its units and its broker. */
export const caCommands: readonly Command[] = [caMakeCommand, caShowCommand, caIssueCommand];
