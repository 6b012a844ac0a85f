import { join } from 'node:path';
import { expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { mosquitto } from './broker-peers.ts';
import { BenchUnit, CPythonUnit, type Watcher } from './networked-unit.ts';
import { configWith, Scene } from './uplink-scene.ts';

const scene = new Scene();

needs('mosquitto')('a bench board’s network', () => {
  let board: BenchUnit;

  async function startBoard(net: object, slot: Record<string, string> = {}): Promise<Watcher> {
    scene.unit = board = new BenchUnit(join(scene.folder, 'bench'));
    const port = await mosquitto(scene.folder, 'allow_anonymous true');
    const watcher = await scene.watch({ port });
    const config = configWith({ host: '127.0.0.1', port, tls: false });
    await scene.unit.start({ config: { ...config, net }, slot });
    return watcher;
  }
  const wifi = { kind: 'wifi', ssid: 'bench', ip: null };
  const net = async (): Promise<unknown> => scene.unit.ask('net');

  it.each<[string, object, string, unknown]>([
    ['a wrong password', wifi, 'wrong', ['network', 'password', expect.stringContaining('bench')]],
    ['no such network', { ...wifi, ssid: 'other' }, 'plumb-line', ['network', 'absent', expect.any(String)]],
    ['a kind that is unknown', { kind: 'telex' }, '', ['network', 'unsupported', expect.any(String)]],
  ])('says what is wrong: %s', async (_, settings, password, trouble) => {
    await startBoard(settings, { 'secret.json': JSON.stringify({ v: 1, wifi: password }) });
    await expect
      .poll(net, { timeout: 10_000 })
      .toMatchObject({ net: 'down', ip: null, mqtt: 'down', trouble });
  });

  it('may be a cable, with an address of its own', async () => {
    const address = { ip: '10.1.2.3', netmask: '255.255.255.0', gateway: '10.1.2.1', dns: '10.1.2.1' };
    const watcher = await startBoard({ kind: 'ethernet', ip: address });
    expect(await watcher.next('state')).toBe('online');
    expect(await net()).toMatchObject({ net: 'up', ip: '10.1.2.3', mqtt: 'up' });
  });

  it('leads to the bench’s own broker by its name, from when there is one', async () => {
    scene.unit = board = new BenchUnit(join(scene.folder, 'bench'));
    await board.start({ config: configWith({ host: 'bench:broker', port: 1883, tls: false }) });
    expect(await scene.trouble()).toEqual(['address', 'unknown', expect.stringContaining('bench:broker')]);
    const { port } = await board.bench.startBroker();
    const watcher = await scene.watch({ port });
    expect(await watcher.next('state')).toBe('online');
    await expect.poll(net).toMatchObject({ net: 'up', mqtt: 'up', trouble: null });
  });

  it('goes and comes back, and so does the unit; when its power goes, the broker says so', async () => {
    const watcher = await startBoard(wifi);
    expect(await watcher.next('state')).toBe('online');
    await board.bench.fault(1, { kind: 'networkDown' });
    expect(await watcher.next('state', 2)).toBe('offline');
    await expect.poll(net, { timeout: 10_000 }).toMatchObject({ net: 'down', mqtt: 'down' });
    await board.bench.fault(1, { kind: 'networkUp' });
    expect(await watcher.next('state', 3)).toBe('online');
    await board.bench.fault(1, { kind: 'powerOff' });
    expect(await watcher.next('state', 4)).toBe('offline');
    await board.bench.fault(1, { kind: 'powerOn' });
    expect(await watcher.next('state', 5)).toBe('online');
    const births = () => watcher.of('birth').map((birth) => (JSON.parse(birth) as { boot: number }).boot);
    await expect.poll(() => [births().at(0), births().at(-1)]).toEqual([1, 2]);
  });

  it('is asked for only where the configuration does, and a firmware without it does all the rest', async () => {
    await startBoard(wifi, { 'plumbline/net.py': 'import nothing_of_this_name\n' });
    expect(await net()).toMatchObject({
      mqtt: 'down',
      trouble: ['network', 'unsupported', expect.stringContaining('nothing_of_this_name')],
    });
    await expect
      .poll(async () => ((await scene.unit.ask('hello')) as { seq: number }).seq)
      .toBeGreaterThan(0);
    await scene.unit.stop();
    scene.unit = new CPythonUnit(join(scene.folder, 'unit'));
    const { mqtt: _, ...plain } = configWith({}) as Record<string, unknown>;
    await scene.unit.start({ config: plain, slot: { 'plumbline/net.py': 'import nothing_of_this_name\n' } });
    expect(await net()).toMatchObject({ net: 'none', mqtt: 'none', trouble: null });
  });
});
