import type { BrokerSight } from '../../../shared/contract/connection.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { deviceText } from '../../drivers/device-text.ts';
import type { AgentLink } from '../../drivers/driver.ts';
import { accessLines } from './preflight.ts';

const connected = 'the unit says that it is connected';

/** What the unit says of its own way to the broker, in words. */
async function unitSays(link: AgentLink): Promise<string> {
  try {
    const { network, broker, trouble } = await link.uplink();
    if (trouble) {
      const code = trouble.code === null ? '' : ` (code ${trouble.code})`;
      return `the unit says: ${deviceText(`${trouble.what}: ${trouble.detail}`, 200)}${code}`;
    }
    if (network === 'down') return 'the unit says that it has no network';
    if (broker === 'up') return connected;
    return broker === 'none' ? 'the unit knows of no broker' : 'the unit says that it is still connecting';
  } catch (thrown) {
    return `the unit itself could not be asked: ${Failure.from(thrown).message}`;
  }
}

export interface MissingSight {
  what: BrokerSight['what'];
  words: string;
  topic: string;
  seconds: number;
  /** What came instead. */
  remarks: readonly string[];
}

/** Which sight is missing, where, and what both ends say. */
export async function silence(
  { what, words, topic, seconds, remarks }: MissingSight,
  { host, user, link }: { host: string; user: string; link: AgentLink },
): Promise<Failure> {
  const says = await unitSays(link);
  // A broker of MQTT 3.1.1 cannot refuse what is published: it drops it, and nobody hears of it.
  const perhaps = says === connected && what !== 'will' && remarks.length === 0;
  const refusal = { user, action: 'publish to', topic } as const;
  const dropped = perhaps ? `; the broker may drop what ${user} publishes there` : '';
  const seen = remarks.length > 0 ? `; what came was ${remarks.join('; ')}` : '';
  const params = { host, expected: words, topic, seconds, detail: `${says}${dropped}${seen}`, sight: what };
  const lines: Record<string, string> = perhaps ? { lines: accessLines([refusal]).join('\n') } : {};
  return new Failure('BROKER_SILENT', { ...params, ...lines }, { deviceState: 'new-runs' });
}
