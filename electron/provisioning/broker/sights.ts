import { randomInt } from 'node:crypto';
import type { BrokerSettings, BrokerSight } from '../../../shared/contract/connection.ts';
import type { Frame } from '../../../shared/contract/devices.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { AgentLink } from '../../drivers/driver.ts';
import { type Expected, judgeAnswer, judgeBirth, judgeData, judgeReturn, judgeState } from './judge.ts';
import type { Mailbox, UnitTopic } from './mailbox.ts';
import { refusalFailure } from './preflight.ts';
import { type BrokerConnection, wasTaken } from './session.ts';

/** How long the unit stays away when it is cut off: the will must have time to come before the return. */
export const HOLD_MS = 3000;

/** A request as it goes to the unit. */
export type Sign = (request: { id: number; verb: string; args: object; boot: number }) => string;

export interface SightScene {
  host: string;
  watcher: BrokerConnection;
  mail: Mailbox;
  link: AgentLink;
  frameOf: (seq: number) => Frame | undefined;
  base: string;
  /** What one sight leaves for the next: the newest message when the unit was cut off, and its time then. */
  memory: { cutAt: number; expected: Expected };
  remarks: string[];
  sign: Sign;
  signal: AbortSignal;
}

interface Sight {
  topic: UnitTopic;
  /** In the failure's words. */
  expected: string;
  seconds: (settings: BrokerSettings) => number;
  /** Resolves with what was seen, in words. */
  see: (scene: SightScene) => Promise<string>;
}

/** What is to be seen, in this order. */
export const sightTable: Readonly<Record<BrokerSight['what'], Sight>> = {
  birth: {
    topic: 'birth',
    expected: 'the birth message of the unit',
    // Time to join a network, to get an address and to sign in.
    seconds: () => 45,
    see: ({ mail, memory, remarks, signal }) =>
      mail.find('birth', (message) => judgeBirth(message, memory.expected), { after: 0, remarks, signal }),
  },
  data: {
    topic: 'data',
    expected: 'data of the unit',
    seconds: () => 15,
    see: ({ mail, memory, frameOf, remarks, signal }) =>
      mail.find('data', (message) => judgeData(message, memory.expected, frameOf), {
        after: 0,
        remarks,
        signal,
      }),
  },
  answer: {
    topic: 'reply',
    expected: 'the answer to a command',
    seconds: () => 15,
    see: askForAnswer,
  },
  will: {
    topic: 'state',
    expected: 'the last will of the unit, which was cut off,',
    // MQTT 3.1.1, 3.1.2.10: a broker that hears nothing gives up after one and a half times the keep-alive.
    seconds: ({ keepAliveSeconds }) => Math.ceil(keepAliveSeconds * 1.5) + 10,
    see: cutOff,
  },
  return: {
    topic: 'birth',
    expected: 'the return of the unit',
    seconds: () => 60,
    see: async ({ mail, memory, remarks, signal }) => {
      const find = { after: memory.cutAt, remarks, signal };
      await mail.find('state', (message) => judgeState(message, 'online'), find);
      return mail.find('birth', (message) => judgeReturn(message, memory.expected), find);
    },
  },
};

async function askForAnswer(scene: SightScene): Promise<string> {
  const { host, watcher, mail, base, memory, remarks, sign, signal } = scene;
  const after = mail.mark;
  const id = randomInt(1, 1_000_000);
  const topic = `${base}/cmd`;
  const verdict = await watcher.publish(
    topic,
    sign({ id, verb: 'hello', args: {}, boot: memory.expected.boot }),
    signal,
  );
  if (!wasTaken(verdict)) {
    throw refusalFailure(host, { user: watcher.user, action: 'publish to', topic }).leaving('new-runs');
  }
  return mail.find('reply', (message) => judgeAnswer(message, memory.expected, id), {
    after,
    remarks,
    signal,
  });
}

async function cutOff({ mail, link, memory, remarks, signal }: SightScene): Promise<string> {
  const { t, boot } = await link.hello();
  if (boot !== memory.expected.boot) {
    const params = { path: '/plumbline/boot', expected: String(memory.expected.boot), found: String(boot) };
    throw new Failure('VERIFY_FAILED', params, { deviceState: 'new-runs' });
  }
  memory.expected = { ...memory.expected, t };
  memory.cutAt = mail.mark;
  await link.dropBroker(HOLD_MS);
  return mail.find('state', (message) => judgeState(message, 'offline'), {
    after: memory.cutAt,
    remarks,
    signal,
  });
}
