import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Frame } from '../../../shared/contract/devices.ts';
import { type Bench, servePtys, startBench } from '../../bench/bench.ts';
import { openSerial } from '../../transport/serial.ts';
import { agentImage, file } from './agent-image.fixture.ts';
import { usualTiming } from './timing.ts';
import { MicroPythonSession } from './unit-session.ts';

/** The edge agent itself, on real MicroPython: pushed, restarted, attached to. */
let bench: Bench;
const timing = { ...usualTiming, enterMs: 1500, restartMs: 8000, attachMs: 600, pollMs: 200 };

const calibration = (add: number): string =>
  JSON.stringify({ v: 1, version: 2, channels: { t1: [100, add, 10] } });

async function open(port = 'bench:1'): Promise<MicroPythonSession> {
  return new MicroPythonSession(await bench.open(port), { timing });
}

/** A session with a unit that holds the agent, and the unit's id. */
async function commissioned(session: MicroPythonSession) {
  const { hardwareId: expected } = await session.identify();
  const { files } = await session.push(agentImage('TT-101'), { expected });
  return { expected, files, hello: await session.restart({ expected }) };
}

beforeEach(async () => {
  bench = await startBench({ boards: 2 });
});

afterEach(async () => {
  await bench.close();
});

describe('restart', () => {
  test('what runs is what was pushed, by the agent’s own hashes', async () => {
    const session = await open();
    const { expected, files, hello } = await commissioned(session);
    expect(hello).toMatchObject({
      unit: expected,
      tag: 'TT-101',
      channels: ['t1'],
      periodMs: 50,
      rulesRevision: null,
    });
    expect(hello.files).toEqual(Object.fromEntries(files.map(({ path, sha256 }) => [path, sha256])));
    expect((await session.restart({ expected })).boot).toBe(hello.boot + 1);
    expect(await session.identify()).toMatchObject({ tag: 'TT-101', agent: hello.agent });
  });

  test('a program that fails at start says why', async () => {
    const session = await open();
    const { hardwareId: expected } = await session.identify();
    await session.replace([file('/main.py', 'import nothing_there\n')], { expected });
    await expect(session.restart({ expected })).rejects.toMatchObject({
      code: 'UNIT_REFUSED',
      params: { detail: expect.stringContaining('ImportError') },
      deviceState: 'indeterminate',
    });
  });

  test('a program that is no agent is AGENT_NOT_RUNNING', async () => {
    const session = await open();
    const { hardwareId: expected } = await session.identify();
    await session.replace([file('/main.py', 'print("hello")\n')], { expected });
    await expect(session.restart({ expected })).rejects.toMatchObject({ code: 'AGENT_NOT_RUNNING' });
  });

  test('a cable pulled meanwhile is PORT_LOST', async () => {
    const session = await open();
    const { expected } = await commissioned(session);
    const restarting = session.restart({ expected });
    await bench.fault(1, { kind: 'pullCable' });
    await expect(restarting).rejects.toMatchObject({ code: 'PORT_LOST' });
  });
});

describe('attach', () => {
  test('without disturbing it: frames, a file put in force, a file read back', async () => {
    const first = await open();
    const { expected, hello } = await commissioned(first);
    await first.close();
    const session = await open();
    const link = await session.attach({ expected });
    expect((await link.hello()).boot).toBe(hello.boot);
    const frames: Frame[] = [];
    const enough = new Promise<void>((resolve) => {
      link.onFrame((frame) => frames.push(frame) === 5 && resolve());
    });
    await link.stream(true);
    await enough;
    expect(frames.map(({ seq }, i) => seq - i)).toEqual(frames.map(() => frames[0]?.seq));
    const written = Buffer.from(calibration(5_000_000));
    const commit = await link.put('calibration', written);
    expect(await link.get('calibration')).toEqual(written);
    expect(await link.get('rules')).toBeNull();
    const under = await new Promise<Frame>((resolve) => {
      link.onFrame((frame) => frame.seq >= commit.fromSeq && resolve(frame));
    });
    const [reading] = under.channels;
    expect(reading?.value).toBe(Math.floor(((reading?.raw ?? 0) * 100 + 5_000_000) / 1024));
    await expect(link.put('calibration', Buffer.from('{"v":1}'))).rejects.toMatchObject({
      code: 'UNIT_REFUSED',
      deviceState: 'old-still-runs',
    });
    expect(await link.get('calibration')).toEqual(written);
  });

  test('a unit without an agent, and a unit that is not the one', async () => {
    const session = await open();
    await expect(session.attach({ expected: 'beef0001' })).rejects.toMatchObject({
      code: 'AGENT_NOT_RUNNING',
    });
    const { expected } = await commissioned(session);
    await expect(session.attach({ expected: 'beef0001' })).rejects.toMatchObject({
      code: 'WRONG_UNIT',
      params: { found: expected },
    });
  });

  test('after work through the REPL the old link is over', async () => {
    const session = await open();
    const { expected } = await commissioned(session);
    const link = await session.attach({ expected });
    await session.identify();
    await expect(link.hello()).rejects.toMatchObject({ code: 'AGENT_NOT_RUNNING' });
    await expect(session.attach({ expected })).rejects.toMatchObject({ code: 'AGENT_NOT_RUNNING' });
  });
});

test('all of it through a real serial port', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-ptys-'));
  const ptys = await servePtys(bench, folder);
  try {
    const session = new MicroPythonSession(await openSerial(ptys.links[0] ?? 'none'), { timing });
    const { expected } = await commissioned(session);
    const link = await session.attach({ expected });
    await link.put('calibration', Buffer.from(calibration(1)));
    expect(Buffer.from((await link.get('calibration')) ?? 'none').toString()).toBe(calibration(1));
    await session.close();
  } finally {
    await ptys.close();
    await rm(folder, { recursive: true, force: true });
  }
});
