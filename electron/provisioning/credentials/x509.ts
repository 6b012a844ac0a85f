import { webcrypto } from 'node:crypto';

export type X509 = typeof import('@peculiar/x509');

let loading: Promise<X509> | undefined;

/** Certificates and requests (@peculiar/x509); loaded when they are first needed, it takes a tenth of a second. */
export function loadX509(): Promise<X509> {
  loading ??= load();
  return loading;
}

async function load(): Promise<X509> {
  // tsyringe, which it is built on, will not load without.
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  x509.cryptoProvider.set(webcrypto);
  return x509;
}

/** What everything here is signed with: ECDSA on P-256 with SHA-256, which mbedTLS on small boards takes. */
export const p256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
