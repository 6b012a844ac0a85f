/** Why no connection came about, by the system's code. */
const words: Readonly<Record<string, string>> = {
  ENOTFOUND: 'no network knows this name',
  EAI_AGAIN: 'the name could not be looked up, the name service does not answer',
  EAI_FAIL: 'the name could not be looked up',
  EAI_NODATA: 'the name has no address',
  ECONNREFUSED: 'the computer is there, but nothing listens on this port',
  ENETUNREACH: 'there is no route to that network',
  EHOSTUNREACH: 'there is no route to that computer',
  ENETDOWN: 'the network of this computer is down',
  EADDRNOTAVAIL: 'this computer has no address in that network',
  ETIMEDOUT: 'nothing answered',
  ECONNRESET: 'the other end cut the connection',
  ECONNABORTED: 'the connection was cut',
  EPIPE: 'the other end cut the connection',
  EACCES: 'this computer does not allow the connection',
  EPERM: 'this computer does not allow the connection',
};

/** Null: no code of the network. */
export const networkWords = (code: string): string | null => words[code] ?? null;

/** The code of a thrown thing. Where several addresses were tried, that of the first. */
export function codeOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return '';
  const code: unknown = Reflect.get(thrown, 'code');
  if (typeof code === 'string') return code;
  const errors: unknown = Reflect.get(thrown, 'errors');
  return Array.isArray(errors) && errors.length > 0 ? codeOf(errors[0]) : '';
}

/** The number that a broker gave; null where the thrown thing carries none. */
export function reasonCodeOf(thrown: unknown): number | null {
  if (typeof thrown !== 'object' || thrown === null) return null;
  const code: unknown = Reflect.get(thrown, 'code');
  return typeof code === 'number' ? code : null;
}
