import { parentPort } from 'node:worker_threads';
import type { LabRequest } from './lab-messages.ts';

/** Answers with what it was asked; at 13 it dies, at 14 it never comes back. */
parentPort?.on('message', ({ id, params }: LabRequest) => {
  const { at } = params as { at: number };
  if (at === 13) throw new Error('thirteen');
  while (at === 14);
  parentPort?.postMessage({ id, result: at });
});
