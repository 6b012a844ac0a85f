import { verifyProject } from '../host/tools.ts';
import type { Command } from './command.ts';
import { pathOf } from './places.ts';

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'recompute the hash chain of a project file',
  arguments: [{ name: 'job', description: 'the project file' }],
  example: 'plumb verify commissioning/job.plumb',
  run: async (input, context) => {
    const path = pathOf(input.arguments[0] ?? '');
    const verification = verifyProject(path);
    if (verification.ok) {
      const { events, head } = verification;
      context.answer({ ...verification, path }, [
        `${path}: all ${events} events are as written; head ${head}.`,
      ]);
      return 0;
    }
    const where = verification.seq > 0 ? `event ${verification.seq}` : 'the file';
    context.answer({ ...verification, path }, [
      `${path}: ${where} is not as it was written: ${verification.reason}.`,
      'What to do: keep the file as it is and compare it with your backup.',
    ]);
    return 1;
  },
};
