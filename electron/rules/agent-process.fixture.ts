import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Closed, Transport } from '../transport/transport.ts';

const main = fileURLToPath(new URL('../../resources/agent/main.py', import.meta.url));

/** One channel `t1`, ten quanta a count. */
export const plainConfig = {
  v: 1,
  version: 1,
  tag: 'TT-1',
  asset: '',
  location: 'Bench',
  period_ms: 20,
  channels: [{ id: 't1', adc: 26, quantum: '0.001', unit: 'degC', oversample: 1, stale_ms: 2000 }],
};
export const plainCalibration = { v: 1, version: 1, channels: { t1: [10, 0, 0] } };

/** The edge agent on CPython, its line on pipes and its ADC a file. */
export class AgentProcess {
  readonly root: string;
  readonly #child: ChildProcessWithoutNullStreams;
  /** What it wrote outside its line: nothing, if all is well. */
  errors = '';

  private constructor(root: string) {
    this.root = root;
    this.#child = spawn('python3', ['-B', main, '--root', root, '--unit', 'abcd1234']);
    this.#child.stderr.on('data', (data: Buffer) => {
      this.errors += data.toString();
    });
  }

  /** `files`: text by name below `plumbline/`; an object is written as JSON. */
  static async start(files: Record<string, unknown>, adc = 5000): Promise<AgentProcess> {
    const root = await mkdtemp(join(tmpdir(), 'plumbline-agent-'));
    await mkdir(join(root, 'plumbline'));
    await mkdir(join(root, 'adc'));
    for (const [name, content] of Object.entries(files)) {
      const text = typeof content === 'string' ? content : JSON.stringify(content);
      await writeFile(join(root, 'plumbline', name), text);
    }
    await writeFile(join(root, 'adc', '26'), String(adc));
    return new AgentProcess(root);
  }

  /** The same unit, started again. */
  again(): AgentProcess {
    return new AgentProcess(this.root);
  }

  /** Whole or not at all: the agent may read at any moment. */
  async setAdc(value: number | string): Promise<void> {
    await writeFile(join(this.root, 'adc', 'next'), String(value));
    await rename(join(this.root, 'adc', 'next'), join(this.root, 'adc', '26'));
  }

  /** What the newer record of its rules' state says; empty where there is none. */
  async kept(): Promise<string> {
    const records = await Promise.all(
      [0, 1].map((at) => readFile(join(this.root, 'plumbline', `state.${at}`), 'utf8').catch(() => '0 ')),
    );
    const [last = ''] = records.sort((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10));
    return last.slice(last.indexOf(' ') + 1);
  }

  /** As a power cut: without a word. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  interrupt(): void {
    this.#child.kill('SIGINT');
  }

  async exit(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
    return this.#child.exitCode;
  }

  async remove(): Promise<void> {
    this.#child.stdin.end();
    this.#child.kill('SIGKILL');
    await this.exit();
    await rm(this.root, { recursive: true });
  }

  transport(): Transport {
    const child = this.#child;
    const closed = once(child, 'exit').then((): Closed => ({ reason: 'lost', detail: 'it ended' }));
    return {
      port: 'pipe',
      kind: 'simulated',
      closed,
      get isOpen() {
        return child.exitCode === null;
      },
      write: (bytes) =>
        new Promise((resolve, reject) => {
          child.stdin.write(bytes, (error) => (error ? reject(error) : resolve()));
        }),
      onData(listener) {
        child.stdout.on('data', listener);
        return () => child.stdout.off('data', listener);
      },
      close: async () => {
        child.stdin.end();
        await closed;
      },
    };
  }
}
