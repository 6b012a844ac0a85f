import { Failure } from '../../../shared/contract/failure.ts';
import { pause } from '../../transport/deadline.ts';
import type { Transport } from '../../transport/transport.ts';
import type { AgentHello } from '../driver.ts';
import { type AgentChannel, readHello } from './agent-channel.ts';
import type { Timing } from './timing.ts';

const softReset = Uint8Array.of(0x04);
const during = 'starting the edge agent';

/** Lines of a traceback end in the error, `ImportError: no module named 'plumbline'`. */
const errorLine = /^[A-Z]\w*(?:Error|Exception|Interrupt|Exit)\b/;

/** Soft reset at the friendly prompt; boot.py and main.py run. Resolves with the agent's announcement or answer. */
export async function awaitAgent(
  transport: Transport,
  channel: AgentChannel,
  timing: Timing,
  signal: AbortSignal | undefined,
): Promise<AgentHello> {
  const { port } = transport;
  const { restartMs, pollMs, replyMs } = timing;
  let heard: AgentHello | undefined;
  let rebooted = false;
  let problem = '';
  const stop = channel.listen({
    hello: (hello) => {
      heard = hello;
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
      // The prompt after a reboot means that main.py has ended; its last words say why. A hello that came too late may
      // stand behind it: to the REPL it is typed text without a carriage return.
      if (rebooted && channel.unfinished.startsWith('>>> ')) throw ended(port, problem);
      if (performance.now() - asked < pollMs) continue;
      heard ??= await ask(channel, pollMs, signal);
      asked = performance.now();
    }
    if (heard) return heard;
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
): Promise<AgentHello | undefined> {
  try {
    const answer = await channel.request('hello', undefined, { deadlineMs, during, attempts: 1, signal });
    return answer.ok ? readHello(answer.json) : undefined;
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'NO_REPLY') return undefined;
    throw thrown;
  }
}
