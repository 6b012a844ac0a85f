# Commands through the broker that change something: taken as the configuration says, signed or where the broker lets
# somebody publish them. What is refused is counted. resources/docs/agent.md has the form.
import binascii
import json

from plumbline.files import Refused, sha256
from plumbline.record import Record

PURPOSE = b'plumbline-command-1\n'
TOP = 1 << 53


def key_of(text):
    # 32 bytes as hex; None for anything else.
    try:
        key = binascii.unhexlify(text)
        return key if len(key) == 32 else None
    except (ValueError, TypeError, AttributeError):
        return None


def mac(key, message):
    # HMAC-SHA-256 (RFC 2104); hmac is in few firmwares.
    code = message
    for pad in (0x36, 0x5C):
        h = sha256()
        h.update(bytes([b ^ pad for b in key]) + bytes([pad]) * (64 - len(key)))
        if pad == 0x36:
            h.update(PURPOSE)
        h.update(code)
        code = h.digest()
    return binascii.hexlify(code)


def same(a, b):
    # In the same time wherever they differ.
    differ = len(a) ^ len(b)
    for x, y in zip(a, b):
        differ |= x ^ y
    return not differ


def whole(x):
    return type(x) is int and 0 <= x < TOP


class Signed:
    # Commands of one key: each for this unit, with a number above that of the one before, and of this time.
    def __init__(self, agent, key):
        self.agent = agent
        self.key = key
        self.record = Record(agent.board.root + '/plumbline/command.%d')
        self.last = self.record.value  # number of the last that was taken

    def opened(self, payload):
        # "<64 hex digits> <JSON>", the code over the very bytes of the JSON. -> the command, its number written down
        if not self.key:
            raise Refused('signature', 'this unit has no key for commands')
        if payload[64:65] != b' ' or not same(payload[:64], mac(self.key, payload[65:])):
            raise Refused('signature', 'the signature is wrong')
        try:
            x = json.loads(payload[65:].decode())
        except Exception:
            x = None
        if type(x) is not dict or not whole(x.get('n')) or not whole(x.get('id')):
            raise Refused('form', 'not a command')
        self.judge(x)
        if not self.record.write(x['n']):
            raise Refused('space', 'its number could not be written down', x['id'])
        self.last = x['n']
        return x

    def judge(self, x):
        if x.get('unit') != self.agent.board.unit():
            raise Refused('unit', 'this is another unit', x['id'])
        if self.record.spoilt():
            raise Refused('spoilt', 'the numbers of earlier commands are lost', x['id'])
        if self.last is not None and x['n'] <= self.last:
            raise Refused('old', 'a later command was taken already', x['id'])
        wall = self.agent.board.wall()
        # Without the time of day it is good for one start of the unit.
        if not (x.get('boot') == self.agent.boot if wall is None else whole(x.get('until')) and wall <= x['until']):
            raise Refused('expired', 'its time is over', x['id'])
