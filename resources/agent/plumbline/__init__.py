# Plumbline edge agent: its version, and the lines it speaks: body, '*', CRC-16/CCITT-FALSE in hex, end of line.
import sys

VERSION = '0.1.0'
ENGINE = 1  # of the rule engine: another number decides in another way (engineVersion in the app)
BODY = 1200
LINE = 1300


def borrowed(name):
    # A module that is wanted now and then only. A board does not keep it: its RAM is free once nobody holds it.
    path = 'plumbline.' + name
    __import__(path)
    module = sys.modules[path]
    if sys.implementation.name != 'cpython':
        del sys.modules[path]
        globals().pop(name, None)
    return module


NIBBLES = [0]
for _ in range(1, 16):
    _c = _ << 12
    for _b in range(4):
        _c = (_c << 1 ^ (0x1021 if _c & 0x8000 else 0)) & 0xFFFF
    NIBBLES.append(_c)


def crc16(data):
    c = 0xFFFF
    for b in data:
        c = (c << 4 & 0xFFFF) ^ NIBBLES[c >> 12 ^ b >> 4]
        c = (c << 4 & 0xFFFF) ^ NIBBLES[c >> 12 ^ b & 15]
    return c


def encode(body):
    return '%s*%04X\n' % (body, crc16(body.encode()))


class Lines:
    # Bytes in, bodies out. None stands for a request whose checksum is wrong; all other noise is only counted.
    def __init__(self):
        self.part = bytearray()
        self.drop = False
        self.noise = 0

    def feed(self, data):
        out = []
        for b in data:
            if b == 10 or b == 13:
                self.end(out)
            elif len(self.part) >= LINE:
                self.drop = True
            else:
                self.part.append(b)
        return out

    def end(self, out):
        line = bytes(self.part)
        if line and not self.drop:
            body = check(line)
            if body is not None:
                out.append(body)
            elif line[0] == 63:
                out.append(None)
        if line and not (out and out[-1]):
            self.noise += 1
        self.part = bytearray()
        self.drop = False


def check(line):
    n = len(line) - 5
    if n < 1 or n > BODY or line[n] != 42:
        return None
    for b in line:
        if b < 32 or b > 126:
            return None
    return line[:n].decode() if line[n + 1 :].decode() == '%04X' % crc16(line[:n]) else None


def dumps(x):
    # Compact ASCII JSON; json.dumps of MicroPython leaves spaces in and non-ASCII as it is.
    if x is None:
        return 'null'
    if x is True or x is False:
        return 'true' if x else 'false'
    if isinstance(x, str):
        return quote(x)
    if isinstance(x, dict):
        return '{' + ','.join([quote(k) + ':' + dumps(x[k]) for k in x]) + '}'
    if isinstance(x, (list, tuple)):
        return '[' + ','.join([dumps(v) for v in x]) + ']'
    return str(x)


def quote(text):
    out = ['"']
    for char in text:
        n = ord(char)
        if n > 0xFFFF:
            n -= 0x10000
            out.append('\\u%04x\\u%04x' % (0xD800 + (n >> 10), 0xDC00 + (n & 0x3FF)))
        elif n < 32 or n > 126 or char == '"' or char == '\\':
            out.append('\\u%04x' % n)
        else:
            out.append(char)
    out.append('"')
    return ''.join(out)
