import { tlsRom } from './tls-rom.ts';

/**
 * The network of the bench board's firmware as Python in its read-only `/rom`, over the calls of network-calls.ts.
 * Signatures and errors are those of the RP2 port: modlwip.c, modtls_mbedtls.c, python-stdlib/ssl, network_cyw43.c.
 * Each function of `_hw` is looked up once: a look-up makes a reference that only JavaScript's event loop frees.
 */

const socket = `
import io, time, uctypes, _hw

AF_INET = 2
SOCK_STREAM = 1
IPPROTO_TCP = 6
SOL_SOCKET = 1
SO_REUSEADDR = 4
TCP_NODELAY = 1
_at = uctypes.addressof
_wait = _hw.net_wait
_resolve = _hw.net_resolve
_resolved = _hw.net_resolved
_open = _hw.net_open
_connect = _hw.net_connect
_connected = _hw.net_connected
_send = _hw.net_send
_receive = _hw.net_receive
_poll = _hw.net_poll
_words = _hw.net_words
_close = _hw.net_close


def getaddrinfo(host, port, af=0, type=0, proto=0, flags=0):
    id = _resolve(host, port)
    if id < 0:
        raise OSError(id)
    while True:
        found = _resolved(id).split()
        if len(found) == 2:
            return [(AF_INET, SOCK_STREAM, IPPROTO_TCP, "", (found[0], int(found[1])))]
        if found:
            raise OSError(int(found[0]))
        _wait(1000)


class socket(io.IOBase):
    def __init__(self, af=AF_INET, type=SOCK_STREAM, proto=0):
        self._limit = None
        self._id = _open()
        if self._id < 0:
            raise OSError(-self._id)

    def setblocking(self, on):
        self._limit = None if on else 0

    def settimeout(self, seconds):
        self._limit = None if seconds is None else int(seconds * 1000)

    def setsockopt(self, level, option, value):
        pass

    def _do(self, work, *args):
        start = time.ticks_ms()
        while True:
            n = work(self._id, *args)
            if n >= 0:
                return n
            if n != -11:
                words = _words(self._id)
                if words:
                    raise ValueError(words)
                raise OSError(n if n < -255 else -n)
            if self._limit == 0:
                raise OSError(11)
            left = 1000
            if self._limit is not None:
                left = self._limit - time.ticks_diff(time.ticks_ms(), start)
                if left <= 0:
                    raise OSError(110)
            _wait(left)

    def _now(self, work, data, length):
        if self._limit == 0:
            n = work(self._id, _at(data), length)
            if n >= 0 or n == -11:
                return n if n >= 0 else None
        return self._do(work, _at(data), length)

    def connect(self, address):
        n = _connect(self._id, address[0], address[1])
        if n < 0:
            raise OSError(-n)
        if self._limit == 0:
            raise OSError(115)
        self._do(_connected)

    def send(self, data):
        return self._do(_send, _at(data), len(data))

    def sendall(self, data):
        data = memoryview(data)
        while len(data):
            data = data[self.send(data):]

    def write(self, data):
        return self._now(_send, data, len(data))

    def recv(self, n):
        data = bytearray(n)
        return bytes(data[:self._do(_receive, _at(data), n)])

    def readinto(self, data, n=-1):
        return self._now(_receive, data, len(data) if n < 0 else n)

    def read(self, n=-1):
        if n < 0:
            parts = b""
            while True:
                part = self.read(512)
                if not part:
                    return parts or part
                parts += part
        data = bytearray(n)
        got = self.readinto(data)
        return None if got is None else bytes(data[:got])

    def ioctl(self, op, arg):
        if op == 3:
            return _poll(self._id, arg) & (arg | 24)
        if op == 4:
            self.close()
        return 0

    def close(self):
        _close(self._id)
`;

const network = `
import _hw

STA_IF = 0
AP_IF = 1
STAT_IDLE = 0
STAT_CONNECTING = 1
STAT_WRONG_PASSWORD = -3
STAT_NO_AP_FOUND = -2
STAT_CONNECT_FAIL = -1
STAT_GOT_IP = 3
_join = _hw.wifi_join
_leave = _hw.wifi_leave
_status = _hw.wifi_status
_cable = _hw.cable
_cable_up = _hw.cable_up
_none = ("0.0.0.0", "255.255.255.0", "0.0.0.0", "0.0.0.0")


class _Interface:
    _static = None
    _active = False

    def ifconfig(self, config=None):
        if config is None:
            return self._static or (self._given if self.isconnected() else _none)
        self._static = None if config == "dhcp" else tuple(config)


class WLAN(_Interface):
    IF_STA = 0
    IF_AP = 1
    _given = ("192.168.4.16", "255.255.255.0", "192.168.4.1", "192.168.4.1")

    def __init__(self, interface=STA_IF):
        if interface != STA_IF:
            raise NotImplementedError

    def active(self, on=None):
        if on is None:
            return self._active
        if not on:
            _leave()
        WLAN._active = bool(on)

    def connect(self, ssid, key=""):
        if self._active:
            _join(ssid, key or "")

    def disconnect(self):
        _leave()

    def isconnected(self):
        return _status() == STAT_GOT_IP

    def status(self):
        return _status()


class LAN(_Interface):
    _given = ("192.168.5.16", "255.255.255.0", "192.168.5.1", "192.168.5.1")

    def active(self, on=None):
        if on is None:
            return self._active
        LAN._active = bool(on)
        _cable(LAN._active)

    def isconnected(self):
        return _cable_up()

    def status(self):
        return STAT_GOT_IP if _cable_up() else STAT_IDLE
`;

export const networkRom: Record<string, string> = {
  'socket.py': socket,
  ...tlsRom,
  'network.py': network,
};
