import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Diagnosis, Finding, Fix, FixResult, PortReport } from '../../shared/contract/doctor.ts';
import { examinePorts } from '../host/tools.ts';
import type { Command, Context } from './command.ts';
import { resources } from './places.ts';

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'find out why a port will not open or answer; no program on a unit is interrupted',
  options: [
    {
      flags: '--port <port>',
      description:
        'look at this one and open it if nothing speaks against it (some boards restart when they are opened); ' +
        'without it every port is looked at, and only those are opened that take no harm',
    },
    { flags: '--fix', description: 'do what the doctor may do itself, asking before each' },
    { flags: '--yes', description: 'with --fix: do not ask' },
  ],
  example: 'plumb doctor --port /dev/ttyACM0 --fix',
  run: async (input, context) => {
    const { port, fix, yes } = input.options;
    if (yes === true && fix !== true) {
      const message = '--yes goes with --fix only.';
      context.wrong({ usage: { message } }, [message]);
      return 2;
    }
    const diagnosis = await examinePorts({
      port: port === undefined ? undefined : String(port),
      ruleSource: join(resources, 'linux', '60-plumbline.rules'),
      signal: context.signal,
      ...(fix === true ? { fix: { ask: yes === true ? async () => true : askerOf(context) } } : {}),
    });
    context.answer(diagnosis, linesOf(diagnosis));
    return diagnosis.ok ? 0 : 1;
  },
};

/** Yes or no at the keyboard; where nobody sits at one it is no. The question goes to stderr, as all but the answer. */
const askerOf = (context: Context): ((fix: Fix) => Promise<boolean>) => {
  if (!process.stdin.isTTY) return async () => false;
  return async ({ command }) => {
    const keyboard = createInterface({ input: process.stdin, output: process.stderr });
    // Ctrl-C at the question ends the command, as it does everywhere else.
    keyboard.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    try {
      const said = await keyboard.question(`Shall this be done?\n  ${command}\n[y/N] `, {
        signal: context.signal,
      });
      return /^y(es)?$/i.test(said.trim());
    } catch (thrown) {
      if (context.signal.aborted) return false;
      throw thrown;
    } finally {
      keyboard.close();
    }
  };
};

const mark: Readonly<Record<'problem' | 'possible', string>> = { problem: 'Problem', possible: 'Possible' };

function findingLines({ id, state, evidence, remedy, fix }: Finding): string[] {
  if (state === 'ok' || state === 'not-applicable') return [];
  return [
    `  ${mark[state]} (${id}): ${evidence}`,
    `    What to do: ${remedy}`,
    ...(fix ? [`    Or let the doctor do it with --fix: ${fix.command}`] : []),
  ];
}

function reportLines({ port, findings }: PortReport): string[] {
  const told = findings.flatMap(findingLines);
  const all = findings.some(({ state }) => state === 'problem') ? [] : wellLines(findings);
  return [port ?? 'No port', ...told, ...all];
}

/** What speaks for the port: it opens, and who answers. */
function wellLines(findings: readonly Finding[]): string[] {
  const contact = findings.filter(
    ({ id, state }) => ['opens', 'answers'].includes(id) && state !== 'possible',
  );
  return contact.map(({ evidence }) => `  ${evidence}`);
}

const outcomeWords: Readonly<Record<FixResult['outcome'], string>> = {
  done: 'Done',
  refused: 'Not done; the command is',
  'needs-root': 'Only root may do this; the command is',
  failed: 'This failed',
};

function linesOf({ ok, reports, fixes }: Diagnosis): string[] {
  return [
    ...reports.flatMap(reportLines),
    ...fixes.map(
      ({ outcome, command, detail }) => `${outcomeWords[outcome]}: ${command}${detail && ` (${detail})`}`,
    ),
    ok ? 'Nothing was found that is wrong.' : 'Something is wrong; see the problems above.',
  ];
}
