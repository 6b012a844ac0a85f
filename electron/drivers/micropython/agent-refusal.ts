import { Failure } from '../../../shared/contract/failure.ts';
import { deviceText } from '../device-text.ts';
import type { AgentAnswer } from './agent-channel.ts';

/** What a refusal of the agent comes to. `path` and `expected`: of the file that was sent, for a hash that differs. */
export function refusal(
  { code, words }: Extract<AgentAnswer, { ok: false }>,
  { port, during, path, expected }: { port: string; during: string; path: string; expected: string },
): Failure {
  const detail = deviceText(words ? `${code}: ${words}` : code);
  switch (code) {
    case 'space':
      return new Failure('NO_SPACE', { during, needed: 'more', free: 'too few' });
    case 'hash':
      return new Failure('VERIFY_FAILED', { path, expected, found: 'something else' });
    case 'order':
    case 'checksum':
      return new Failure('REPLY_UNREADABLE', { port, during, detail });
    default:
      return new Failure('UNIT_REFUSED', { during, detail });
  }
}
