import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';

// What the built window program imports as `electron` in window-program.test.mjs: enough of Electron to open its window,
// load its page and be its page. It asks the host for what is plugged in, identifies the first board, and quits.

const { PLUMBLINE_ROOT: root, PLUMBLINE_FOLDER: folder } = process.env;
const tell = (fact) => process.stdout.write(`${JSON.stringify(fact)}\n`);

export const app = Object.assign(new EventEmitter(), {
  isPackaged: false,
  whenReady: async () => {},
  enableSandbox: () => {},
  requestSingleInstanceLock: () => true,
  getAppPath: () => root,
  getVersion: () => '0.0.0',
  getPath: () => folder,
  quit: () => app.emit('will-quit', { preventDefault: () => {} }),
  exit: (code) => process.exit(code),
});

let page;
export const protocol = {
  registerSchemesAsPrivileged: () => {},
  handle: (_scheme, handler) => {
    page = handler;
  },
};

const defaultSession = new Proxy({}, { get: () => () => {} });
export const session = { defaultSession };
export const shell = {};

export const safeStorage = {
  getSelectedStorageBackend: () => 'basic_text',
  isAsyncEncryptionAvailable: async () => false,
};
export const ipcMain = new EventEmitter();

/** Electron's ports are emitters whose messages come as `{ data }`. */
class Port extends EventEmitter {
  constructor(port) {
    super();
    this.port = port;
  }
  start() {
    this.port.on('message', (data) => this.emit('message', { data }));
  }
  postMessage(data) {
    this.port.postMessage(data);
  }
  close() {
    this.port.close();
  }
}

export class MessageChannelMain {
  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new Port(port1);
    this.port2 = new Port(port2);
  }
}

export class BrowserWindow extends EventEmitter {
  webContents = { id: 7 };
  async loadURL(url) {
    const response = await page({ url, method: 'GET' });
    tell({ page: response.status, text: await response.text() });
    const postMessage = (_name, _nonce, [port]) => bePage(port);
    const senderFrame = { parent: null, url, postMessage };
    // The window's program listens as soon as it has its window.
    setImmediate(() => ipcMain.emit('plumbline:connect', { sender: { id: 7 }, senderFrame }, 'n'.repeat(32)));
  }
}

function bePage(port) {
  const ask = (id, method, params) => port.postMessage(JSON.stringify({ id, method, params }));
  port.on('message', ({ data }) => {
    const { id, result, event, payload } = JSON.parse(data);
    if (id === 1) tell({ info: result });
    if (id === 2) ask(3, 'wizard.open', { kind: 'provision' });
    if (id === 2) port.board = result.find(({ port: name }) => name === 'bench:1');
    if (id === 3) {
      const action = { kind: 'provision', intent: { type: 'identify', port: port.board } };
      ask(4, 'wizard.act', { id: result.id, action });
    }
    if (event === 'wizard.changed' && payload.task === null && (payload.unit || payload.failure)) {
      tell({ unit: payload.unit, failure: payload.failure });
      app.quit();
    }
  });
  port.start();
  ask(1, 'app.info', {});
  ask(2, 'devices.list', {});
}
