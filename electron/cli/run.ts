import { join } from 'node:path';
import { Failure } from '../../shared/contract/failure.ts';
import { needsReference, type Recipe } from '../../shared/contract/recipe.ts';
import { makeFolder } from '../files/files.ts';
import { isSamePort, portMistake } from '../host/port-names.ts';
import { passphraseOption } from './bundle-passphrase.ts';
import { type Command, type Input, text } from './command.ts';
import { leaveDossier } from './dossier-file.ts';
import { fileFacts, placeCertificate, placeReport } from './folder.ts';
import { followRun } from './follow-run.ts';
import { numberBetween } from './numbers.ts';
import { pathOf } from './places.ts';
import { readRecipe, refuseRecipe } from './recipe-file.ts';
import { runAll } from './run-all.ts';
import { withHost } from './run-host.ts';
import { type Summary, scaleOf, summaryLines, summaryOf } from './run-summary.ts';
import { enterStandards, standardsOption } from './standards-file.ts';
import { sourceHelp } from './standards-words.ts';
import { refuseUsage } from './usage.ts';

export const runCommand: Command = {
  name: 'run',
  summary: 'carry out a recipe: provision, calibrate, prove the rules, write the report',
  arguments: [{ name: 'recipe', description: 'the recipe, a JSON file' }],
  options: [
    {
      flags: '--port <port>',
      description: 'where the unit is: a port, tcp:host:port, bench:1',
    },
    { flags: '--all', description: 'every unit that is plugged in, several at once' },
    { flags: '--names <list>', description: 'with --all: tags, assets and locations, a CSV file' },
    {
      flags: '--boards <n>',
      description: 'with --all: boards of the simulated bench',
      parse: numberBetween(1, 16),
    },
    {
      flags: '--reference <port>',
      description: 'where the reference is; not needed where the recipe measures nothing',
    },
    standardsOption,
    {
      flags: '--out <folder>',
      description: 'gets report.pdf, record.json, dossier.plumbz and job.plumb',
      required: true,
    },
    {
      ...passphraseOption,
      description: 'opens the secrets of the project, where "plumb ca make" made a file for them',
    },
  ],
  help: sourceHelp,
  example:
    'plumb run resources/recipes/demo.json --port bench:1 --reference bench:reference --out commissioning',
  run: async (input, context) => {
    const started = performance.now();
    const checked = await readRecipe(input.arguments[0] ?? '');
    if ('mistakes' in checked) return refuseRecipe(checked.mistakes, context);
    if (input.options.all === true) return runAll(checked.recipe, input, context);
    for (const name of ['names', 'boards'] as const) {
      if (input.options[name] !== undefined) return refuseUsage(`--${name} goes with --all`, context);
    }
    if (input.options.port === undefined) return refuseUsage('--port or --all is needed', context);
    const mistake = portsMistake(input, checked.recipe);
    if (mistake !== null) return refuseUsage(mistake, context);
    const reference = input.options.reference === undefined ? null : text(input, 'reference');
    const ports = { port: text(input, 'port'), reference };
    const folder = pathOf(text(input, 'out'));
    makeFolder(folder);
    const jobPath = join(folder, 'job.plumb');
    const { summary, scale } = await withHost(
      { ports: [ports.port, ...(reference === null ? [] : [reference])], jobPath, input },
      context,
      async (host) => {
        await enterStandards(host, input);
        const state = await followRun(host, { recipe: checked.recipe, ...ports }, context);
        if (!state.report) throw new Failure('INTERNAL', { detail: 'the run ended without a report' });
        const issued = checked.recipe.certificate && (await placeCertificate(host, state.unit, folder));
        const files = [...(await placeReport(host, state.report, folder)), ...(issued?.files ?? [])];
        const dossier = await leaveDossier(host, folder, context);
        return {
          summary: await summaryOf(host, state, checked.recipe, {
            files,
            dossier,
            certificate: issued?.number ?? null,
          }),
          scale: await scaleOf(host, checked.recipe),
        };
      },
    );
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    const { verdict, unit, files, ...results } = summary;
    const answer: Summary = {
      verdict,
      unit,
      seconds,
      files: [...files, await fileFacts(jobPath)],
      ...results,
    };
    context.answer(answer, summaryLines(answer, scale));
    return answer.verdict === 'pass' ? 0 : 1;
  },
};

/** One line can be opened once: the unit and the reference are never on the same. */
function portsMistake(input: Input, recipe: Recipe): string | null {
  const isMissing = input.options.reference === undefined;
  if (isMissing && needsReference(recipe)) return 'option --reference is missing: the recipe measures';
  const names = isMissing ? (['port'] as const) : (['port', 'reference'] as const);
  for (const name of names) {
    const mistake = portMistake(text(input, name));
    if (mistake !== null) return `--${name} ${mistake}`;
  }
  const port = text(input, 'port');
  if (isMissing || !isSamePort(port, text(input, 'reference'))) return null;
  return `--port and --reference are the same port, ${port}: the reference is a device of its own`;
}
