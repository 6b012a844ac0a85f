import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../shared/contract/failure.ts';
import type { NameRow, QueueEntry, QueueState } from '../../shared/contract/queue.ts';
import { needsReference, type Recipe } from '../../shared/contract/recipe.ts';
import { makeFolder } from '../files/files.ts';
import type { Host } from '../host/host.ts';
import { portMistake } from '../host/port-names.ts';
import { importNames } from '../host/tools.ts';
import { type Context, type ExitCode, type Input, text } from './command.ts';
import { fingerprintLine, leaveDossier } from './dossier-file.ts';
import { fileFacts, type PlacedFile, placeCertificate, placeFile, placeReport } from './folder.ts';
import { pathOf } from './places.ts';
import { withHost } from './run-host.ts';
import { enterStandards } from './standards-file.ts';
import { refuseUsage } from './usage.ts';

/** `plumb run RECIPE --all`: one recipe for every unit that is plugged in, one result sheet. */
export async function runAll(recipe: Recipe, input: Input, context: Context): Promise<ExitCode> {
  const mistake = usageMistake(recipe, input);
  if (mistake !== null) return refuseUsage(mistake, context);
  const names = await readNames(input);
  const folder = pathOf(text(input, 'out'));
  makeFolder(folder);
  const jobPath = join(folder, 'job.plumb');
  const reference = input.options.reference === undefined ? null : text(input, 'reference');
  const boards = input.options.boards === undefined ? undefined : Number(input.options.boards);
  const bench = boards === undefined ? [] : ['bench:1'];
  const started = performance.now();
  const { queue, files, dossier } = await withHost(
    { ports: reference === null ? bench : [reference], jobPath, boards, input },
    context,
    async (host) => {
      await enterStandards(host, input);
      const ports = reference === null && boards !== undefined ? await simulatedUnits(host) : null;
      const ended = await follow(host, { recipe, ports, reference, names }, context);
      const files = await placeAll(host, ended, { folder, isCertified: recipe.certificate !== null });
      return { queue: ended, files, dossier: await leaveDossier(host, folder, context) };
    },
  );
  const passed = queue.entries.filter(({ verdict }) => verdict === 'pass').length;
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const answer = {
    verdict: passed === queue.entries.length ? 'pass' : 'fail',
    seconds,
    units: queue.entries.map(({ port, ...entry }) => ({ port: port.port, ...entry })),
    files: [...files, ...(dossier === null ? [] : [dossier.file]), await fileFacts(jobPath)],
    signer: dossier?.signer ?? null,
  };
  context.answer(answer, [
    ...queue.entries.map(entryLine),
    `${passed} of ${queue.entries.length} units passed, ${seconds} s`,
    ...answer.files.map(({ path, sha256 }) => `${path}  sha256 ${sha256}`),
    ...(dossier === null ? [] : [fingerprintLine(dossier.signer)]),
  ]);
  return answer.verdict === 'pass' ? 0 : 1;
}

/** What is wrong with how it was asked for, told before anything is opened. */
function usageMistake(recipe: Recipe, { options }: Input): string | null {
  if (options.port !== undefined) return '--port and --all exclude each other';
  const { reference } = options;
  if (reference === undefined) {
    return needsReference(recipe) ? 'option --reference is missing: the recipe measures' : null;
  }
  const mistake = portMistake(String(reference));
  if (mistake !== null) return `--reference ${mistake}`;
  const isReal = !String(reference).startsWith('bench:');
  return options.boards !== undefined && isReal ? '--boards is for --reference bench:reference' : null;
}

async function readNames({ options }: Input): Promise<NameRow[]> {
  if (options.names === undefined) return [];
  const path = pathOf(String(options.names));
  const csv = await readFile(path, 'utf8').catch((cause: unknown) => {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new Failure('FILE_UNREADABLE', { path, detail }, { cause });
  });
  return importNames(csv);
}

/** Boards of the bench alone: without a reference nothing says whether they are meant or what is on the desk. */
async function simulatedUnits(host: Host): Promise<string[]> {
  const ports = await host.call('devices.list', {});
  return ports
    .filter(({ kind, looksLike }) => kind === 'simulated' && looksLike === 'unit')
    .map(({ port }) => port);
}

/** Starts the queue, tells what each unit comes to, and resolves when all have ended. */
async function follow(
  host: Host,
  params: Parameters<typeof host.call<'queue.start'>>[1],
  context: Context,
): Promise<QueueState> {
  const { signal } = context;
  const ended = Promise.withResolvers<QueueState>();
  let told: string[] = [];
  const off = host.on('queue.changed', (state) => {
    const lines = state.entries.map((entry) => `${nameOf(entry)}: ${entry.stage}`);
    for (const line of lines.filter((line) => !told.includes(line))) context.say(line);
    told = lines;
    if (!state.running) ended.resolve(state);
  });
  const stop = (): void => {
    context.say('stopping');
    host.call('queue.stop', {}).catch(ended.reject);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    await host.call('queue.start', params);
    return await ended.promise;
  } finally {
    signal.removeEventListener('abort', stop);
    off();
  }
}

/** The result sheet; each unit's report, and its certificate where the recipe issues one, in a folder of its own. */
async function placeAll(
  host: Host,
  { entries }: QueueState,
  { folder, isCertified }: { folder: string; isCertified: boolean },
): Promise<PlacedFile[]> {
  const files: PlacedFile[] = [];
  for (const format of ['csv', 'pdf'] as const) {
    const { name, base64 } = await host.call('queue.sheet', { format });
    files.push(await placeFile(join(folder, name), Buffer.from(base64, 'base64')));
  }
  for (const { report, unit } of entries) {
    if (report === null || unit === null) continue;
    const own = join(folder, unit);
    makeFolder(own);
    files.push(...(await placeReport(host, report, own)));
    if (isCertified) files.push(...((await placeCertificate(host, unit, own))?.files ?? []));
  }
  return files;
}

const nameOf = ({ port, tag }: QueueEntry): string => (tag === null ? port.port : `${tag} on ${port.port}`);

const entryLine = (entry: QueueEntry): string => {
  const { failure, verdict, doneBefore } = entry;
  if (failure)
    return `${nameOf(entry)}: ${failure.what} ${failure.next} (${failure.code}, ${failure.deviceState})`;
  return `${nameOf(entry)}: ${(verdict ?? 'open').toUpperCase()}${doneBefore ? ', done before and not repeated' : ''}`;
};
