# The last rule events of this boot, packed into a few bytes each, for whoever comes and asks for them.
import struct

MOST = 64
FORM = '<IQBB'  # frame, engine time, rule, kind
SIZE = 14
KINDS = ('ON', 'OFF', 'RTN', 'REP')
FIRST = 4  # added to the kind of the first of its group


class Recent:
    def __init__(self):
        self.room = None
        self.n = 0  # since the boot
        self.oldest = 0  # number of the oldest that is still here

    def add(self, seq, event):
        if self.room is None:
            self.room = bytearray(MOST * SIZE)
        kind = KINDS.index(event[2]) + (FIRST if len(event) > 3 else 0)
        struct.pack_into(FORM, self.room, self.n % MOST * SIZE, seq, event[0], event[1], kind)
        self.n += 1
        self.oldest = max(self.oldest, self.n - MOST)

    def forget(self):
        self.oldest = self.n

    def event(self, i):
        seq, t, rule, kind = struct.unpack_from(FORM, self.room, i % MOST * SIZE)
        event = [seq, t, rule, KINDS[kind % FIRST]]
        return event + [1] if kind >= FIRST else event
