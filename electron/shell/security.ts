import { type Session, shell, type WebContents } from 'electron';
import { pageOrigin } from './agreed.ts';

/** Where a link may lead: the system's browser opens it, never the window. */
const linkOrigins = ['https://micropython.org', 'https://docs.micropython.org'];

/** Microphones, notifications, Web Serial, … : the page needs none; ports are opened by the host. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/** The window stays on its page: no navigation, no redirect, no second window, no webview. */
export function guardContents(contents: WebContents): void {
  const prevent = (event: { preventDefault(): void }): void => event.preventDefault();
  contents.on('will-navigate', (event) => {
    // A reload of the page itself is a navigation to where it already is.
    if (!isPage(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', prevent);
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isPage(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', prevent);
  contents.setWindowOpenHandler(({ url }) => {
    openLink(url);
    return { action: 'deny' };
  });
}

/** Scheme and host are compared as parsed; a custom scheme's `URL.origin` is "null" in Node, so it is not used. */
export function isPage(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return `${protocol}//${host}` === pageOrigin && username === '' && password === '';
}

/** Opens an address of the list in the system's browser; any other is ignored. */
export function openLink(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (!linkOrigins.includes(url.origin) || url.username !== '' || url.password !== '') return false;
  void shell.openExternal(url.href);
  return true;
}
