import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { checkIds, Diagnosis } from '../../shared/contract/doctor.ts';
import { doctorCommand } from './doctor.ts';
import { outputOf } from './output.ts';
import { runTerminal } from './terminal.ts';

async function doctor(...asked: string[]) {
  const heard = { stdout: '', stderr: '' };
  const sink = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      heard[name] += text;
    },
  });
  const output = outputOf(asked.includes('--json'), sink('stdout'), sink('stderr'));
  const { signal } = new AbortController();
  const log = pino({ level: 'silent' });
  const code = await runTerminal(['doctor', ...asked], [doctorCommand], { output, log, signal });
  return { code, ...heard };
}

const absent = '/dev/ttyPLUMB99';

describe('plumb doctor', () => {
  it('answers with every finding on the port, and exit 1 where one is a problem', async () => {
    const { code, stdout, stderr } = await doctor('--port', absent, '--json');
    expect([code, stderr]).toEqual([1, '']);
    const { ok, reports, fixes } = Diagnosis.parse(JSON.parse(stdout));
    expect([ok, fixes, reports.map(({ port }) => port)]).toEqual([false, [], [absent]]);
    expect(reports[0]?.findings.map(({ id }) => id)).toEqual(checkIds);
  });

  it('says in words what was seen and what to do', async () => {
    const { code, stdout } = await doctor('--port', absent);
    expect(code).toBe(1);
    expect(stdout).toContain(`Problem (port-exists): ${absent}: ENOENT`);
    expect(stdout).toContain('What to do: Check the cable');
  });

  it('makes no fix where nobody can be asked', async () => {
    const { code, stdout } = await doctor('--port', absent, '--fix', '--json');
    expect(code).toBe(1);
    const { fixes } = Diagnosis.parse(JSON.parse(stdout));
    expect(fixes.every(({ outcome }) => outcome === 'refused' || outcome === 'needs-root')).toBe(true);
  });

  it('takes --yes with --fix only: exit 2', async () => {
    const { code, stdout } = await doctor('--yes', '--json');
    expect([code, JSON.parse(stdout)]).toEqual([2, { usage: { message: '--yes goes with --fix only.' } }]);
  });
});
