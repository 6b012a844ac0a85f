import { createHash, timingSafeEqual } from 'node:crypto';

/** What one start of the loopback door goes by. */
export interface Door {
  port: number;
  /** 256 random bits as hex, new at every start. */
  token: string;
}

/** Names under which the door may be addressed. A page elsewhere whose name resolves to 127.0.0.1 (DNS rebinding) has another. */
const names = (door: Door): string[] => [`127.0.0.1:${door.port}`, `localhost:${door.port}`];

export const isOurHost = (door: Door, host: string | undefined): boolean =>
  host !== undefined && names(door).includes(host.toLowerCase());

/** Browsers send Origin with every WebSocket handshake; without it, or with another page's, nobody gets in. */
export const isOurOrigin = (door: Door, origin: string | undefined): boolean =>
  origin !== undefined && names(door).some((name) => origin === `http://${name}`);

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Digests are compared, so that neither length nor content of a guess shows in the time it takes. */
export const isToken = (door: Door, given: string | null | undefined): boolean =>
  typeof given === 'string' && timingSafeEqual(digest(given), digest(door.token));

/** Cookies do not keep ports apart, so the name does. */
const cookieName = (door: Door): string => `plumbline-${door.port}`;

export const cookieFor = (door: Door): string =>
  `${cookieName(door)}=${door.token}; Path=/; HttpOnly; SameSite=Strict`;

export function hasCookie(door: Door, header: string | undefined): boolean {
  const wanted = `${cookieName(door)}=`;
  const found = header?.split(/; */).find((part) => part.startsWith(wanted));
  return isToken(door, found?.slice(wanted.length));
}
