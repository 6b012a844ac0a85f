import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { InvalidArgumentError } from 'commander';
import { Failure } from '../../shared/contract/failure.ts';
import { firstDifference, type RuleVector, readVector } from '../../shared/rules/rules.ts';
import { readable } from '../host/tools.ts';
import { type Command, type Context, text } from './command.ts';
import { pathOf } from './places.ts';
import { type EngineName, engineNames, type VectorEngine, vectorEngines } from './vector-engines.ts';

const help = `FILE has one set a line: {"rs": rules, "fr": frames, "out": decisions, "late": frames refused}.
  rs     {"sig", "cond", "rule"} of the device form; an input stands in its signal: ["in", name, staleMs]. With "in" it
         is the device form itself. "latch" may be true or false, "id" may be left out; every option of a rule may be there
  fr     [t, {"input": whole number or null}, [acknowledged rules], [[shelved rule, until]]]; "$week" sets the clock
  out    [t, ruleIndex, "ON"|"OFF"|"RTN"|"REP"], with a 1 at the end for the first of a first-out group
  boot   may be there: what outlived a reboot, as the engines' persist() gives it

--engine
  ts           the app's engine
  python       the unit's engine on this computer's python3
  micropython  the unit's engine on the MicroPython of the bench

Answer: {"sets": n, "frames": n, "differences": n}; differences are sets that were decided otherwise, or whose rules were
refused. Ends with 1 where there is any; the first of them is named on stderr.
`;

const engineOf = (given: string): string => {
  if (!engineNames.some((name) => name === given)) {
    throw new InvalidArgumentError(`There are ${engineNames.join(', ')}.`);
  }
  return given;
};

export const rulesVectorsCommand: Command = {
  name: 'rules vectors',
  summary: 'run a file of rule sets, frames and expected decisions through an engine',
  arguments: [{ name: 'file', description: 'JSON lines, one set each' }],
  options: [
    {
      flags: '--engine <engine>',
      description: 'ts, python or micropython',
      fallback: 'ts',
      parse: engineOf,
    },
  ],
  help,
  example: 'plumb rules vectors vectors.jsonl --engine micropython --json',
  run: async (input, context) => {
    const file = pathOf(input.arguments[0] ?? '');
    const engine = await vectorEngines[text(input, 'engine') as EngineName](context.signal);
    try {
      const tally = await runAll(vectorsOf(file, context.signal), engine, context);
      context.answer(tally, [
        `${tally.sets} sets, ${tally.frames} frames, ${tally.differences} differences.`,
      ]);
      return tally.differences === 0 ? 0 : 1;
    } finally {
      await engine.close();
    }
  },
};

interface Tally {
  sets: number;
  frames: number;
  differences: number;
}

async function runAll(
  vectors: AsyncIterable<RuleVector>,
  engine: VectorEngine,
  { say }: Pick<Context, 'say'>,
): Promise<Tally> {
  const tally: Tally = { sets: 0, frames: 0, differences: 0 };
  for await (const vector of vectors) {
    tally.sets += 1;
    tally.frames += vector.frames.length;
    const found = await engine.run(vector);
    const difference =
      'refused' in found ? `refused: ${found.refused}` : firstDifference(vector.expected, found);
    if (difference === null) continue;
    tally.differences += 1;
    if (tally.differences === 1) say(`set ${tally.sets}: ${difference}`);
  }
  return tally;
}

/** Line by line: the file may be larger than memory. Fails with FILE_UNREADABLE, RULES_INVALID or CANCELLED. */
async function* vectorsOf(path: string, signal: AbortSignal): AsyncGenerator<RuleVector> {
  let [line, sets] = [0, 0];
  await readable(path);
  try {
    for await (const words of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      line += 1;
      if (signal.aborted) throw new Failure('CANCELLED', { during: 'running vectors' });
      if (words.trim() === '') continue;
      sets += 1;
      yield readVector(words);
    }
    // A run of nothing would pass.
    if (sets === 0) throw new Failure('FILE_UNREADABLE', { path, detail: 'there is no set in it' });
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code;
    if (thrown instanceof Failure && thrown.code === 'RULES_INVALID') {
      const detail = `line ${line}: ${String(thrown.params.detail)}`;
      throw new Failure('RULES_INVALID', { detail }, { cause: thrown });
    }
    if (thrown instanceof Failure || code === undefined) throw thrown;
    throw new Failure('FILE_UNREADABLE', { path, detail: code }, { cause: thrown });
  }
}
