import { EventEmitter } from 'node:events';
import type { MessagePortMain } from 'electron';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, test, vi } from 'vitest';
import type { Channel } from '../../shared/contract/channel.ts';

const electron = vi.hoisted(() => ({
  main: {} as Record<string, (event: unknown, nonce: unknown) => void>,
  rendererHandlers: {} as Record<string, (event: unknown, nonce: unknown) => void>,
  sent: [] as unknown[][],
  exposed: {} as Record<string, unknown>,
}));

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  class Port extends Emitter {
    other: Port | undefined;
    postMessage(data: unknown): void {
      this.other?.emit('message', { data });
    }
    start(): void {}
    close(): void {
      this.emit('close');
      this.other?.emit('close');
    }
  }
  return {
    ipcMain: {
      on: (name: string, handler: (event: unknown, nonce: unknown) => void) =>
        (electron.main[name] = handler),
    },
    MessageChannelMain: class {
      port1 = new Port();
      port2 = new Port();
      constructor() {
        this.port1.other = this.port2;
        this.port2.other = this.port1;
      }
    },
    ipcRenderer: {
      on: (name: string, handler: (event: unknown, nonce: unknown) => void) =>
        (electron.rendererHandlers[name] = handler),
      send: (...values: unknown[]) => electron.sent.push(values),
    },
    contextBridge: {
      exposeInMainWorld: (name: string, value: unknown) => {
        electron.exposed[name] = value;
      },
    },
    shell: {},
  };
});

import { connectMessage, portMessage } from './agreed.ts';
import { acceptChannels, portChannel } from './channels.ts';

const nonce = '0123456789abcdef0123456789abcdef';
let channels: Channel[];
let posted: unknown[][];
let frame: Record<string, unknown>;
const ask = (event: unknown, value: unknown): void => electron.main[connectMessage]?.(event, value);

beforeEach(() => {
  channels = [];
  posted = [];
  const postMessage = (...values: unknown[]): void => void posted.push(values);
  frame = { parent: null, url: 'app://app/index.html', postMessage };
  acceptChannels(7, (channel) => channels.push(channel));
});

describe('who gets a channel', () => {
  it('the main frame of our window, with its own nonce back', () => {
    ask({ sender: { id: 7 }, senderFrame: frame }, nonce);
    expect(channels).toHaveLength(1);
    expect(posted).toEqual([[portMessage, nonce, [expect.any(EventEmitter)]]]);
  });

  test.each([
    ['another window', { id: 8 }, {}],
    ['a frame inside the page', { id: 7 }, { parent: {} }],
    ['another page', { id: 7 }, { url: 'https://evil.example/app://app/' }],
    ['a look-alike page', { id: 7 }, { url: 'app://app.evil/' }],
    ['an empty page', { id: 7 }, { url: '' }],
    ['a blank page', { id: 7 }, { url: 'about:blank' }],
  ])('not %s', (_, sender, changed) => {
    ask({ sender, senderFrame: { ...frame, ...changed } }, nonce);
    expect(channels).toEqual([]);
    expect(posted).toEqual([]);
  });

  it('not a frame that is gone', () => {
    ask({ sender: { id: 7 }, senderFrame: null }, nonce);
    expect(channels).toEqual([]);
  });

  it('nobody with anything but a nonce, and nothing breaks', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        ask({ sender: { id: 7 }, senderFrame: frame }, value);
      }),
    );
    ask({ sender: { id: 7 }, senderFrame: frame }, 'short');
    ask({ sender: { id: 7 }, senderFrame: frame }, `${nonce}\n`);
    expect(channels).toEqual([]);
  });
});

describe('the channel', () => {
  const pair = (): [Channel, EventEmitter & MessagePortMain] => {
    ask({ sender: { id: 7 }, senderFrame: frame }, nonce);
    const [channel] = channels;
    const ports = posted[0]?.[2] as (EventEmitter & MessagePortMain)[];
    if (!channel || !ports[0]) throw new Error('no channel');
    return [channel, ports[0]];
  };

  it('carries text and bytes and ignores everything else', () => {
    const [channel, far] = pair();
    const heard: unknown[] = [];
    channel.onMessage((data) => heard.push(data));
    for (const data of ['text', Uint8Array.of(1), { id: 1 }, null, 5]) far.postMessage(data);
    expect(heard).toEqual(['text', Uint8Array.of(1)]);
    const there: unknown[] = [];
    far.on('message', ({ data }) => there.push(data));
    channel.post('answer');
    expect(there).toEqual(['answer']);
  });

  it('tells once of its end and sends nothing after it', () => {
    const [channel, far] = pair();
    const closed = vi.fn();
    channel.onClose(closed);
    const there = vi.fn();
    far.on('message', there);
    far.close();
    channel.close();
    channel.post('too late');
    expect(closed).toHaveBeenCalledTimes(1);
    expect(there).not.toHaveBeenCalled();
  });

  it('starts its port only when somebody listens', () => {
    const start = vi.fn();
    const port = Object.assign(new EventEmitter(), { start, postMessage: vi.fn(), close: vi.fn() });
    const channel = portChannel(port as unknown as MessagePortMain);
    expect(start).not.toHaveBeenCalled();
    channel.onMessage(() => {});
    expect(start).toHaveBeenCalledTimes(1);
  });
});

describe('the preload script', () => {
  it('shows the page one frozen object with one function', async () => {
    await import('./preload.ts');
    expect(Object.keys(electron.exposed)).toEqual(['plumbline']);
    const bridge = electron.exposed.plumbline as { connect(nonce: unknown): void };
    expect(Object.keys(bridge)).toEqual(['connect']);
    expect(Object.isFrozen(bridge)).toBe(true);
  });

  it('hands on a port that was asked for, once, and to our page only', async () => {
    await import('./preload.ts');
    const handed = vi.fn();
    vi.stubGlobal('postMessage', handed);
    const bridge = electron.exposed.plumbline as { connect(nonce: unknown): void };
    const deliver = (value: unknown): void =>
      electron.rendererHandlers[portMessage]?.({ ports: ['port'] }, value);
    deliver(nonce);
    expect(handed).not.toHaveBeenCalled();
    bridge.connect('short');
    bridge.connect(nonce);
    expect(electron.sent).toEqual([[connectMessage, nonce]]);
    deliver(nonce);
    deliver(nonce);
    expect(handed.mock.calls).toEqual([[nonce, 'app://app', ['port']]]);
    vi.unstubAllGlobals();
  });
});
