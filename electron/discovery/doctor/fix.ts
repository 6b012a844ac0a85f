import type { Fix, FixId } from '../../../shared/contract/doctor.ts';
import type { Facts } from './facts.ts';

/** One program with its arguments; no shell takes part. */
export interface Step {
  program: string;
  arguments: readonly string[];
}

const groupOf = ({ machine, port }: Facts): string | undefined =>
  machine.groups.find(({ gid }) => gid === port.node?.gid)?.name;

/** The closed table of what the doctor may do itself. No steps: it cannot be done here. */
const plans: Readonly<Record<FixId, (facts: Facts) => Step[]>> = {
  'install-udev-rule': ({ machine: { rule } }) => [
    { program: 'install', arguments: ['-D', '-m', '644', rule.source, rule.target] },
    { program: 'udevadm', arguments: ['control', '--reload'] },
    { program: 'udevadm', arguments: ['trigger', '--subsystem-match=tty'] },
  ],
  'join-group': (facts) => {
    const group = groupOf(facts);
    const { name } = facts.machine.person;
    return group ? [{ program: 'usermod', arguments: ['-aG', group, '--', name] }] : [];
  },
};

export const stepsOf = (id: FixId, facts: Facts): Step[] => plans[id](facts);

const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

const spelled = ({ program, arguments: words }: Step): string =>
  ['sudo', program, ...words].map(quoted).join(' ');

/** The fix as it is offered: the very steps, spelled for a shell. */
export function offer(id: FixId, facts: Facts): Fix | undefined {
  const steps = stepsOf(id, facts);
  if (steps.length === 0) return undefined;
  return { id, command: steps.map(spelled).join(' && '), needsRoot: true };
}
