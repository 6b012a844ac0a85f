# The three files: read strictly, integers only; replaced while the agent runs: staged, hashed on the unit, renamed.
import binascii
import json
import os

NAMES = ('config', 'calibration', 'rules')
CHUNK = 480
MOST = 32768
UNABLE = 'this firmware has no SHA-256'
CHANNELS = 16
TOP = 2**31
EXACT = 2**52
LETTERS = 'abcdefghijklmnopqrstuvwxyz'


class Refused(Exception):
    # code and words of a negative answer
    pass


def sha256():
    # CircuitPython offers it as hashlib.new('sha256') only, small boards not at all.
    try:
        import hashlib

        return hashlib.sha256() if hasattr(hashlib, 'sha256') else hashlib.new('sha256')
    except (ImportError, AttributeError, ValueError):
        raise Refused('hash', UNABLE)


# sha256 and sha stand in /main.py once more: it must hash this file before it imports it.
def sha(path):
    h = sha256()
    with open(path, 'rb') as f:
        while True:
            block = f.read(256)
            if not block:
                return binascii.hexlify(h.digest()).decode()
            h.update(block)


def exists(path):
    try:
        os.stat(path)
        return True
    except OSError:
        return False


def replace(new, path):
    try:
        os.rename(new, path)
    except OSError:  # a file system that does not rename over a file: main.py repairs a cut between the two
        os.rename(path, path + '.old')
        os.rename(new, path)
        os.remove(path + '.old')
    if hasattr(os, 'sync'):
        os.sync()


class Files:
    def __init__(self, root):
        self.root = root
        self.name = self.file = None

    def path(self, name):
        if name not in NAMES:
            raise Refused('invalid', 'no such file')
        return '%s/plumbline/%s.json' % (self.root, name)

    def text(self, name):
        # None where there is none.
        path = self.path(name)
        if not exists(path):
            return None
        with open(path, 'rb') as f:
            return f.read().decode()

    def put(self, name, size, digest):
        self.forget()
        path = self.path(name)
        sha256()  # rather now than after the whole transfer
        if type(size) is not int or size < 0 or not isinstance(digest, str):
            raise Refused('invalid', 'put needs size and sha')
        if size > MOST or size + 4096 > self.free():
            raise Refused('space', 'no room for %d bytes' % size)
        self.file = open(path + '.new', 'wb')
        self.name = name
        self.size = size
        self.sha = digest
        self.at = 0

    def free(self):
        try:
            s = os.statvfs(self.root or '/')
            return s[0] * s[3]
        except (AttributeError, OSError):
            return MOST * 2

    def data(self, at, block):
        if not self.file or type(at) is not int or at < 0 or at > self.at:
            raise Refused('order', 'expected offset %d' % (self.at if self.file else 0))
        if len(block) > CHUNK or at + len(block) > self.size:
            raise Refused('invalid', 'too many bytes')
        self.file.seek(at)
        self.file.write(block)
        self.at = at + len(block)
        return self.at

    def staged(self):
        # Name and text of what was put, once its hash is right as read back from the file system.
        if not self.file:
            raise Refused('order', 'nothing was put')
        self.file.close()
        path = self.path(self.name) + '.new'
        if self.at != self.size or sha(path) != self.sha:
            raise Refused('hash', 'not the bytes that were announced')
        with open(path, 'rb') as f:
            return self.name, f.read().decode()

    def commit(self):
        path = self.path(self.name)
        replace(path + '.new', path)
        self.file = None
        return sha(path)

    def forget(self):
        # Gives up what was put; what is in force stays.
        file, self.file = self.file, None
        if file:
            file.close()
            if exists(self.path(self.name) + '.new'):
                os.remove(self.path(self.name) + '.new')

    def get(self, name, at):
        path = self.path(name)
        if not exists(path):
            raise Refused('missing', 'no %s.json' % name)
        if type(at) is not int or at < 0:
            raise Refused('invalid', 'get needs an offset')
        if at == 0 or name != self.got[0]:
            self.got = (name, sha(path), os.stat(path)[6])
        with open(path, 'rb') as f:
            f.seek(at)
            block = f.read(CHUNK)
        return {'size': self.got[2], 'sha': self.got[1], 'b64': binascii.b2a_base64(block).decode().strip()}

    got = ('', '', 0)


def whole(x, low, high, what):
    if type(x) is not int or x < low or x > high:
        raise ValueError('%s is not a whole number %d..%d' % (what, low, high))
    return x


def words(x, most, what):
    if not isinstance(x, str) or len(x) > most:
        raise ValueError('%s is not text of at most %d characters' % (what, most))
    return x


def parse(text, what):
    try:
        x = json.loads(text)
    except Exception:
        raise ValueError('%s is not JSON' % what)
    if type(x) is not dict or type(x.get('v')) is not int or x['v'] != 1:
        raise ValueError('%s is not of version 1' % what)
    return x


def named(name):
    return 0 < len(name) <= 16 and name[0] in LETTERS and all([c in LETTERS + '0123456789_' for c in name])


class Channel:
    line = None  # mul, add, shift; None: never calibrated

    def __init__(self, d, open_adc):
        self.id = words(d.get('id'), 16, 'channel id')
        if not named(self.id):
            raise ValueError('channel id has letters other than a-z 0-9 _')
        self.over = whole(d.get('oversample', 1), 1, 256, 'oversample')
        whole(d.get('stale_ms', 0), 0, TOP, 'stale_ms')
        words(d.get('quantum'), 40, 'quantum')
        words(d.get('unit'), 20, 'unit')
        try:
            self.adc = open_adc(d.get('adc'))
        except Exception as e:
            raise ValueError('adc of %s: %s' % (self.id, e))

    def read(self):
        # The sum of the readings; None where one of them fails.
        try:
            raw = 0
            for _ in range(self.over):
                raw += whole(self.adc(), 0, 65535, 'reading')
            return raw
        except Exception:
            return None

    def value(self, raw):
        # Quantised once, here; what does not fit the engine's numbers is a bad reading.
        if raw is None or self.line is None:
            return None
        mul, add, shift = self.line
        v = (raw * mul + add) // 2**shift
        return v if -TOP <= v <= TOP else None


class Config:
    tag = ''
    period = 100

    def __init__(self, text, open_adc):
        self.channels = []
        if text is None:
            return
        x = parse(text, 'config')
        self.tag = words(x.get('tag', ''), 60, 'tag')
        self.period = whole(x.get('period_ms', 100), 10, 60000, 'period_ms')
        many = x.get('channels')
        if type(many) is not list or len(many) > CHANNELS:
            raise ValueError('channels is not a list of at most %d' % CHANNELS)
        for d in many:
            if type(d) is not dict:
                raise ValueError('a channel is not an object')
            c = Channel(d, open_adc)
            if c.id in [o.id for o in self.channels]:
                raise ValueError('channel %s is there twice' % c.id)
            self.channels.append(c)


def calibration(text, channels):
    # Lines by channel id. Those of channels that the unit does not have are checked as well.
    if text is None:
        return {}
    lines = parse(text, 'calibration').get('channels')
    if type(lines) is not dict:
        raise ValueError('calibration has no channels')
    over = {}
    for c in channels:
        over[c.id] = c.over
    for name in lines:
        line = lines[name]
        if type(line) is not list or len(line) != 3:
            raise ValueError('calibration of %s is not [mul, add, shift]' % name)
        mul, add, shift = line
        whole(mul, -EXACT, EXACT, 'mul')
        whole(add, -EXACT, EXACT, 'add')
        whole(shift, 0, 52, 'shift')
        if max(abs(add), abs(65535 * over.get(name, 1) * mul + add)) >= EXACT:
            raise ValueError('calibration of %s leaves 2**52' % name)
    return lines
