# A value in two files of which the newer counts: a write that is cut leaves the other. In a file: <n> <JSON>*<CRC-16>
import json

from plumbline import crc16, dumps
from plumbline.files import exists, store


def read(path):
    # (0, None) for one that is missing, torn or of another kind.
    try:
        with open(path, 'rb') as f:
            data = f.read()
        at = data.rfind(b'*')
        n, text = data[:at].decode().split(' ', 1)
        if int(data[at + 1 :].decode(), 16) == crc16(data[:at]):
            return int(n), json.loads(text)
    except (OSError, ValueError):
        pass
    return 0, None


class Record:
    # path: with %d in it for the number of the file.
    def __init__(self, path):
        self.path = path
        both = read(path % 0), read(path % 1)
        self.at = 1 if both[1][0] > both[0][0] else 0
        self.n, self.value = both[self.at]

    def spoilt(self):
        # Both are there, so one of them was whole once, and none is now: not the work of a power cut.
        return not self.n and exists(self.path % 0) and exists(self.path % 1)

    def write(self, value):
        # False where the file system is full or read-only: the older value stays.
        body = '%d %s' % (self.n + 1, dumps(value))
        try:
            store(self.path % (1 - self.at), '%s*%04X\n' % (body, crc16(body.encode())))
        except OSError:
            return False
        self.n += 1
        self.at = 1 - self.at
        return True
