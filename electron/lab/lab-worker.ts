import { parentPort } from 'node:worker_threads';
import { Failure } from '../../shared/contract/failure.ts';
import { type Given, labCalls } from './lab-calls.ts';
import type { LabReply, LabRequest } from './lab-messages.ts';
import { LoadedRecordings } from './loaded.ts';

/** The lab's thread: one question after another, recordings stay in memory between them. */
const loaded = new LoadedRecordings();

async function answer({ id, source, call, params }: LabRequest): Promise<LabReply> {
  try {
    const { file, ...rest } = source;
    const given: Given = { ...rest, recording: await loaded.get(file, source.channels) };
    const run = labCalls[call] as (given: Given, params: unknown) => unknown;
    return { id, result: run(given, params) };
  } catch (thrown) {
    return { id, failure: Failure.from(thrown).toJSON() };
  }
}

let last: Promise<void> = Promise.resolve();
parentPort?.on('message', (request: LabRequest) => {
  last = last.then(async () => parentPort?.postMessage(await answer(request)));
});
