import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AgentLineReader, encodeLine } from '../drivers/micropython/agent-line.ts';

const main = fileURLToPath(new URL('../../resources/agent/main.py', import.meta.url));

/** Libraries of inputs as far as the drivers use them: no converter is at hand. */
const libraries: Record<string, string> = {
  'gpiozero.py': `
class MCP3008:
    def __init__(self, channel):
        self.value = channel / 10
`,
  'board.py': 'A0 = "pin A0"\n',
  'analogio.py': `
class AnalogIn:
    def __init__(self, pin):
        assert pin == 'pin A0'
        self.value = 40000
`,
  'serial.py': `
class Serial:
    def __init__(self, name, baud, timeout):
        assert (name, baud, timeout) == ('/dev/ttyX', 9600, 0)
        self.data = b'noise\\nT 23.517 degC, 41 %\\nT 2'
    @property
    def in_waiting(self):
        return len(self.data)
    def read(self, n):
        data, self.data = self.data[:n], self.data[n:]
        return data
`,
};

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'plumbline-gateway-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** The agent as a process of its own, with a configuration that lies anywhere; the first line that fits. */
async function gateway(config: object, pattern: RegExp, ...more: string[]) {
  const path = await folder();
  const python = join(path, 'python');
  await mkdir(python);
  for (const [name, text] of Object.entries(libraries)) await writeFile(join(python, name), text);
  await writeFile(join(path, 'gateway.json'), JSON.stringify(config));
  await mkdir(join(path, 'plumbline'));
  const channels = (config as { channels: { id: string }[] }).channels.map(({ id }) => [id, [1, 0, 0]]);
  const calibration = { v: 1, version: 1, channels: Object.fromEntries(channels) };
  await writeFile(join(path, 'plumbline', 'calibration.json'), JSON.stringify(calibration));
  const child: ChildProcessWithoutNullStreams = spawn(
    'python3',
    ['-B', main, '--config', join(path, 'gateway.json'), '--unit', 'abcd1234', ...more],
    { env: { ...process.env, PYTHONPATH: python } },
  );
  onTestFinished(async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  let errors = '';
  child.stderr.on('data', (data: Buffer) => {
    errors += data.toString();
  });
  const reader = new AgentLineReader();
  const found = Promise.withResolvers<string>();
  child.stdout.on('data', (data: Buffer) => {
    const body = reader.feed(data).find((each) => pattern.test(each));
    if (body !== undefined) found.resolve(body);
  });
  child.once('exit', () => found.reject(new Error(`it ended: ${errors}`)));
  child.stdin.write(encodeLine('?1 stream {"on":true}'));
  return { path, body: await found.promise };
}

const channel = (id: string, adc: string) => ({
  id,
  adc,
  quantum: '1',
  unit: '',
  oversample: 1,
  stale_ms: 0,
});

describe('the agent on a gateway', () => {
  it('runs with a configuration that lies anywhere, and keeps the rest below its folder', async () => {
    const config = { v: 1, tag: 'GW-1', channels: [] };
    const { path, body } = await gateway(config, /^#/);
    expect(JSON.parse(body.slice(1))).toMatchObject({ tag: 'GW-1', unit: 'abcd1234', slot: null, boot: 1 });
    expect(await readdir(join(path, 'plumbline'))).toContain('boot');
  });

  it.each([
    ['gpiozero', 'gpiozero:MCP3008:3', 19_661],
    ['Blinka', 'blinka:A0', 40_000],
    ['pyserial', 'serial:/dev/ttyX:9600:0:2', 2351],
    ['another number of a line', 'serial:/dev/ttyX:9600:1:0', 41],
  ])('reads an input by %s', async (_name, adc, value) => {
    const { body } = await gateway({ v: 1, channels: [channel('a', adc)] }, /^~/);
    expect(body).toMatch(new RegExp(` a=${value}:${value}$`));
  });

  it.each([
    ['a pin that is not there', 'blinka:A9'],
    ['a device that is none', 'gpiozero:LED:3'],
    ['too few words', 'serial:/dev/ttyX'],
  ])('says what is wrong with %s', async (_name, adc) => {
    const { body } = await gateway({ v: 1, channels: [channel('a', adc)] }, /^#/);
    expect(JSON.parse(body.slice(1))).toMatchObject({
      wrong: { config: expect.stringContaining('adc of a: ') },
    });
  });
});
