# What of the rules outlives a reboot, in two files of which the newer one counts: a write that is cut leaves the other.
# A record: <n> <what persist() of the engine gives>*<CRC-16>
import json

from plumbline import crc16, dumps
from plumbline.files import store
from plumbline.state import boot, persist

CALM = 1000  # ms between two writes, whatever happens: flash wears out
SHELVED = 600000  # ms after which the time left of what is shelved is written anew


def record(path):
    # (0, nothing) for one that is missing, torn or of another kind.
    try:
        with open(path, 'rb') as f:
            data = f.read()
        at = data.rfind(b'*')
        n, text = data[:at].decode().split(' ', 1)
        if int(data[at + 1 :].decode(), 16) == crc16(data[:at]):
            return int(n), json.loads(text)
    except (OSError, ValueError):
        pass
    return 0, [[], []]


class Keeper:
    def __init__(self, root):
        self.path = root + '/plumbline/state.%d'
        both = record(self.path % 0), record(self.path % 1)
        self.at = 1 if both[1][0] > both[0][0] else 0
        self.n, self.records = both[self.at]
        self.key = None
        self.calm = self.due = 0

    def boot(self, engine):
        # What the engine started with.
        records = self.records
        self.records = None
        if not engine:
            return (), ()
        engine.touched = False
        try:
            boot(engine, records)
            self.key = self.keyed(engine)
        except Exception:
            # Of an agent that writes it in another way: the engine starts cold.
            return (), ()
        return persist(engine)

    def keyed(self, engine):
        return dumps([persist(engine)[0], [r.until for r in engine.rule]])

    def look(self, engine, now):
        # After a frame. Written only where it is another one.
        if (engine.touched or self.due and now >= self.due) and now >= self.calm:
            key = self.keyed(engine)
            if key != self.key or self.due and now >= self.due:
                self.write(persist(engine))
                self.key = key
                self.calm = now + CALM
            engine.touched = False
            self.due = 0
            for r in engine.rule:
                if r.until is not None:
                    self.due = min(self.due or now + SHELVED, r.until)

    def write(self, records):
        body = '%d %s' % (self.n + 1, dumps(records))
        try:
            store(self.path % (1 - self.at), '%s*%04X\n' % (body, crc16(body.encode())))
        except OSError:
            return  # the file system is full or read-only: the older record stays
        self.n += 1
        self.at = 1 - self.at
