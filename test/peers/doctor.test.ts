import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { servePtys, startBench } from '../../electron/bench/bench.ts';
import type { AgentHello } from '../../electron/drivers/driver.ts';
import { unitDriverFor } from '../../electron/drivers/drivers.ts';
import { unitFile } from '../../electron/provisioning/files.ts';
import { appSoftware, slotFile, slotImage } from '../../electron/provisioning/software/software.ts';
import { type CheckId, Diagnosis, type Finding } from '../../shared/contract/doctor.ts';
import { needs } from '../needs.ts';
import { type Ended, looksLikeAStack, plumb, root, serveBench, temporaryFolder } from './terminal.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder();
});

afterAll(() => folder.remove());

async function untilThere(path: string): Promise<void> {
  while (!(await stat(path).then(Boolean, () => false)))
    await new Promise((resolve) => setTimeout(resolve, 20));
}

/** A program that runs until the test has ended. */
function alongside(program: string, ...args: string[]): number {
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = once(child, 'exit');
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await ended;
  });
  return child.pid ?? 0;
}

/** Two ends of a cable; what the far one hears is kept in a file. */
async function cable(name: string): Promise<{ near: string; heard: () => Promise<string> }> {
  const near = join(folder.path, name);
  const kept = join(folder.path, `${name}-heard`);
  alongside('socat', '-u', `pty,raw,echo=0,link=${near}`, `create:${kept}`);
  await untilThere(near);
  return { near, heard: () => readFile(kept, 'latin1') };
}

/** A board of the bench with the agent running, on a pseudo-terminal. */
async function commissioned(ptys: string): Promise<{ link: string; hello: AgentHello }> {
  const bench = await startBench({ boards: 1 });
  onTestFinished(() => bench.close());
  const channel = { id: 't1', adc: 26, quantum: '0.001', unit: 'degC', oversample: 8, stale_ms: 2000 };
  const place = { v: 1, version: 1, tag: 'TT-101', asset: 'A-1', location: 'Bench' };
  const config = Buffer.from(JSON.stringify({ ...place, period_ms: 100, channels: [channel] }));
  const session = unitDriverFor({ port: 'bench:1', kind: 'simulated' }).open(await bench.open('bench:1'), {});
  const { hardwareId: expected } = await session.identify();
  const files = [slotFile(unitFile('/config.json', config))];
  const image = slotImage(await appSoftware(join(root, 'resources')), { files, data: [] });
  await session.push(image, { expected });
  const hello = await session.restart({ expected });
  await session.close();
  const served = await servePtys(bench, ptys);
  onTestFinished(() => served.close());
  return { link: served.links[0] ?? '', hello };
}

function read({ code, stdout, stderr }: Ended): { code: number | null; found: (id: CheckId) => Finding } {
  expect(looksLikeAStack(stderr)).toBe(false);
  const diagnosis = Diagnosis.parse(JSON.parse(stdout));
  expect(code, stdout).toBe(diagnosis.ok ? 0 : 1);
  return {
    code,
    found: (id) => {
      const finding = diagnosis.reports[0]?.findings.find((each) => each.id === id);
      if (!finding) throw new Error(`no finding ${id}: ${stdout}`);
      return finding;
    },
  };
}

const doctor = async (port: string) => read(await plumb('doctor', '--port', port, '--json'));

needs('socat')('plumb doctor on a real line', () => {
  it('finds a silent port sound, asks hello, and sends nothing that could disturb', async () => {
    const { near, heard } = await cable('silent');
    const { code, found } = await doctor(near);
    expect([code, found('opens').state, found('answers').state]).toEqual([0, 'ok', 'possible']);
    const sent = await heard();
    expect(sent).toMatch(/^(?:\n\?\d+ hello\*[0-9A-F]{4}\n)+$/);
  });

  it('names the process that holds the port, and leaves the line alone', async () => {
    const { near, heard } = await cable('held');
    const terminal = await realpath(near);
    const holder = alongside('socat', `file:${near},raw,echo=0`, '-');
    while (!(await doctor(near)).found('port-held').evidence.includes(`socat (process ${holder})`)) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { code, found } = await doctor(near);
    expect(code).toBe(1);
    expect(found('port-held')).toMatchObject({
      state: 'problem',
      evidence: expect.stringContaining(`${terminal} is open in socat (process ${holder})`),
    });
    expect(found('opens').evidence).toBe('not opened: see port-held');
    // What was sent before the holder had opened it is all that was ever sent.
    const before = await heard();
    await doctor(near);
    expect(await heard()).toBe(before);
  });

  it('knows the prompt of a new board by its echo', async () => {
    const bench = await serveBench(join(folder.path, 'bench'));
    onTestFinished(async () => {
      await bench.close();
    });
    const { code, found } = await doctor(bench.board(1));
    expect([code, found('opens').state]).toEqual([0, 'ok']);
    expect(found('answers')).toMatchObject({ state: 'ok', evidence: expect.stringContaining('echoes') });
  });

  it('is all well where the agent answers, and the agent goes on as before', async () => {
    const { link, hello } = await commissioned(join(folder.path, 'agent'));
    const evidence = `the agent ${hello.agent} of unit ${hello.unit} answers, commissioned as TT-101`;
    for (let time = 0; time < 2; time += 1) {
      const { code, found } = await doctor(link);
      expect(code).toBe(0);
      expect(found('answers')).toMatchObject({ state: 'ok', evidence });
    }
  });

  it('sees a port whose permissions let nobody in, as a user who is not root', async (context) => {
    const { near } = await cable('closed');
    await chmod(near, 0);
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    await chmod(folder.path, 0o755);
    const entry = join(root, 'electron', 'cli', 'main.ts');
    const run = async (...args: string[]): Promise<Ended> => {
      const child = spawn(process.execPath, args, { ...nobody, cwd: '/' });
      const heard = { stdout: '', stderr: '' };
      child.stdout.on('data', (bytes: Buffer) => {
        heard.stdout += bytes.toString();
      });
      child.stderr.on('data', (bytes: Buffer) => {
        heard.stderr += bytes.toString();
      });
      const [code] = await once(child, 'close');
      return { code: code as number | null, ...heard };
    };
    const help = await run(entry, '--help').catch(() => undefined);
    context.skip(help?.code !== 0, 'the other user cannot read this checkout');
    const { code, found } = read(await run(entry, 'doctor', '--port', near, '--json'));
    expect(code).toBe(1);
    expect(found('permission')).toMatchObject({
      state: 'problem',
      evidence: expect.stringMatching(/^c--------- /),
    });
    expect(found('opens').evidence).toBe('not opened: see permission');
  });
});
