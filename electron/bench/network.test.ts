import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, startBench } from './bench.ts';
import { Talk } from './talk.fixture.ts';

/** What a program on a board sees of the network: as on an RP2 board with lwIP. */
let bench: Bench;
let talk: Talk;
const servers: { close: () => void }[] = [];

beforeEach(async () => {
  bench = await startBench({ boards: 1 });
  talk = new Talk(await bench.open('bench:1'));
  await talk.ready();
  await talk.enterRaw();
});
afterEach(async () => {
  await bench.close();
  for (const server of servers.splice(0)) server.close();
});

const joined =
  'import network,time,socket,select\nw=network.WLAN(network.STA_IF)\nw.active(True)\nw.connect("bench","plumb-line")\n' +
  'while not w.isconnected(): time.sleep_ms(10)\n';

async function out(code: string): Promise<string> {
  const { out: said, error } = await talk.run(code);
  expect(error).toBe('');
  return said.trim().replaceAll('\r', '');
}

/** A server on loopback; the sockets that came in. */
async function serve(onSocket: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    onSocket(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  return (server.address() as AddressInfo).port;
}

describe('the radio', () => {
  it.each([
    ['the right password', '"bench","plumb-line"', '3 True 192.168.4.16'],
    ['a wrong password', '"bench","no"', '-3 False 0.0.0.0'],
    ['a network that is not there', '"other","no"', '-2 False 0.0.0.0'],
  ])('joins, or says why not: %s', async (_, arguments_, result) => {
    const code =
      `import network,time\nw=network.WLAN(network.STA_IF)\nw.active(True)\nprint(w.status())\nw.connect(${arguments_})\n` +
      'print(w.status())\nwhile w.status()==1: time.sleep_ms(10)\nprint(w.status(),w.isconnected(),w.ifconfig()[0])';
    expect(await out(code)).toBe(`0\n1\n${result}`);
  });

  it('is gone while the network is down, and the cable as well', async () => {
    const states = 'print(w.isconnected(), l.isconnected())';
    const lan = 'l=network.LAN()\nl.active(True)\n';
    expect(await out(`${joined}${lan}${states}`)).toBe('True True');
    await bench.fault(1, { kind: 'networkDown' });
    expect(await out(states)).toBe('False False');
    await bench.fault(1, { kind: 'networkUp' });
    expect(await out(states)).toBe('True True');
  });
});

describe('sockets', () => {
  it('talk, blocking and not', async () => {
    const port = await serve((socket) => socket.on('data', (data) => socket.write(data)));
    const code = `${joined}s=socket.socket()
s.connect(socket.getaddrinfo("localhost",${port})[0][-1])
print(s.send(b"hello"), s.recv(3), s.recv(10))
s.setblocking(False)
try:
  s.recv(1)
except OSError as e:
  print(e)
print(s.read(5), s.readinto(bytearray(3)))
p=select.poll()
p.register(s,1)
print(p.poll(0))
print(s.write(b"x"*20000))
n=0
while n<11680:
  p.poll(1000)
  n+=len(s.read(4000))
print(n)
s.settimeout(0.05)
try:
  s.recv(1)
except OSError as e:
  print(e)
s.close()
`;
    expect((await out(code)).split('\n')).toEqual([
      "5 b'hel' b'lo'",
      '[Errno 11] EAGAIN',
      'None None',
      '[]',
      '11680',
      '11680',
      '[Errno 110] ETIMEDOUT',
    ]);
  });

  it('say what is wrong', async () => {
    const port = await serve((socket) => {
      socket.once('data', () => socket.resetAndDestroy());
    });
    const code = `${joined}def t(f):
  try:
    print(f())
  except OSError as e:
    print(e.errno)
def c(host, port):
  s=socket.socket()
  try:
    s.connect((host,port))
  finally:
    s.close()
t(lambda: socket.getaddrinfo("nobody.example",1))
t(lambda: c("127.0.0.1",1))
t(lambda: c("192.0.2.1",80))
s=socket.socket()
s.setblocking(False)
t(lambda: s.connect(("127.0.0.1",${port})))
p=select.poll()
p.register(s,4)
print(len(p.poll(1000)))
s.setblocking(True)
s.send(b"x")
t(lambda: s.recv(1))
s.close()
t(lambda: s.recv(1))
`;
    expect((await out(code)).split('\n')).toEqual(['-2', '111', '113', '115', '1', '104', '9']);
  });

  it.each([
    ['there is no network', ''],
    ['the network went', 'DOWN'],
  ])('reach nothing where %s', async (_, before) => {
    const port = await serve(() => {});
    await out(`${joined}${before === '' ? 'w.disconnect()' : ''}`);
    if (before !== '') await bench.fault(1, { kind: 'networkDown' });
    const code = `s=socket.socket()\ntry:\n  s.connect(("127.0.0.1",${port}))\nexcept OSError as e:\n  print(e.errno)`;
    expect(await out(code)).toBe('113');
  });

  it.each([
    ['the power goes', () => bench.fault(1, { kind: 'powerOff' })],
    ['the network goes', () => bench.fault(1, { kind: 'networkDown' })],
    ['the board resets', () => talk.say('import machine\nmachine.reset()\x04')],
  ])('die without a farewell where %s', async (_, fault) => {
    let arrived: (socket: Socket) => void = () => {};
    const came = new Promise<Socket>((resolve) => {
      arrived = resolve;
    });
    const port = await serve((socket) => arrived(socket));
    await out(`${joined}s=socket.socket()\ns.connect(("127.0.0.1",${port}))`);
    const socket = await came;
    const died = once(socket, 'error');
    await fault();
    expect((await died)[0]).toMatchObject({ code: 'ECONNRESET' });
  });

  it('can be waited for in vain and interrupted', async () => {
    const port = await serve(() => {});
    await talk.ask(
      `${joined}s=socket.socket()\ns.connect(("127.0.0.1",${port}))\nprint("on")\ns.recv(1)\x04`,
      'on\r\n',
    );
    expect(await talk.ask('\x03', '\x04>')).toContain('KeyboardInterrupt');
  });
});
