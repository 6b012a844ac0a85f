import { type Issued, showAuthority } from '../host/authority.ts';
import type { Command } from './command.ts';
import { projectOf, projectOption } from './project.ts';

/** What a person compares. */
export const certificateLines = ({ subject, fingerprint, notAfter }: Issued): string[] => [
  `Name         ${subject}`,
  `SHA-256      ${fingerprint}`,
  `Valid until  ${notAfter}`,
];

export const caShowCommand: Command = {
  name: 'ca show',
  summary: 'show the certificate of the authority of a project; it is public',
  options: [projectOption],
  example: 'plumb ca show --project commissioning/job.plumb',
  run: async (input, context) => {
    const shown = await showAuthority(projectOf(input) ?? '');
    const { certificate, fingerprint, subject, notAfter } = shown;
    const lines = [...certificateLines(shown), certificate.trimEnd()];
    context.answer({ subject, fingerprint, notAfter, certificate }, lines);
    return 0;
  },
};
