import { Failure } from '../../../shared/contract/failure.ts';
import { pause } from '../../transport/deadline.ts';
import type { Transport } from '../../transport/transport.ts';
import type { AgentHello } from '../driver.ts';
import type { AgentChannel } from './agent-channel.ts';
import { type HeardHello, readHello, readPages } from './agent-hello.ts';
import { demandUnit } from './identity.ts';
import type { RawRepl } from './raw-repl.ts';
import type { Timing } from './timing.ts';

const softReset = Uint8Array.of(0x04);
const during = 'starting the edge agent';

/** Lines of a traceback end in the error, `ImportError: no module named 'plumbline'`. */
const errorLine = /^[A-Z]\w*(?:Error|Exception|Interrupt|Exit)\b/;

export interface StartContext {
  transport: Transport;
  channel: AgentChannel;
  timing: Timing;
  /** Hardware id of the unit. */
  expected: string;
  signal: AbortSignal | undefined;
  repl: RawRepl;
  /** The unit is out of our hands: what it starts runs. */
  running: () => void;
}

/** An agent that came up, and the last error that stood on the line before it did. */
export interface Started {
  hello: HeardHello;
  problem: string;
}

/**
 * Soft reset of this very unit until its agent comes up. Software on trial that stays silent is reset `resets` more
 * times, until the unit gives it up by itself.
 */
export async function startAgent(context: StartContext, resets: number): Promise<Started> {
  const { repl, transport, expected, signal } = context;
  for (let left = resets; ; left -= 1) {
    await repl.enter(signal);
    await demandUnit(repl, transport.port, expected, signal);
    await repl.leave(signal);
    context.running();
    try {
      return await awaitAgent(context);
    } catch (thrown) {
      const silent = thrown instanceof Failure && thrown.code === 'AGENT_NOT_RUNNING';
      if (!silent || left === 0) throw thrown;
    }
  }
}

/**
 * Soft reset at the friendly prompt; boot.py and main.py run. Resolves with the agent's announcement or answer.
 * @throws AGENT_NOT_RUNNING, UNIT_REFUSED with the error that main.py ended in, UNIT_NOT_BOOTABLE
 */
async function awaitAgent(context: StartContext): Promise<Started> {
  const { transport, channel, timing, expected, signal } = context;
  const { port } = transport;
  const { restartMs, pollMs, replyMs } = timing;
  let heard: HeardHello | undefined;
  let unbootable: string | undefined;
  let rebooted = false;
  let problem = '';
  const stop = channel.listen({
    hello: (hello) => {
      heard = hello;
    },
    unbootable: (why) => {
      unbootable = why;
    },
    stray: (text) => {
      rebooted ||= text.includes('soft reboot');
      if (errorLine.test(text)) problem = text;
    },
  });
  try {
    await transport.write(softReset, { deadlineMs: replyMs, ...(signal ? { signal } : {}) });
    const giveUpAt = performance.now() + restartMs;
    for (let asked = performance.now(); !heard && performance.now() < giveUpAt; ) {
      await pause(Math.min(20, pollMs), signal, during);
      if (!transport.isOpen) throw new Failure('PORT_LOST', { port, during });
      if (heard) break;
      if (unbootable !== undefined) {
        const facts = { unit: expected, detail: unbootable };
        throw new Failure('UNIT_NOT_BOOTABLE', facts, { deviceState: 'bootloader-only' });
      }
      // The prompt after a reboot means that main.py has ended; its last words say why. A hello that came too late may
      // stand behind it: to the REPL it is typed text without a carriage return.
      if (rebooted && channel.unfinished.startsWith('>>> ')) throw ended(port, problem);
      if (performance.now() - asked < pollMs) continue;
      heard ??= await ask(channel, pollMs, signal);
      asked = performance.now();
    }
    if (heard) return { hello: heard, problem };
    throw new Failure('AGENT_NOT_RUNNING', { port });
  } finally {
    stop();
  }
}

function ended(port: string, problem: string): Failure {
  if (problem === '') return new Failure('AGENT_NOT_RUNNING', { port });
  return new Failure('UNIT_REFUSED', { during, detail: problem.slice(0, 200) });
}

async function ask(
  channel: AgentChannel,
  deadlineMs: number,
  signal: AbortSignal | undefined,
): Promise<HeardHello | undefined> {
  try {
    const answer = await channel.request('hello', undefined, { deadlineMs, during, attempts: 1, signal });
    return answer.ok ? readHello(answer.json) : undefined;
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'NO_REPLY') return undefined;
    throw thrown;
  }
}

/** The hashes that belong to a hello, page by page. */
export async function withHashes(
  hello: HeardHello,
  { transport, channel, timing, signal }: StartContext,
): Promise<AgentHello> {
  const asking = 'asking for the hashes';
  const { fellBack: _, ...facts } = hello;
  const files = await readPages(async (from) => {
    const options = { deadlineMs: timing.requestMs, during: asking, attempts: 3, signal };
    const answer = await channel.request('files', { from }, options);
    return answer.ok ? answer.json : undefined;
  });
  if (files) return { ...facts, files };
  throw new Failure('REPLY_UNREADABLE', {
    port: transport.port,
    during: asking,
    detail: 'no page of hashes',
  });
}

/** It runs the old software, and would try the new one again at the next start. */
const unwritten = 'write';

const reasons: Readonly<Record<string, string>> = {
  boots: 'it did not come up, or was not told to stay, in the starts that it had',
  hash: 'a file of it is not as its manifest says',
  error: 'it ended in an error',
  [unwritten]:
    'its file system is full or read-only, so it could neither count a start nor write down that it fell back',
};

/** That software on trial is not what runs, with why the unit gave it up. */
export function notConfirmed({ hello, problem }: Started, unit: string): Failure {
  const why = hello.fellBack && (reasons[hello.fellBack.why] ?? hello.fellBack.why);
  const words = why ?? `slot ${hello.slot ?? 'none'} runs, with other software`;
  const detail = problem === '' ? words : `${words}: ${problem.slice(0, 160)}`;
  const deviceState = hello.fellBack?.why === unwritten ? 'indeterminate' : 'old-still-runs';
  return new Failure('NOT_CONFIRMED', { unit, detail }, { deviceState });
}

/** Where these come from, what the unit was left with is known. */
const stateKnown: ReadonlySet<string> = new Set(['WRONG_UNIT', 'NOT_CONFIRMED', 'UNIT_NOT_BOOTABLE']);

/** With the state that a start which failed leaves the unit in. */
export function startFailure(thrown: unknown): Failure {
  const failure = Failure.from(thrown);
  return stateKnown.has(failure.code) ? failure : failure.leaving('indeterminate');
}
