# The rules in force on vectors of the app's, in an engine beside the one that runs. The scans go on between two pieces;
# a scan may be late by the time that a piece takes.
import binascii

from plumbline import dumps
from plumbline.config import parse
from plumbline.files import Refused, sha256
from plumbline.rules import Engine
from plumbline.state import restore
from plumbline.state import whole as state

TOP = 2**31


def whole(x):
    return type(x) is int


def checked(frame):
    # t, inputs, acks, shelves
    good = type(frame) is list and 2 <= len(frame) <= 4 and whole(frame[0]) and type(frame[1]) is dict
    if good:
        t, inputs = frame[:2]
        acks = frame[2] if len(frame) > 2 else []
        shelves = frame[3] if len(frame) > 3 else []
        good = type(acks) is list and all([whole(i) for i in acks]) and type(shelves) is list
        for name in inputs:
            x = inputs[name]
            good = good and (x is None or whole(x) and -TOP <= x <= TOP)
        for s in shelves if good else ():
            good = good and type(s) is list and len(s) == 2 and whole(s[0]) and whole(s[1])
    if not good:
        raise Refused('invalid', 'not a frame')
    return t, inputs, acks, shelves


class Vectors:
    def __init__(self, text, rev):
        self.rev = rev
        self.engine = Engine(parse(text, 'rules'))
        self.blank = state(self.engine)
        self.hash = sha256()
        self.at = self.vectors = self.frames = self.events = 0
        self.open = False

    def piece(self, args):
        # "new": a vector begins with this piece. A piece that is repeated, because its answer was lost, counts once.
        at = args.get('at')
        frames = args.get('fr')
        if type(frames) is not list or not whole(at) or at not in (self.at, self.at - 1):
            raise Refused('order', 'expected piece %d' % self.at)
        if at == self.at:
            frames = [checked(f) for f in frames]
            if args.get('new'):
                self.close()
                restore(self.engine, self.blank)
                self.open = True
            if not self.open:
                raise Refused('order', 'no vector was begun')
            self.at += 1
            for f in frames:
                self.frames += 1
                for event in self.engine.feed(*f):
                    self.events += 1
                    self.hash.update((dumps(event) + '\n').encode())
        return {'at': self.at}

    def close(self):
        if self.open:
            self.vectors += 1
            self.hash.update(('%d\n' % self.engine.late).encode())
        self.open = False

    def end(self):
        self.close()
        return {
            'rev': self.rev,
            'vectors': self.vectors,
            'frames': self.frames,
            'events': self.events,
            'hash': binascii.hexlify(self.hash.digest()).decode(),
        }
