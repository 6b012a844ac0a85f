/** What a code of OpenSSL (Node) or BoringSSL (Electron) means for whoever set up the broker. */
export type TlsTrouble =
  | 'wrong-name'
  | 'date'
  | 'unknown-authority'
  | 'not-for-servers'
  | 'signature'
  | 'plain-port'
  | 'certificate-demanded'
  | 'certificate-refused'
  | 'certificate-expired'
  | 'no-common-version'
  | 'no-common-cipher'
  | 'handshake-refused'
  | 'own-certificate-unusable'
  | 'name-refused';

/** Codes of `X509_verify_cert_error_string` as Node names them, and Node's own. */
const verification: Readonly<Record<string, TlsTrouble>> = {
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrong-name',
  HOSTNAME_MISMATCH: 'wrong-name',
  CERT_HAS_EXPIRED: 'date',
  CERT_NOT_YET_VALID: 'date',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown-authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown-authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown-authority',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown-authority',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'unknown-authority',
  CERT_UNTRUSTED: 'unknown-authority',
  INVALID_CA: 'unknown-authority',
  // An authority of the same name, but with another key.
  CERT_SIGNATURE_FAILURE: 'unknown-authority',
  INVALID_PURPOSE: 'not-for-servers',
  CERT_CHAIN_TOO_LONG: 'signature',
  CERT_REJECTED: 'signature',
  CERT_REVOKED: 'signature',
};

/** Alerts of the other end and errors of the own one; the two libraries do not agree on every name. */
const handshake: Readonly<Record<string, TlsTrouble>> = {
  ERR_SSL_WRONG_VERSION_NUMBER: 'plain-port',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'plain-port',
  ERR_SSL_HTTP_REQUEST: 'plain-port',
  ERR_SSL_INVALID_OUTER_RECORD_TYPE: 'plain-port',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'certificate-demanded',
  ERR_SSL_TLSV1_ALERT_CERTIFICATE_REQUIRED: 'certificate-demanded',
  ERR_SSL_TLSV1_CERTIFICATE_REQUIRED: 'certificate-demanded',
  ERR_SSL_SSLV3_ALERT_NO_CERTIFICATE: 'certificate-demanded',
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'certificate-refused',
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: 'certificate-refused',
  ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE: 'certificate-refused',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: 'certificate-refused',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED: 'certificate-refused',
  ERR_SSL_TLSV1_ALERT_ACCESS_DENIED: 'certificate-refused',
  ERR_SSL_TLSV1_ALERT_DECRYPT_ERROR: 'certificate-refused',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: 'certificate-expired',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'no-common-version',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'no-common-version',
  ERR_SSL_NO_SHARED_CIPHER: 'no-common-cipher',
  ERR_SSL_TLSV1_ALERT_INSUFFICIENT_SECURITY: 'no-common-cipher',
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: 'handshake-refused',
  ERR_SSL_TLSV1_UNRECOGNIZED_NAME: 'name-refused',
  ERR_SSL_TLSV1_ALERT_UNRECOGNIZED_NAME: 'name-refused',
  ERR_OSSL_X509_KEY_VALUES_MISMATCH: 'own-certificate-unusable',
  ERR_SSL_KEY_VALUES_MISMATCH: 'own-certificate-unusable',
  ERR_OSSL_PEM_NO_START_LINE: 'own-certificate-unusable',
  ERR_OSSL_UNSUPPORTED: 'own-certificate-unusable',
};

/** Null: the code is in no table. */
export function tlsTrouble(code: string): TlsTrouble | null {
  // OpenSSL 3.2 renamed the alerts that SSL 3 and TLS share.
  const named = code.replace('ERR_SSL_SSL/TLS_', 'ERR_SSL_SSLV3_');
  return verification[named] ?? handshake[named] ?? null;
}

/** The other end's verdict on what we are, not ours on what it is. */
export const words: Readonly<
  Record<Exclude<TlsTrouble, 'wrong-name' | 'date' | 'unknown-authority'>, string>
> = {
  'not-for-servers': 'its certificate is not made for a server',
  signature: 'its certificate was rejected',
  'plain-port': 'this port does not speak TLS',
  'certificate-demanded': 'it demands a client certificate, and none was shown',
  'certificate-refused': 'it refused the client certificate that was shown',
  'certificate-expired': 'it refused the client certificate because of its dates',
  'no-common-version': 'it does not speak a version of TLS that this app speaks',
  'no-common-cipher': 'it offers no cipher that this app takes',
  'handshake-refused': 'it refused the handshake; often it demands a client certificate',
  'own-certificate-unusable': 'client certificate and key do not belong together, or cannot be read',
  'name-refused': 'it does not serve the name that was asked for',
};
