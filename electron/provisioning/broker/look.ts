import { connect as connectTls } from 'node:tls';
import { type CertificateFacts, factsOf } from './certificate.ts';
import { type Address, dialTcp, ready, STAGE_MS, serverName } from './dial.ts';

/**
 * What the broker shows to whoever asks, so that a failure can name it. The one handshake that verifies nothing: it
 * carries no byte of ours (no client certificate, no MQTT) and nothing that it finds is trusted. First the broker's
 * own certificate, then whoever issued it; null where no handshake came about.
 */
export async function lookAtCertificate(
  address: Address,
  name: string,
  signal: AbortSignal | undefined,
): Promise<CertificateFacts[] | null> {
  try {
    const socket = await dialTcp(address, signal);
    const looked = connectTls({ socket, ...serverName(name), rejectUnauthorized: false });
    try {
      await ready(looked, 'secureConnect', signal);
      const chain: CertificateFacts[] = [];
      let next = looked.getPeerX509Certificate();
      while (next && chain.length < 8) {
        chain.push(factsOf(next));
        next = next.issuerCertificate;
      }
      return chain;
    } finally {
      looked.destroy();
      socket.destroy();
    }
  } catch {
    // The failure that is being explained is told in any case; this look only adds names and dates to it.
    return null;
  }
}

/** CONNECT of MQTT 3.1.1: clean session, keep-alive 5 s, no identifier, no user. It tells nobody anything. */
const nobody = Buffer.from([0x10, 0x0c, 0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 2, 0, 5, 0, 0]);
const CONNACK = 0x20;

/** Whether MQTT without TLS is spoken there: any answer to a CONNECT counts, a refusal too. */
export async function speaksPlainMqtt(address: Address, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    const socket = await dialTcp(address, signal);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => resolve(false), STAGE_MS);
    socket.once('data', (bytes) => resolve(bytes[0] === CONNACK));
    socket.once('close', () => resolve(false));
    signal?.addEventListener('abort', () => resolve(false), { once: true });
    socket.write(nobody);
    return await promise.finally(() => {
      clearTimeout(timer);
      socket.destroy();
    });
  } catch {
    // As above: it only tells more about a failure that is told anyway.
    return false;
  }
}
