import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { type Bench, startBench } from '../../electron/bench/bench.ts';
import { encodeLine } from '../../electron/drivers/micropython/agent-line.ts';
import type { Transport } from '../../electron/transport/transport.ts';
import { root } from './terminal.ts';

const agent = join(root, 'resources', 'agent');
const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** What a unit is to hold: its configuration, and further files of its slot by name. */
export interface Content {
  config: object;
  slot?: Record<string, string>;
  rules?: object;
}

export const channels = [
  { id: 't1', adc: 26, quantum: '0.001', unit: 'degC', oversample: 1, stale_ms: 2000 },
];
const calibration = { v: 1, version: 1, channels: { t1: [10, 0, 0] } };

/** Writes a commissioned unit's files, the agent in slot `a` and kept. */
export async function writeUnit(folder: string, { config, slot = {}, rules }: Content): Promise<void> {
  const modules = (await readdir(join(agent, 'plumbline'))).filter((name) => name.endsWith('.py'));
  const code = await Promise.all(
    modules.map(
      async (name) => [`plumbline/${name}`, await readFile(join(agent, 'plumbline', name), 'utf8')] as const,
    ),
  );
  const files = new Map<string, string>([
    ...code,
    ['config.json', JSON.stringify(config)],
    ...Object.entries(slot),
  ]);
  const listed = [...files].map(([path, text]) => [`/${path}`, Buffer.byteLength(text), sha256(text)]);
  const manifest = JSON.stringify({
    v: 1,
    product: 'plumbline-agent',
    version: '0.1.0',
    counter: 0,
    files: listed,
  });
  const whole = new Map<string, string>([
    ['main.py', await readFile(join(agent, 'main.py'), 'utf8')],
    ...[...files].map(([path, text]) => [`a/${path}`, text] as const),
    ['a/manifest.json', manifest],
    ['plumbline/calibration.json', JSON.stringify(calibration)],
    ['plumbline/slot.0', Buffer.from(encodeLine('1 a - - -')).toString()],
    ...(rules === undefined ? [] : [['plumbline/rules.json', JSON.stringify(rules)] as const]),
  ]);
  for (const [path, text] of whole) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** The agent on CPython with the files in a folder; its ADC is a file there. */
export class CPythonUnit {
  readonly id = 'abcd1234';
  readonly #folder: string;
  #child: ChildProcessWithoutNullStreams | null = null;
  #heard = '';
  #requests = 0;
  errors = '';
  /** A Python that has paho-mqtt, where its client is to be used instead of the agent's own. */
  readonly #paho: string | null;

  constructor(folder: string, paho: string | null = null) {
    this.#folder = folder;
    this.#paho = paho;
  }

  async start(content: Content): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
    await writeUnit(this.#folder, content);
    if (this.#paho) await cp(join(agent, 'clients'), join(this.#folder, 'clients'), { recursive: true });
    await mkdir(join(this.#folder, 'adc'), { recursive: true });
    await this.setAdc(5000);
    this.powerOn();
  }

  /** With what it holds already. */
  powerOn(): void {
    const main = join(this.#folder, 'main.py');
    this.#heard = '';
    const child = spawn(this.#paho ?? 'python3', ['-B', main, '--root', this.#folder, '--unit', this.id]);
    child.stdout.on('data', (data: Buffer) => {
      this.#heard += data.toString();
    });
    child.stderr.on('data', (data: Buffer) => {
      this.errors += data.toString();
    });
    this.#child = child;
  }

  setAdc(value: number): Promise<void> {
    return writeFile(join(this.#folder, 'adc', '26'), String(value));
  }

  /** What its rules decided since it was started, as it says on its line: rule and kind. */
  decisions(): string[] {
    return [...this.#heard.matchAll(/^!\d+ \d+ (\d+ [A-Z]+)\*/gm)].map(([, words]) => words ?? '');
  }

  /** The answer to a request over its line. */
  async ask(verb: string, args?: object): Promise<unknown> {
    this.#requests += 1;
    const id = this.#requests;
    const body = `?${id} ${verb}${args === undefined ? '' : ` ${JSON.stringify(args)}`}`;
    this.#child?.stdin.write(encodeLine(body));
    return answerIn(() => this.#heard, id);
  }

  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child) return;
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
}

/** What stands after `=<id> ok`. Rejects with what the unit said instead. */
export async function answerIn(heard: () => string, id: number): Promise<unknown> {
  const late = Date.now() + 10_000;
  while (Date.now() < late) {
    const found = new RegExp(`^=${id} (ok|no) (.*)\\*[0-9A-F]{4}\\r?$`, 'm').exec(heard());
    if (found?.[1] === 'ok') return JSON.parse(found[2] ?? '');
    if (found) throw new Error(`refused: ${found[2]}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`no answer to ${id} in ${JSON.stringify(heard().slice(-2000))}`);
}

/** The agent on a bench board; what it holds is written before its power comes on. */
export class BenchUnit {
  /** Of the first board of a bench with the usual seed. */
  readonly id = 'e66de74fd0e82c10';
  readonly #folder: string;
  #bench: Bench | null = null;
  #line: Transport | null = null;
  #heard = '';
  #requests = 0;
  readonly errors = '';

  constructor(folder: string) {
    this.#folder = folder;
  }

  get bench(): Bench {
    if (!this.#bench) throw new Error('the board was not started');
    return this.#bench;
  }

  async start(content: Content): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
    const net = { kind: 'wifi', ssid: 'bench', ip: null };
    await writeUnit(join(this.#folder, 'board1'), {
      ...content,
      config: { net, ...content.config },
      slot: { 'secret.json': JSON.stringify({ v: 1, wifi: 'plumb-line' }), ...content.slot },
    });
    this.#bench = await startBench({ boards: 1, filesDirectory: this.#folder });
    this.#line = await this.#bench.open('bench:1');
    this.#line.onData((bytes) => {
      this.#heard += Buffer.from(bytes).toString('latin1');
    });
  }

  async ask(verb: string, args?: object): Promise<unknown> {
    this.#requests += 1;
    const id = this.#requests;
    const body = `?${id} ${verb}${args === undefined ? '' : ` ${JSON.stringify(args)}`}`;
    await this.#line?.write(encodeLine(body));
    return answerIn(() => this.#heard, id);
  }

  /** Times at which this many scans in a row were made, ms by the board's own clock. */
  async frameTimes(count: number): Promise<number[]> {
    await this.ask('stream', { on: true });
    for (;;) {
      const times = [...this.#heard.matchAll(/^~\d+ (\d+) /gm)].map(([, time]) => Number(time));
      if (times.length >= count) return times.slice(0, count);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async stop(): Promise<void> {
    await this.#bench?.close();
    this.#bench = null;
  }
}

/** A wire to a broker that can be cut. */
export class Relay {
  readonly #server = createServer((socket) => this.#carry(socket));
  readonly #sockets = new Set<Socket>();
  #to = 0;
  #cut = false;

  async listen(to: number): Promise<number> {
    this.#to = to;
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  #carry(near: Socket): void {
    if (this.#cut) {
      near.destroy();
      return;
    }
    const far = connect(this.#to, '127.0.0.1');
    for (const socket of [near, far]) {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  }

  set cut(cut: boolean) {
    this.#cut = cut;
    if (cut) for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  close(): void {
    this.cut = true;
    this.#server.close();
  }
}

/** Somebody at the broker who sees all that a unit says. */
export class Watcher {
  readonly seen: { topic: string; text: string; retained: boolean }[] = [];
  readonly #client: MqttClient;
  readonly #base: string;

  private constructor(client: MqttClient, base: string) {
    this.#client = client;
    this.#base = base;
  }

  static async at(options: IClientOptions, unit: string): Promise<Watcher> {
    const client = await connectAsync({ host: '127.0.0.1', reconnectPeriod: 0, ...options });
    const watcher = new Watcher(client, `plumbline/${unit}`);
    client.on('message', (topic, payload, { retain }) => {
      watcher.seen.push({
        topic: topic.slice(watcher.#base.length + 1),
        text: payload.toString(),
        retained: retain,
      });
    });
    await client.subscribeAsync(`${watcher.#base}/#`, { qos: 1 });
    return watcher;
  }

  of(topic: string): string[] {
    return this.seen.filter((one) => one.topic === topic).map(({ text }) => text);
  }

  /** Waits until as many have come on the topic, and gives the last of them. */
  async next(topic: string, count = 1): Promise<string> {
    const late = Date.now() + 20_000;
    while (Date.now() < late) {
      const found = this.of(topic);
      if (found.length >= count) return found[count - 1] ?? '';
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`${topic} did not come ${count} times: ${JSON.stringify(this.seen.slice(-20))}`);
  }

  command(words: unknown, retain = false): Promise<void> {
    return this.say(JSON.stringify(words), retain);
  }

  /** To the unit, as it stands. */
  async say(text: string, retain = false): Promise<void> {
    await this.#client.publishAsync(`${this.#base}/cmd`, text, { qos: 1, retain });
  }

  async end(): Promise<void> {
    await this.#client.endAsync(true);
  }
}
