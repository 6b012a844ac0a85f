import type { NetworkCandidate } from '../../../shared/contract/devices.ts';
import { candidateOf, networkText } from './candidate.ts';
import { conventions } from './conventions.ts';
import type { Found } from './found.ts';

/** A connection to a broker, as far as looking around needs it. */
export interface TopicSource {
  readonly host: string;
  readonly port: number;
  /** False: the broker does not allow it. */
  subscribe(filter: string): Promise<boolean>;
  onMessage(listener: (message: { topic: string; payload: Buffer }) => void): () => void;
}

/** A broker may keep any number of messages and hands them all out at once: after so much, nothing more is read. */
const MOST_MESSAGES = 5000;
const MOST_BYTES = 8 * 1024 * 1024;
const LONGEST_MESSAGE = 32 * 1024;

export interface TopicWatch {
  /** Topic filters that the broker does not allow. */
  refused: string[];
  stop: () => void;
}

/** Looks for devices that announce themselves at the broker. `flooded` is called once, when too much has come. */
export async function watchTopics(
  found: Found,
  source: TopicSource,
  { topic, flooded }: { topic: string; flooded: () => void },
): Promise<TopicWatch> {
  let messages = 0;
  let bytes = 0;
  const stop = source.onMessage((message) => {
    messages += 1;
    bytes += message.payload.length;
    if (messages > MOST_MESSAGES || bytes > MOST_BYTES) {
      stop();
      flooded();
    } else read(found, source, message);
  });
  const refused: string[] = [];
  for (const filter of conventions.flatMap(({ filters }) => filters(topic))) {
    if (!(await source.subscribe(filter))) refused.push(filter);
  }
  return { refused, stop };
}

function read(found: Found, source: TopicSource, message: { topic: string; payload: Buffer }): void {
  const id = `topic:${networkText(message.topic, 290)}`;
  // An empty message takes back what was kept under the topic (MQTT 3.1.1, 3.3.1.3).
  if (message.payload.length === 0) found.remove(id);
  else {
    const candidate = topicCandidate(id, source, message);
    if (candidate) found.put(candidate);
  }
}

function topicCandidate(
  id: string,
  { host, port }: TopicSource,
  { topic, payload }: { topic: string; payload: Buffer },
): NetworkCandidate | null {
  if (payload.length > LONGEST_MESSAGE || topic.length > 256) return null;
  const levels = topic.split('/');
  for (const { service, read: tell } of conventions) {
    const tells = tell(levels, payload);
    if (tells) return candidateOf({ id, found: 'broker', host, port, service, ...tells });
  }
  return null;
}
