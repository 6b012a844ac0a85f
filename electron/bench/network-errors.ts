import { socketErrors } from './network-messages.ts';

export interface BoardError {
  code: number;
  words?: string;
}

/** `mbedtls_x509_crt_verify_info` (library/x509_crt.c) of each flag, by the code of OpenSSL that says the same. */
const verification: Readonly<Record<string, string>> = {
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate Common Name (CN) does not match with the expected CN\n',
  CERT_HAS_EXPIRED: 'The certificate validity has expired\n',
  CERT_NOT_YET_VALID: 'The certificate validity starts in the future\n',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The certificate is not correctly signed by the trusted CA\n',
  UNABLE_TO_GET_ISSUER_CERT: 'The certificate is not correctly signed by the trusted CA\n',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'The certificate is not correctly signed by the trusted CA\n',
  SELF_SIGNED_CERT_IN_CHAIN: 'The certificate is not correctly signed by the trusted CA\n',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate is not correctly signed by the trusted CA\n',
  CERT_SIGNATURE_FAILURE: 'The certificate is not correctly signed by the trusted CA\n',
  CERT_UNTRUSTED: 'The certificate is not correctly signed by the trusted CA\n',
  INVALID_CA: 'The certificate is not correctly signed by the trusted CA\n',
};

/** mbedtls/ssl.h */
const invalidRecord = -0x7200;
const fatalAlert = -0x7780;
const endOfConnection = -0x7280;
const handshakeFailure = -0x6e00;
const verifyFailed = -0x2700;

const sockets: Readonly<Record<string, number>> = {
  ECONNREFUSED: socketErrors.ECONNREFUSED,
  ECONNRESET: socketErrors.ECONNRESET,
  EPIPE: socketErrors.ECONNRESET,
  ECONNABORTED: socketErrors.ECONNABORTED,
  ETIMEDOUT: socketErrors.ETIMEDOUT,
  EHOSTUNREACH: socketErrors.EHOSTUNREACH,
  ENETUNREACH: socketErrors.EHOSTUNREACH,
};

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '');

/** What a board's code is told of an error of the real socket; `handshaking`: before TLS was agreed on. */
export function boardError(error: Error, handshaking: boolean): BoardError {
  const code = codeOf(error);
  const words = verification[code];
  if (words !== undefined) return { code: verifyFailed, words };
  // Node's word for an end of the connection within the handshake, and for a reset.
  if (handshaking && code === 'ECONNRESET') {
    return { code: 'syscall' in error ? socketErrors.ECONNRESET : endOfConnection };
  }
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG') {
    return { code: invalidRecord };
  }
  if (code.includes('_ALERT_')) return { code: fatalAlert };
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_OSSL_')) return { code: handshakeFailure };
  return { code: sockets[code] ?? socketErrors.ECONNABORTED };
}
