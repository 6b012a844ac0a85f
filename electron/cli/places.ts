import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Agent, profiles, recipes and fonts. */
export const resources = join(root, 'resources');

export const version = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string })
  .version;

/**
 * A path as the person at the keyboard means it. `npm run plumb` runs in the checkout wherever it was called from;
 * npm keeps the person's own folder in INIT_CWD (docs.npmjs.com, scripts, "Environment").
 */
export function pathOf(given: string, environment: NodeJS.ProcessEnv = process.env): string {
  const calledFrom = environment.npm_lifecycle_event === 'plumb' ? environment.INIT_CWD : undefined;
  return resolve(calledFrom ?? '.', given);
}
