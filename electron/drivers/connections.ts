import type { Frame, ReferenceIdentity, RuleEvent, UnitIdentity } from '../../shared/contract/devices.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { OpenPort, PortInfo, Transport } from '../transport/transport.ts';
import type { AgentHello, AgentLink, ReferenceSession, UnitSession } from './driver.ts';
import { unitDriverFor } from './drivers.ts';
import { openReference, type PortSource } from './open-reference.ts';

/** A unit whose program was stopped for work that does not come gets it back after this time. */
const idleMs = 30_000;

interface OpenUnit {
  session: UnitSession;
  link: Promise<AgentLink> | null;
  /** Ends the hearing of the link before this one, which may still be fed by the same line. */
  unlisten: () => void;
  /** Until its program is started again. */
  idle: NodeJS.Timeout | undefined;
}

/**
 * Who is connected where: one open session a port, shared by everything that works with it, and the frames of each
 * unit under its hardware id, whatever port it is on and however often its agent restarts.
 */
export class Connections {
  readonly #openPort: OpenPort;
  readonly #exclusive = new Set<string>();
  readonly #units = new Map<string, Promise<OpenUnit>>();
  readonly #references = new Map<string, Promise<ReferenceSession>>();
  /** Port -> how the reference on it is read, as JSON. */
  readonly #ways = new Map<string, string>();
  /** Units whose program was stopped for work and has not been heard since. */
  readonly #stopped = new Set<string>();
  readonly #frameListeners = new Map<string, Set<(frame: Frame) => void>>();
  readonly #eventListeners = new Map<string, Set<(event: RuleEvent) => void>>();
  readonly #damageListeners = new Map<string, Set<() => void>>();
  readonly #restartListeners = new Map<string, Set<() => void>>();

  readonly #openUnit: (transport: Transport) => UnitSession;

  constructor(
    openPort: OpenPort,
    openUnit: (transport: Transport) => UnitSession = (transport) =>
      unitDriverFor(transport).open(transport, {}),
  ) {
    this.#openPort = openPort;
    this.#openUnit = openUnit;
  }

  /** Interrupts what runs on the unit and asks who it is. A unit that was asked before and left gets its program back. */
  async identify(port: PortInfo, signal: AbortSignal): Promise<UnitIdentity> {
    for (const other of this.#units.keys()) if (other !== port.port) void this.#letGo(other);
    const open = await this.#unit(port.port, signal);
    open.link = null;
    this.#watchIdle(port.port, open);
    const identity = await open.session.identify({ signal });
    this.#stopped.add(identity.hardwareId);
    return identity;
  }

  /** The session for work below the agent (push, read) of a unit. The agent stops when it is used. */
  async session(port: string, expected: string, signal: AbortSignal): Promise<UnitSession> {
    const open = await this.#unit(port, signal);
    open.link = null;
    this.#stopped.add(expected);
    this.#watchIdle(port, open);
    return open.session;
  }

  /** Restarts the unit and takes its agent into use again. */
  async restart(port: string, expected: string, signal: AbortSignal): Promise<AgentHello> {
    const open = await this.#unit(port, signal);
    open.link = null;
    const hello = await open.session.restart({ expected, signal });
    await this.agent(port, expected, signal);
    return hello;
  }

  /**
   * The running agent of this very unit, its frames turned on. Fails with WRONG_UNIT where another one answers.
   * A link that is known is asked again: a unit that lost power in between has its frames off.
   */
  async agent(port: string, expected: string, signal: AbortSignal): Promise<AgentLink> {
    const open = await this.#unit(port, signal);
    // Its program was stopped by us and nothing came of it: the unit was only asked who it is.
    if (open.session.interrupted) await open.session.restart({ expected, signal });
    try {
      return await this.#running(open, expected, signal);
    } catch (thrown) {
      const absent = thrown instanceof Failure && thrown.code === 'AGENT_NOT_RUNNING';
      // The line was lost in between and the unit kept its power.
      if (!absent || !this.#stopped.has(expected)) throw thrown;
      await open.session.restart({ expected, signal });
      return this.#running(open, expected, signal);
    }
  }

  async #running(open: OpenUnit, expected: string, signal: AbortSignal): Promise<AgentLink> {
    const link = await open.link?.catch(() => null);
    if (link && (await answers(link))) return link;
    const attaching = this.#attach(open, expected, signal);
    open.link = attaching;
    try {
      return await attaching;
    } catch (thrown) {
      if (open.link === attaching) open.link = null;
      throw thrown;
    }
  }

  async #attach(open: OpenUnit, expected: string, signal: AbortSignal): Promise<AgentLink> {
    const link = await open.session.attach({ expected, signal });
    open.unlisten();
    const unlisten = [
      link.onFrame((frame) => {
        for (const listener of this.#frameListeners.get(expected) ?? []) listener(frame);
      }),
      link.onRuleEvent((event) => {
        for (const listener of this.#eventListeners.get(expected) ?? []) listener(event);
      }),
      link.onDamage(() => {
        for (const listener of this.#damageListeners.get(expected) ?? []) listener();
      }),
      link.onRestart(() => {
        for (const listener of this.#restartListeners.get(expected) ?? []) listener();
      }),
    ];
    open.unlisten = () => {
      for (const end of unlisten) end();
    };
    await link.stream(true);
    this.#stopped.delete(expected);
    return link;
  }

  /**
   * For whoever only looks: attaches where no work below the agent is under way. A unit that is away, held by another
   * program or not provisioned is left alone; the caller sees that no frames come and asks again later.
   */
  async attachIfIdle(port: string, expected: string, signal: AbortSignal): Promise<boolean> {
    if (this.#exclusive.has(port)) return false;
    try {
      const open = await this.#unit(port, signal);
      if (open.session.interrupted) return false;
      await this.#running(open, expected, signal);
      return true;
    } catch (thrown) {
      if (thrown instanceof Failure || signal.aborted) return false;
      throw thrown;
    }
  }

  /** While `work` runs, nobody else attaches to the unit on this port. */
  async exclusively<T>(port: string, work: () => Promise<T>): Promise<T> {
    if (this.#exclusive.has(port)) {
      throw new Failure('STEP_BLOCKED', { detail: `other work with the unit on ${port} is under way` });
    }
    this.#exclusive.add(port);
    try {
      return await work();
    } finally {
      this.#exclusive.delete(port);
    }
  }

  onFrame(unit: string, listener: (frame: Frame) => void): () => void {
    return add(this.#frameListeners, unit, listener);
  }

  /** Decisions of the unit's own rules. */
  onRuleEvent(unit: string, listener: (event: RuleEvent) => void): () => void {
    return add(this.#eventListeners, unit, listener);
  }

  /** Something of the unit came that could not be read, a frame or a decision. */
  onDamage(unit: string, listener: () => void): () => void {
    return add(this.#damageListeners, unit, listener);
  }

  /** The unit's rule engine began anew, whoever brought that about. */
  onRestart(unit: string, listener: () => void): () => void {
    return add(this.#restartListeners, unit, listener);
  }

  /** The reference on this port. Read in another way than before, the port is closed and opened as that way needs it. */
  async reference(
    port: string,
    signal: AbortSignal,
    source: PortSource = { kind: 'scpi' },
  ): Promise<ReferenceSession> {
    const way = JSON.stringify(source);
    const other = this.#ways.get(port);
    if (other !== undefined && other !== way) {
      const opened = this.#references.get(port);
      this.#references.delete(port);
      await opened?.then((session) => session.close()).catch(() => undefined);
    }
    this.#ways.set(port, way);
    return this.#shared(this.#references, port, signal, () =>
      openReference(this.#openPort, port, source, signal),
    );
  }

  async identifyReference(
    port: string,
    signal: AbortSignal,
    source?: PortSource,
  ): Promise<ReferenceIdentity> {
    const session = await this.reference(port, signal, source);
    return session.identify();
  }

  async close(): Promise<void> {
    const units = [...this.#units].map(async ([port, opening]) => {
      const open = await opening;
      await this.#letGo(port);
      await open.session.close();
    });
    const references = [...this.#references.values()].map(async (session) => (await session).close());
    await Promise.allSettled([...units, ...references]);
  }

  async #unit(port: string, signal: AbortSignal): Promise<OpenUnit> {
    return this.#shared(this.#units, port, signal, async () => {
      const transport = await this.#openPort(port, { signal });
      const session = this.#openUnit(transport);
      const open: OpenUnit = { session, link: null, unlisten: () => undefined, idle: undefined };
      void session.closed.then(() => clearTimeout(open.idle));
      return open;
    });
  }

  #watchIdle(port: string, open: OpenUnit): void {
    clearTimeout(open.idle);
    open.idle = setTimeout(() => void this.#letGo(port), idleMs).unref();
  }

  /** Gives a unit the program back that was stopped for work, unless such work is under way. */
  async #letGo(port: string): Promise<void> {
    const open = await this.#units.get(port)?.catch(() => undefined);
    if (!open) return;
    clearTimeout(open.idle);
    if (this.#exclusive.has(port)) {
      this.#watchIdle(port, open);
      return;
    }
    await open.session.resume();
  }

  /**
   * Opens once, however many ask at the same time; forgets it when it closes or fails to open. Whoever came second and
   * was not stopped himself opens anew where the first one was stopped.
   */
  async #shared<T extends UnitSession | ReferenceSession | OpenUnit>(
    table: Map<string, Promise<T>>,
    port: string,
    signal: AbortSignal,
    open: () => Promise<T>,
  ): Promise<T> {
    const known = table.get(port);
    if (known) {
      return known.catch((thrown: unknown) => {
        const stopped = thrown instanceof Failure && thrown.code === 'CANCELLED';
        if (!stopped || signal.aborted) throw thrown;
        return this.#shared(table, port, signal, open);
      });
    }
    const opening = open();
    table.set(port, opening);
    const forget = (): void => {
      if (table.get(port) === opening) table.delete(port);
    };
    try {
      const opened = await opening;
      void ('session' in opened ? opened.session.closed : opened.closed).then(forget, forget);
      return opened;
    } catch (thrown) {
      forget();
      throw thrown;
    }
  }
}

async function answers(link: AgentLink): Promise<boolean> {
  try {
    await link.hello();
    await link.stream(true);
    return true;
  } catch (thrown) {
    if (thrown instanceof Failure) return false;
    throw thrown;
  }
}

function add<T>(table: Map<string, Set<T>>, key: string, listener: T): () => void {
  const listeners = table.get(key) ?? new Set<T>();
  table.set(key, listeners);
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
