import type forge from 'node-forge';
import { Failure } from '../../../shared/contract/failure.ts';

type Forge = typeof forge;

export const refused = (detail: string, cause?: unknown): Failure =>
  new Failure('KEY_INVALID', { key: 'for the signature (PKCS#12)', detail }, { cause });

/** NIST SP 800-131A: shorter RSA keys sign nothing any more. */
const leastBits = 2048;

/**
 * Whose key this PKCS#12 file holds. KEY_INVALID where it is no such file, the passphrase is wrong, or nothing may be
 * signed with it at `at` (ms since 1970).
 */
export function signerIn(
  forge: Forge,
  { p12, passphrase, at }: { p12: Uint8Array; passphrase: string; at: number },
): { name: string } {
  const bags = bagsOf(forge, p12, passphrase);
  const keys = bags.keys.map(({ key }) => key).filter((key) => key !== null && key !== undefined);
  if (bags.keys.length === 0) throw refused('it holds no private key');
  if (keys.length === 0) throw refused('its private key is not an RSA key');
  if (keys.length > 1) throw refused('it holds more than one private key');
  // Types of forge name both kinds of key alike; what is read from a PKCS#12 file is RSA.
  const key = keys[0] as forge.pki.rsa.PrivateKey;
  const own = bags.certificates
    .map(({ cert }) => cert)
    .find((cert) => {
      const held = cert?.publicKey as forge.pki.rsa.PublicKey | undefined;
      return held?.n?.equals(key.n) && held.e.equals(key.e);
    });
  if (!own) throw refused('it holds no certificate of its private key');
  if (key.n.bitLength() < leastBits)
    throw refused(`its RSA key has ${key.n.bitLength()} bits, less than ${leastBits}`);
  const { notBefore, notAfter } = own.validity;
  if (at > notAfter.getTime()) throw refused(`its certificate expired on ${dayOf(notAfter)}`);
  if (at < notBefore.getTime()) throw refused(`its certificate is not valid before ${dayOf(notBefore)}`);
  return { name: nameOf(own) };
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

function nameOf(certificate: forge.pki.Certificate): string {
  const value: unknown = certificate.subject.getField('CN')?.value;
  return typeof value === 'string' ? value.slice(0, 120) : '';
}

function bagsOf(
  forge: Forge,
  p12: Uint8Array,
  passphrase: string,
): { keys: forge.pkcs12.Bag[]; certificates: forge.pkcs12.Bag[] } {
  const outer = outerOf(forge, p12);
  try {
    const pfx = forge.pkcs12.pkcs12FromAsn1(outer, false, passphrase);
    const bags = (type: string | undefined): forge.pkcs12.Bag[] =>
      type === undefined ? [] : (pfx.getBags({ bagType: type })[type] ?? []);
    return {
      keys: bags(forge.pki.oids.pkcs8ShroudedKeyBag),
      certificates: bags(forge.pki.oids.certBag),
    };
  } catch (cause) {
    // Its check value is over the content and the passphrase alike: which of the two it is cannot be told.
    throw refused(
      'the passphrase is wrong, or the file is damaged or closed in a way that is not known here',
      cause,
    );
  }
}

/** RFC 7292 4: a sequence that begins with version 3. */
function outerOf(forge: Forge, p12: Uint8Array): forge.asn1.Asn1 {
  try {
    const outer = forge.asn1.fromDer(Buffer.from(p12).toString('latin1'), false);
    const [version] = Array.isArray(outer.value) ? outer.value : [];
    if (typeof version === 'object' && version.type === forge.asn1.Type.INTEGER && version.value === '\x03')
      return outer;
  } catch (cause) {
    throw refused('it is not a PKCS#12 file', cause);
  }
  throw refused('it is not a PKCS#12 file');
}
