import { describe, expect, it, vi } from 'vitest';
import { type Channel, channelPair } from '../../shared/contract/channel.ts';
import { ChannelHost } from './host.ts';

function bench(): { host: ChannelHost; peer: Channel; said: unknown[] } {
  const [near, peer] = channelPair();
  const said: unknown[] = [];
  peer.onMessage((data) => said.push(JSON.parse(String(data))));
  const host = new ChannelHost(() => Promise.resolve(near));
  return { host, peer, said };
}

const up = async (host: ChannelHost): Promise<void> => {
  host.start();
  await vi.waitFor(() => expect(host.link).toBe('up'));
};

describe('ChannelHost', () => {
  it('gives each answer to the question it belongs to', async () => {
    const { host, peer, said } = bench();
    await up(host);
    const first = host.call('run.get', {});
    const second = host.call('devices.list', {});
    await vi.waitFor(() => expect(said).toHaveLength(2));
    peer.post(JSON.stringify({ id: 2, result: [] }));
    peer.post(JSON.stringify({ id: 1, result: null }));
    expect(await second).toEqual([]);
    expect(await first).toBeNull();
  });

  it('rejects with the failure that the host sent, by its code', async () => {
    const { host, peer, said } = bench();
    await up(host);
    const asked = host.call('report.list', {});
    await vi.waitFor(() => expect(said).toHaveLength(1));
    const failure = {
      code: 'PORT_BUSY',
      what: 'x',
      next: 'y',
      deviceState: 'staged',
      params: { port: 'COM3' },
    };
    peer.post(JSON.stringify({ id: 1, failure }));
    await expect(asked).rejects.toMatchObject({
      code: 'PORT_BUSY',
      deviceState: 'staged',
      params: { port: 'COM3' },
    });
  });

  it('tells what is pending when the connection ends, and comes back by itself', async () => {
    const pairs = [channelPair(), channelPair()];
    let opened = 0;
    const host = new ChannelHost(() => Promise.resolve(pairs[opened++]?.[0] as Channel));
    const links: string[] = [];
    host.onLink((link) => links.push(link));
    await up(host);
    const asked = host.call('run.get', {});
    pairs[0]?.[1].close();
    await expect(asked).rejects.toMatchObject({ code: 'INTERRUPTED', deviceState: 'indeterminate' });
    await vi.waitFor(() => expect(links).toEqual(['up', 'lost', 'up']));
  });

  it('hands out events and live bytes', async () => {
    const { host, peer } = bench();
    const heard: unknown[] = [];
    const off = host.on('run.changed', (run) => heard.push(run));
    host.onBytes((bytes) => heard.push([...bytes]));
    await up(host);
    peer.post(JSON.stringify({ event: 'run.changed', payload: null }));
    peer.post(Uint8Array.of(1, 2));
    await vi.waitFor(() => expect(heard).toEqual([null, [1, 2]]));
    off();
    peer.post(JSON.stringify({ event: 'run.changed', payload: null }));
    peer.post(Uint8Array.of(3));
    await vi.waitFor(() => expect(heard).toHaveLength(3));
  });

  it('keeps what is asked before the first connection, and asks it then', async () => {
    const { host, peer, said } = bench();
    const asked = host.call('run.get', {});
    await up(host);
    await vi.waitFor(() => expect(said).toMatchObject([{ id: 1, method: 'run.get' }]));
    peer.post(JSON.stringify({ id: 1, result: null }));
    expect(await asked).toBeNull();
  });

  it('refuses a call while there is no connection; nothing was sent, so nothing changed', async () => {
    const host = new ChannelHost(() => Promise.reject(new Error('closed')));
    const early = host.call('run.get', {});
    host.start();
    const refused = { code: 'INTERRUPTED', deviceState: 'unchanged' };
    await expect(early).rejects.toMatchObject(refused);
    expect(host.link).toBe('lost');
    await expect(host.call('run.get', {})).rejects.toMatchObject(refused);
  });
});
