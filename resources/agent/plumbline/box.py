# A queue on flash: segments that are only appended to, each of their lines with its CRC, and deleted once all of it was
# acknowledged. What a power cut tears is the end of a segment; a start never appends to segments of an earlier one.
import os

from plumbline import LINE, check, encode
from plumbline.files import store

UNREAD = 5  # times that a segment is tried before it counts as lost
MISSING = 2  # ENOENT
SPARE = 100  # records in RAM where the file system takes none


def inside(folder, letter):
    try:
        return sorted([n for n in os.listdir(folder) if n[:1] == letter and len(n) == 20])
    except OSError:
        return []


def good(line):
    # The record in a line; None for what is torn, or is none.
    record = check(line)
    return record if record and record[:8] == '{"boot":' else None


class Box:
    def __init__(self, folder, letter, boot, segment):
        self.path = folder + '/'
        self.letter = letter
        self.boot = boot
        self.segment = segment
        self.names = inside(folder, letter)  # oldest first: a<start>-<number>
        self.bytes = self.weighed()
        own = [n for n in self.names if n[1:9] == '%08d' % boot]
        self.count = int(own[-1][10:]) + 1 if own else 0
        self.active = None  # the segment that is written
        self.size = 0
        self.ram = []
        self.damaged = 0
        self.unread = [None, 0]  # a segment that cannot be read, and how often it was tried
        self.done = None, 0  # of the first segment: so far all is acknowledged
        self.rewind()

    def rewind(self):
        # From the first on that was not acknowledged.
        self.flight = []  # [record, segment (None: in RAM), end in it, acknowledged]
        self.ready = []
        self.reading = self.spare = 0
        self.at = self.done[1] if self.names and self.names[0] == self.done[0] else 0

    def weighed(self):
        total = 0
        for name in self.names:
            try:
                total += os.stat(self.path + name)[6]
            except OSError:
                pass
        return total

    # --- in

    def append(self, lines):
        # Durable when it returns true. False: what is in RAM must go first. OSError: it cannot be written.
        if not self.ram:
            text = ''.join([encode(line) for line in lines])
            if not self.active or self.size >= self.segment:
                self.active = '%s%08d-%010d' % (self.letter, self.boot, self.count)
                self.count += 1
                self.size = 0
                self.names.append(self.active)
            try:
                store(self.path + self.active, text, 'ab')
                self.size += len(text)
                self.bytes += len(text)
                return True
            except OSError:
                if not self.size:
                    self.scrap(self.names.pop())
                self.active = None  # a part of the lines may be there
                self.bytes = self.weighed()
                raise
        return False

    def hold(self, lines):
        # In RAM. -> those that had to go for it
        self.ram.extend(lines)
        gone = self.ram[: max(0, len(self.ram) - SPARE)]
        self.ram = self.ram[len(gone) :]
        self.spare = max(0, self.spare - len(gone))
        return gone

    # --- out

    def next(self):
        # [record, ...] of the oldest that is not under way, or None; call sent() with it once it is.
        while not self.ready:
            if self.reading < len(self.names):
                if not self.load():
                    return None
            elif self.spare < len(self.ram):
                self.ready.append([self.ram[self.spare], None, 0, False])
                self.spare += 1
            else:
                return None
        return self.ready[0]

    def load(self):
        # The next lines; false where none can come yet.
        name = self.names[self.reading]
        try:
            with open(self.path + name, 'rb') as f:
                f.seek(self.at)
                data = f.read(LINE)
        except OSError as e:
            data = self.unreadable(name, e)
        start = 0
        end = data.find(b'\n')
        while end >= 0:
            record = good(data[start:end])
            start = end + 1
            if record is None:
                self.damaged += 1
            else:
                self.ready.append([record, name, self.at + start, False])
            end = data.find(b'\n', start)
        if not start and len(data) == LINE:
            start = LINE  # no line is that long
            self.damaged += 1
        self.at += start
        if not start:
            if name == self.active and not self.ram:
                return False
            self.reading += 1
            self.at = 0
            self.sweep()
        return True

    def unreadable(self, name, e):
        # It may be for want of something that comes back: given up only after some tries, each a connection long.
        if self.unread[0] != name:
            self.unread = [name, 0]
        self.unread[1] += 1
        if e.args[:1] != (MISSING,) and self.unread[1] < UNREAD:
            raise e
        self.damaged += 1
        return b''

    def sent(self):
        mark = self.ready.pop(0)
        self.flight.append(mark)
        return mark

    def acked(self, mark):
        mark[3] = True
        while self.flight and self.flight[0][3]:
            record, name, end, _ = self.flight.pop(0)
            if name:
                self.done = name, end
            elif record in self.ram:
                self.ram.remove(record)
                self.spare -= 1
        self.sweep()

    def sweep(self):
        # Segments of which nothing is left go, the active one as well.
        while self.names:
            name = self.names[0]
            if [m for m in self.flight + self.ready if m[1] == name]:
                return
            if not self.reading and (name != self.active or self.at < self.size):
                return
            self.remove()

    def remove(self):
        # The oldest segment goes, whatever is in it.
        name = self.names.pop(0)
        try:
            self.bytes -= os.stat(self.path + name)[6]
        except OSError:
            pass
        self.scrap(name)
        if name == self.active:
            self.active = None
        self.flight = [m for m in self.flight if m[1] != name]
        self.ready = [m for m in self.ready if m[1] != name]
        if self.reading:
            self.reading -= 1
        else:
            self.at = 0

    def scrap(self, name):
        try:
            os.remove(self.path + name)
        except OSError:
            pass

    def oldest(self):
        # The records of the oldest segment that were not acknowledged.
        found = []
        name = self.names[0]
        with open(self.path + name, 'rb') as f:
            if name == self.done[0]:
                f.seek(self.done[1])
            for line in f:
                record = good(line[:-1])
                if record is not None:
                    found.append(record)
        return found
