import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, type BrowserWindow, session } from 'electron';
import { type Logger, pino } from 'pino';
import { createHost } from '../host/host.ts';
import { Redactor } from '../host/secrets.ts';
import { readArguments } from './arguments.ts';
import { acceptChannels } from './channels.ts';
import { registerPageScheme, servePage } from './page-protocol.ts';
import { keychainStore } from './secrets.ts';
import { denyPermissions, guardContents } from './security.ts';
import { openWindow } from './window.ts';

// The window's door. Built into out/main/main.js; the page and the preload script lie beside it.

const out = join(dirname(fileURLToPath(import.meta.url)), '..');
const endWithinMs = 8_000;

async function main(): Promise<void> {
  await app.whenReady();
  const installed = app.isPackaged;
  const jobs = installed ? join(app.getPath('documents'), 'Plumbline') : join(app.getAppPath(), 'jobs');
  const { bench, jobPath } = readArguments(process.argv.slice(installed ? 1 : 2), jobs);
  // Ports are opened on this very thread: a SerialPort in a worker or utility process has ended whole programs.
  const resources = join(installed ? process.resourcesPath : app.getAppPath(), 'resources');
  const redactor = new Redactor();
  const log = openLog(redactor);
  const secretStore = await keychainStore(`${jobPath}.keychain`);
  if (!secretStore) log.warn('this computer has no key store; secrets are forgotten when the window closes');
  const host = await createHost({
    bench,
    // The bench's boards belong to the job: after a restart they hold what the record says of them.
    benchFiles: `${jobPath}.bench`,
    jobPath,
    resources,
    verifier: join(out, 'verifier.html'),
    door: 'window',
    version: app.getVersion(),
    log,
    redactor,
    ...(secretStore ? { secretStore } : {}),
  });

  denyPermissions(session.defaultSession);
  servePage(join(out, 'renderer'));
  const window = openWindow(join(out, 'preload'));
  acceptChannels(window.webContents.id, (channel) => host.connect(channel));
  app.on('second-instance', () => show(window));
  endWith(() => host.close());
}

/** Written at once, line by line: a log that a crash cuts short is of no use. */
const openLog = (redactor: Redactor): Logger =>
  pino(
    { hooks: { streamWrite: (line) => redactor.redactLine(line) } },
    pino.destination({ dest: join(app.getPath('logs'), 'plumbline.log'), mkdir: true, sync: true }),
  );

function show(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.focus();
}

/** Closes ports and the record before the program ends, in bounded time. */
function endWith(close: () => Promise<void>): void {
  app.once('will-quit', (event) => {
    event.preventDefault();
    const late = setTimeout(() => app.exit(1), endWithinMs);
    void closed(close).then((code) => {
      clearTimeout(late);
      app.exit(code);
    });
  });
}

async function closed(close: () => Promise<void>): Promise<number> {
  try {
    await close();
    return 0;
  } catch (error) {
    console.error(String(error));
    return 1;
  }
}

app.enableSandbox();
registerPageScheme();
app.on('web-contents-created', (_event, contents) => guardContents(contents));
app.on('window-all-closed', () => app.quit());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());

// One program, one job file, one owner of the ports: a second start shows the first one's window.
if (!app.requestSingleInstanceLock()) app.exit(0);
else {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    app.exit(1);
  });
}
