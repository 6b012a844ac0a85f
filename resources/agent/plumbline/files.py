# The three files: replaced while the agent runs: staged, hashed on the unit, renamed.
# The configuration belongs to the slot that runs; calibration and rules outlive it.
import binascii
import os

NAMES = ('config', 'calibration', 'rules')
CHUNK = 480
MOST = 32768
UNCOUNTED = 40000000
UNABLE = 'this firmware has no SHA-256'


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
    block = bytearray(512)
    part = memoryview(block)
    with open(path, 'rb') as f:
        n = f.readinto(block)
        while n:
            h.update(part[:n])
            n = f.readinto(block)
    return binascii.hexlify(h.digest()).decode()


def free(root):
    # Bytes that the file system has left.
    try:
        s = os.statvfs(root or '/')
        return s[0] * s[3]
    except (AttributeError, OSError):
        return MOST * 2


def exists(path):
    try:
        os.stat(path)
        return True
    except OSError:
        return False


def store(path, text, mode='wb'):
    # Durable when it returns: with littlefs a closed file is.
    with open(path, mode) as f:
        f.write(text.encode())
        if hasattr(os, 'fsync'):
            f.flush()
            os.fsync(f.fileno())


def replace(new, path):
    try:
        os.rename(new, path)
    except OSError:  # a file system that does not rename over a file: a start repairs a cut between the two
        os.rename(path, path + '.old')
        os.rename(new, path)
        os.remove(path + '.old')
    if hasattr(os, 'sync'):
        os.sync()


def uncounted(n):
    # In place of the number of a start that could not be written down: one that hardly any start has, far above those
    # that were counted. Where there is no chance to be had it is the number that the next start will have as well.
    try:
        return UNCOUNTED + int.from_bytes(os.urandom(4), 'big') % UNCOUNTED
    except (AttributeError, NotImplementedError):
        return n


class Files:
    def __init__(self, root, slot, config):
        self.root = root
        self.slot = slot
        self.config = config  # where it lies elsewhere
        self.name = self.file = None

    def known(self, name):
        # Its path as the app knows it.
        if name not in NAMES:
            raise Refused('invalid', 'no such file')
        return '/%s/%s.json' % (self.slot if self.slot and name == 'config' else 'plumbline', name)

    def path(self, name):
        known = self.known(name)
        return self.config if self.config and name == 'config' else self.root + known

    def hashes(self):
        # Of the data outside of the slots, after a replacement that was cut is ended.
        found = {}
        for name in NAMES:
            path = self.path(name)
            if not exists(path) and exists(path + '.old'):
                os.rename(path + '.old', path)
            if exists(path):
                found[self.known(name)] = sha(path)
        if self.slot:
            found['/main.py'] = sha(self.root + '/main.py')
        return found

    def count(self):
        # Number of this start, kept over the next.
        # Never the same twice: what it sends is told apart by it.
        path = self.root + '/plumbline/boot'
        n = 0
        for end in ('', '.old', '.new'):
            try:
                with open(path + end) as f:
                    n = max(n, int(f.read(12)))
            except (OSError, ValueError):
                pass
        try:
            store(path + '.new', str(n + 1))
            replace(path + '.new', path)
        except OSError:
            return uncounted(n + 1)
        return n + 1

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
        if size > MOST or size + 4096 > free(self.root):
            raise Refused('space', 'no room for %d bytes' % size)
        self.file = open(path + '.new', 'wb')
        self.name = name
        self.size = size
        self.sha = digest
        self.at = 0

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
        # Path -> hash of what changed.
        path = self.path(self.name)
        changed = {}
        if self.slot and self.name == 'config':
            # The manifest first: from then on a start ends the replacement of the other file.
            changed['/%s/manifest.json' % self.slot] = self.manifest()
        replace(path + '.new', path)
        self.file = None
        changed[self.known(self.name)] = sha(path)
        return changed

    def manifest(self):
        # Only the line of the configuration is another one.
        path = '%s/%s/manifest.json' % (self.root, self.slot)
        with open(path, 'rb') as f:
            text = f.read().decode()
        at = text.find('["/config.json",')
        if at < 0:
            raise Refused('invalid', 'the manifest has no configuration')
        line = '["/config.json",%d,"%s"]' % (self.size, self.sha)
        with open(path + '.new', 'wb') as f:
            f.write((text[:at] + line + text[text.find(']', at) + 1 :]).encode())
        replace(path + '.new', path)
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
