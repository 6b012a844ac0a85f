import { certificateIssue } from './certificate-issue.ts';
import { factsLines } from './certificate-words.ts';
import type { Command } from './command.ts';
import { jobOf, jobOption } from './job-option.ts';
import { withHost } from './run-host.ts';

const list: Command = {
  name: 'certificate list',
  summary: 'the certificates that were issued in a job',
  options: [jobOption],
  example: 'plumb certificate list --job commissioning/job.plumb',
  run: async (input, context) => {
    const place = { ports: [], jobPath: jobOf(input), input };
    const certificates = await withHost(place, context, (host) => host.call('certificates.list', {}));
    const lines = certificates.flatMap(factsLines);
    context.answer({ certificates }, lines.length > 0 ? lines : ['No certificate was issued in this job.']);
    return 0;
  },
};

/** `plumb certificate …`: certificates of calibrations that are finished. */
export const certificateCommands: readonly Command[] = [certificateIssue, list];
