import type { Judgement } from './judge.ts';
import type { BrokerConnection, BrokerMessage } from './session.ts';

export const unitTopics = ['state', 'birth', 'data', 'event', 'reply'] as const;
export type UnitTopic = (typeof unitTopics)[number];

/** Messages of one topic that are kept to be judged again; data come once a second. */
const KEPT = 50;
const REMARKS = 3;

interface Kept extends BrokerMessage {
  number: number;
}

/** Everything that came on a unit's topics, in order, until somebody asks for a sight in it. */
export class Mailbox {
  readonly #base: string;
  readonly #kept = new Map<string, Kept[]>();
  readonly #waiting = new Set<() => void>();
  readonly #stop: () => void;
  #last = 0;

  constructor(connection: Pick<BrokerConnection, 'onMessage'>, base: string) {
    this.#base = base;
    this.#stop = connection.onMessage((message) => this.#accept(message));
  }

  /** Number of the newest message: what comes now has a higher one. */
  get mark(): number {
    return this.#last;
  }

  close(): void {
    this.#stop();
  }

  /** Something changed that a judgement may depend on. */
  lookAgain(): void {
    for (const look of this.#waiting) look();
  }

  /**
   * Waits for a message with a number above `after` that is judged to be the sight; what it was not is entered in
   * `remarks`. Ends only with the sight or the signal.
   */
  async find(
    topic: UnitTopic,
    judge: (message: BrokerMessage) => Judgement,
    { after, remarks, signal }: { after: number; remarks: string[]; signal: AbortSignal },
  ): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const look = (): void => {
      for (const message of this.#kept.get(topic) ?? []) {
        if (message.number <= after) continue;
        const judged = judge(message);
        if (judged && 'seen' in judged) resolve(judged.seen);
        else if (judged && !remarks.includes(judged.remark)) {
          remarks.push(judged.remark);
          remarks.splice(0, remarks.length - REMARKS);
        }
      }
    };
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    this.#waiting.add(look);
    look();
    if (signal.aborted) abort();
    return promise.finally(() => {
      this.#waiting.delete(look);
      signal.removeEventListener('abort', abort);
    });
  }

  #accept(message: BrokerMessage): void {
    const topic = message.topic.slice(this.#base.length + 1);
    if (!unitTopics.some((known) => known === topic)) return;
    const kept = this.#kept.get(topic) ?? [];
    this.#last += 1;
    kept.push({ ...message, number: this.#last });
    kept.splice(0, kept.length - KEPT);
    this.#kept.set(topic, kept);
    this.lookAgain();
  }
}
