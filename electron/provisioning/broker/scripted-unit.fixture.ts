import { connect, type MqttClient } from 'mqtt';
import type { Frame } from '../../../shared/contract/devices.ts';
import type { AgentHello, AgentLink, UnitUplink } from '../../drivers/driver.ts';

/** How a peer departs from what a sound unit does; everything that is not named it does as a unit should. */
export interface Script {
  birth?: Record<string, unknown> | 'none';
  /** Added to what was measured, in quanta. */
  dataOff?: number;
  data?: 'none';
  /** Added to the number of the command. */
  answerOff?: number;
  answer?: 'none' | 'refuse';
  /** Says goodbye as it goes, so that no will comes. */
  farewell?: boolean;
  comesBack?: boolean;
  /** Added to the engine time of the birth after the return. */
  returnOff?: number;
  uplink?: Partial<UnitUplink>;
}

export const unit = 'e6614103e7452d2f';
export const manifest = 'ab'.repeat(32);
const base = `plumbline/${unit}`;

/** A unit at its line and at the broker, played: frames every 20 ms, data with each fifth of them. */
export class ScriptedUnit {
  readonly link: AgentLink;
  readonly #url: string;
  readonly #login: { username?: string; password?: string };
  readonly #script: Script;
  readonly #frames = new Set<(frame: Frame) => void>();
  readonly #timer: NodeJS.Timeout;
  readonly #boot = 7;
  #client: MqttClient | undefined;
  // It has been on for a while.
  #seq = 1000;
  #again: NodeJS.Timeout | undefined;

  constructor(port: number, script: Script = {}, login: { username?: string; password?: string } = {}) {
    this.#url = `mqtt://127.0.0.1:${port}`;
    this.#login = login;
    this.#script = script;
    this.#timer = setInterval(() => this.#scan(), 20);
    this.link = this.#asLink();
    this.#goOnline(0);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    clearTimeout(this.#again);
    await this.#client?.endAsync(true);
  }

  get #time(): number {
    return this.#seq * 20;
  }

  #hello(): AgentHello {
    return {
      agent: '0.1.0',
      unit,
      boot: this.#boot,
      t: this.#time,
      tag: 'TT-101',
      files: {},
      slot: 'a',
      manifest,
      bootsLeft: null,
      channels: ['t1'],
      engine: 1,
      rulesRevision: null,
      periodMs: 20,
    };
  }

  #goOnline(off: number): void {
    const will = { topic: `${base}/state`, payload: Buffer.from('offline'), qos: 1, retain: true } as const;
    const options = { protocolVersion: 4, clientId: `plumbline-${unit}`, reconnectPeriod: 0, will } as const;
    const client = connect(this.#url, { ...options, ...this.#login });
    this.#client = client;
    client.on('error', () => undefined);
    client.on('message', (_, payload) => this.#answer(payload.toString()));
    client.on('connect', () => {
      client.subscribe(`${base}/cmd`, { qos: 1 });
      client.publish(`${base}/state`, 'online', { qos: 1, retain: true });
      const { birth } = this.#script;
      if (birth === 'none') return;
      const { agent, tag, boot, t } = this.#hello();
      const own = {
        unit,
        agent,
        sw: manifest,
        slot: 'a',
        tag,
        boot,
        t: t + off,
        channels: ['t1'],
        rev: null,
      };
      client.publish(`${base}/birth`, JSON.stringify({ ...own, ...birth }), { qos: 1, retain: true });
    });
  }

  #scan(): void {
    this.#seq += 1;
    const [seq, t, value] = [this.#seq, this.#time, 20_000 + this.#seq];
    for (const listener of this.#frames) {
      listener({ seq, t, channels: [{ id: 't1', value, raw: value * 8 }], at: Date.now() });
    }
    const { data, dataOff = 0 } = this.#script;
    if (data === 'none' || seq % 5 !== 0 || !this.#client?.connected) return;
    this.#client.publish(
      `${base}/data`,
      JSON.stringify({ boot: this.#boot, seq, t, v: { t1: value + dataOff } }),
    );
  }

  #answer(payload: string): void {
    const { id } = JSON.parse(payload) as { id: number };
    const { answer, answerOff = 0 } = this.#script;
    if (answer === 'none') return;
    const said = answer === 'refuse' ? { no: ['busy', 'not now'] } : { ok: { unit, boot: this.#boot } };
    this.#client?.publish(`${base}/reply`, JSON.stringify({ id: id + answerOff, ...said }), { qos: 1 });
  }

  #drop(holdMs: number): void {
    const { farewell, comesBack = true, returnOff = 0 } = this.#script;
    this.#client?.end(farewell !== true);
    if (farewell !== true) this.#client?.stream.destroy();
    if (comesBack) this.#again = setTimeout(() => this.#goOnline(returnOff), Math.min(holdMs, 100));
  }

  #asLink(): AgentLink {
    const never = (): never => {
      throw new Error('nobody asks for that here');
    };
    return {
      closed: new Promise(() => undefined),
      hello: async () => this.#hello(),
      stream: async () => undefined,
      onFrame: (listener) => {
        this.#frames.add(listener);
        return () => void this.#frames.delete(listener);
      },
      uplink: async () => ({
        network: 'up',
        address: null,
        broker: 'up',
        trouble: null,
        ...this.#script.uplink,
      }),
      dropBroker: async (holdMs) => this.#drop(holdMs),
      onRuleEvent: never,
      onDamage: never,
      onRestart: never,
      put: never,
      confirm: never,
      selfTest: never,
      clock: never,
      shelve: never,
      kept: never,
      vectors: never,
      events: never,
      get: never,
    };
  }
}
