import { join } from 'node:path';
import { BrowserWindow } from 'electron';
import { pageOrigin } from './agreed.ts';

/** Opens the app's one window. `preload` is the folder of the built preload script. */
export function openWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 800,
    minHeight: 560,
    show: false,
    title: 'Plumbline',
    autoHideMenuBar: true,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      preload: join(preload, 'preload.cjs'),
    },
  });
  window.once('ready-to-show', () => window.show());
  // A failed load shows Chromium's own error page in the window; there is nobody else to tell.
  window.loadURL(`${pageOrigin}/index.html`).catch((error: unknown) => console.error(String(error)));
  return window;
}
