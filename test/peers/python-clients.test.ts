import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { needs, python } from '../needs.ts';
import { root, type ServedBench, serveBench, start, temporaryFolder } from './terminal.ts';

const client = (name: string, port: string) => start(python, [join(root, 'test', 'peers', name), port]).ended;

needs('socat', 'pyserial')('programs that are not ours', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let bench: ServedBench;

  beforeAll(async () => {
    folder = await temporaryFolder();
    bench = await serveBench(folder.path);
  });

  afterAll(async () => {
    await bench?.close();
    await folder?.remove();
  });

  it('work with a bench board as with a real one: raw REPL, raw paste, credit, abort, Ctrl-C', async () => {
    const { code, stdout, stderr } = await client('raw_repl_client.py', bench.board(1));
    expect(code, stdout + stderr).toBe(0);
    expect(stdout.split('\n')).toContain('opened_again');
  });

  it('read the reference over SCPI and drive the bath', async () => {
    const { code, stdout, stderr } = await client('scpi_client.py', bench.reference);
    expect(code, stdout + stderr).toBe(0);
    expect(stdout.split('\n')).toContain('split_and_joined_lines');
  });
});
