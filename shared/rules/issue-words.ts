import type { z } from 'zod';

/** What a schema has against a value, each with its path: `rule.0.ghost is no field here`. The first few. */
export function issueWords({ issues }: z.ZodError, most = 3): string {
  const words = issues.slice(0, most).flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => `${[...path, key].join('.')} is no field here`);
    }
    const where = path.length === 0 ? 'it' : path.join('.');
    return [`${where}: ${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`];
  });
  const more = issues.length - most;
  return [...words, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}
