import { type Check, notApplicable, ok, possible, problem } from './check.ts';
import type { Facts } from './facts.ts';

// Whether somebody else has the port.

const hiddenWords = (hidden: number): string =>
  hidden > 0 ? `; ${hidden} processes of other users cannot be seen without root` : '';

export const portHeld: Check = {
  id: 'port-held',
  linuxOnly: true,
  blocks: true,
  judge: ({ port: { port, node, holders, hidden } }) => {
    if (!node) return notApplicable('there is no port to hold');
    if (holders.length === 0) return ok(`no process has ${node.path} open${hiddenWords(hidden)}`);
    const names = holders.map(({ pid, name }) => `${name} (process ${pid})`).join(', ');
    return problem(
      `${node.path} is open in ${names}${hiddenWords(hidden)}`,
      `Close ${[...new Set(holders.map(({ name }) => name))].join(', ')}, then try ${port} again.`,
    );
  },
};

const alive = ({ machine }: Facts, pid: number | null): string | undefined =>
  machine.processes.find((each) => each.pid === pid)?.name;

export const lockFile: Check = {
  id: 'lock-file',
  linuxOnly: true,
  blocks: true,
  judge: (facts) => {
    const { locks } = facts.port;
    const [first] = locks;
    if (!first) return ok('no lock file names this port');
    const held = locks.find(({ pid }) => alive(facts, pid) !== undefined);
    if (held) {
      const owner = `${alive(facts, held.pid)} (process ${held.pid})`;
      return problem(`${held.path} is of ${owner}`, `Close ${owner}, then try again.`);
    }
    const owner = first.pid === null ? 'no process that can be read' : `process ${first.pid}, which is gone`;
    return possible(
      `${first.path} is of ${owner}`,
      `Plumbline goes by the kernel's lock and opens the port all the same; other programs (minicom, cu) may refuse. Remove ${first.path} where nothing uses the port.`,
    );
  },
};
