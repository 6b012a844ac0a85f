import type { Frame, ReferenceIdentity, UnitIdentity } from '../../shared/contract/devices.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { OpenPort, PortInfo } from '../transport/transport.ts';
import type { AgentHello, AgentLink, ReferenceSession, UnitSession } from './driver.ts';
import { referenceDrivers, unitDriverFor } from './drivers.ts';

interface OpenUnit {
  session: UnitSession;
  link: Promise<AgentLink> | null;
  /** Ends the hearing of the link before this one, which may still be fed by the same line. */
  unlisten: () => void;
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
  readonly #frameListeners = new Map<string, Set<(frame: Frame) => void>>();

  constructor(openPort: OpenPort) {
    this.#openPort = openPort;
  }

  /** Interrupts what runs on the unit and asks who it is. */
  async identify(port: PortInfo, signal: AbortSignal): Promise<UnitIdentity> {
    const open = await this.#unit(port.port, signal);
    open.link = null;
    return open.session.identify();
  }

  /** The session for work below the agent (push, read). The agent stops when it is used. */
  async session(port: string, signal: AbortSignal): Promise<UnitSession> {
    const open = await this.#unit(port, signal);
    open.link = null;
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
    open.unlisten = link.onFrame((frame) => {
      for (const listener of this.#frameListeners.get(expected) ?? []) listener(frame);
    });
    await link.stream(true);
    return link;
  }

  /**
   * For whoever only looks: attaches where no work below the agent is under way. A unit that is away, held by another
   * program or not provisioned is left alone; the caller sees that no frames come and asks again later.
   */
  async attachIfIdle(port: string, expected: string, signal: AbortSignal): Promise<boolean> {
    if (this.#exclusive.has(port)) return false;
    try {
      await this.agent(port, expected, signal);
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

  async reference(port: string, signal: AbortSignal): Promise<ReferenceSession> {
    return this.#shared(this.#references, port, async () => {
      const transport = await this.#openPort(port, { signal });
      return referenceDrivers.scpi.open(transport, {});
    });
  }

  async identifyReference(port: string, signal: AbortSignal): Promise<ReferenceIdentity> {
    const session = await this.reference(port, signal);
    return session.identify();
  }

  async close(): Promise<void> {
    const units = [...this.#units.values()].map(async (open) => (await open).session.close());
    const references = [...this.#references.values()].map(async (session) => (await session).close());
    await Promise.allSettled([...units, ...references]);
  }

  async #unit(port: string, signal: AbortSignal): Promise<OpenUnit> {
    return this.#shared(this.#units, port, async () => {
      const transport = await this.#openPort(port, { signal });
      return { session: unitDriverFor(transport).open(transport, {}), link: null, unlisten: () => undefined };
    });
  }

  /** Opens once, however many ask at the same time; forgets it when it closes or fails to open. */
  async #shared<T extends UnitSession | ReferenceSession | OpenUnit>(
    table: Map<string, Promise<T>>,
    port: string,
    open: () => Promise<T>,
  ): Promise<T> {
    const known = table.get(port);
    if (known) return known;
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
