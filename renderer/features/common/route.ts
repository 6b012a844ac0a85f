import { useSyncExternalStore } from 'react';

/** `#/calibrate/w3` is the room `calibrate` with the rest `['w3']`. */
export interface Route {
  room: string;
  rest: string[];
}

export function parseRoute(hash: string): Route {
  const [room = '', ...rest] = hash
    .replace(/^#\/?/, '')
    .split('/')
    .map((part) => decode(part));
  return { room: room === '' ? 'job' : room, rest };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A hash that someone mangled is shown as it is; no room bears that name.
    return part;
  }
}

export const linkTo = (room: string, ...rest: string[]): string =>
  `#/${[room, ...rest].map(encodeURIComponent).join('/')}`;

export function go(room: string, ...rest: string[]): void {
  window.location.hash = linkTo(room, ...rest);
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, () => window.location.hash));
}
