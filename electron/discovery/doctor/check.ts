import type { CheckId, Finding, FindingState, Fix } from '../../../shared/contract/doctor.ts';
import type { Facts } from './facts.ts';

export type Verdict = Omit<Finding, 'id'>;

/** One small object for each question: a pure function of what was gathered. */
export interface Check {
  readonly id: CheckId;
  /** How it is found out is known for Linux alone; elsewhere the finding says that it was not looked at. */
  readonly linuxOnly?: true;
  /** A problem here means that the port is not to be opened: it would fail or disturb. */
  readonly blocks?: true;
  judge(facts: Facts): Verdict;
}

const textMax = 600;
const nothingToDo = 'Nothing to do.';

/** What a file, a device or a process says of itself is untrusted: no control characters, capped. */
export const plain = (text: string, max = textMax): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, max);

function verdict(state: FindingState, evidence: string, remedy: string, fix?: Fix): Verdict {
  return { state, evidence: plain(evidence), remedy: plain(remedy), ...(fix ? { fix } : {}) };
}

export const ok = (evidence: string): Verdict => verdict('ok', evidence, nothingToDo);
export const notApplicable = (evidence: string): Verdict => verdict('not-applicable', evidence, nothingToDo);
export const problem = (evidence: string, remedy: string, fix?: Fix): Verdict =>
  verdict('problem', evidence, remedy, fix);
export const possible = (evidence: string, remedy: string, fix?: Fix): Verdict =>
  verdict('possible', evidence, remedy, fix);

/** The finding of one check, with what every check has in common. */
export function judge(check: Check, facts: Facts): Finding {
  const { platform } = facts.machine;
  const { kind } = facts.port;
  const contact = check.id === 'opens' || check.id === 'answers';
  const judged =
    kind !== 'serial' && !contact
      ? notApplicable(`a ${kind} port needs nothing of the serial ports of this computer`)
      : check.linuxOnly && platform !== 'linux'
        ? notApplicable(`not checked on ${platform}`)
        : check.judge(facts);
  return { id: check.id, ...judged };
}
