import { Failure } from '../../shared/contract/failure.ts';
import type { RecordingFacts, RecordingPreview } from '../../shared/contract/recordings.ts';
import {
  importRecording,
  type Preview,
  previewRecording,
  type RecordedChannel,
} from '../recordings/recordings.ts';
import type { Shelf } from './shelf.ts';

type Chosen = Readonly<Record<string, string>>;
/** A file that somebody gave, under the name that it has there. */
export interface GivenFile {
  path: string;
  name: string;
}

/** Longest texts of the contract: a file may hold anything. */
const [longTitle, longUnit] = [300, 60];

/** What a file is before it is taken in. Fails with FILE_UNREADABLE. */
export async function lookInto(
  file: GivenFile,
  channels: readonly RecordedChannel[],
  chosen: Chosen,
  signal: AbortSignal,
): Promise<RecordingPreview> {
  return named(file, async () => shown(await previewRecording(file.path, channels, { chosen, signal })));
}

/** Fails with FILE_UNREADABLE, FILE_UNWRITABLE. */
export async function takeIn(
  shelf: Shelf,
  file: GivenFile,
  given: Pick<RecordingFacts, 'unit' | 'name'>,
  channels: readonly RecordedChannel[],
  chosen: Chosen,
  signal: AbortSignal,
): Promise<RecordingFacts> {
  return named(file, async () => {
    const imported = await importRecording(file.path, channels, { chosen, signal });
    const { dated, blocks } = imported;
    return shelf.add({ ...given, origin: 'file', dated }, imported.channels, blocks);
  });
}

/** The file was uploaded: where it lies meanwhile says nothing to whoever gave it. */
async function named<T>({ path, name }: GivenFile, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.params.path !== path) throw thrown;
    const detail = String(thrown.params.detail);
    throw new Failure('FILE_UNREADABLE', { path: name, detail }, { cause: thrown });
  }
}

const shown = ({
  kind,
  columns,
  time,
  rows,
  taken,
  problems,
  broken,
  gaps,
  titles,
  sample,
}: Preview): RecordingPreview => ({
  kind,
  columns: columns.map(({ title, unit, channel, otherUnit, values, bad, unreadable, least, greatest }) => ({
    title: title.slice(0, longTitle),
    unit: unit.slice(0, longUnit),
    channel: channel?.id ?? null,
    otherUnit,
    values,
    bad,
    unreadable,
    least,
    greatest,
  })),
  time: { ...time, title: time.title.slice(0, longTitle) },
  rows,
  taken,
  problems: { ...problems, broken },
  gaps,
  titles: titles.map((title) => title.slice(0, longTitle)),
  sample: sample.map((cells) => cells.map((cell) => cell.slice(0, longTitle))),
});
