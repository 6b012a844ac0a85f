# A queue on flash: segments that are only appended to, each of their lines with its CRC, and deleted once all of it was
# acknowledged. What a power cut tears is the end of a segment; a start never appends to segments of an earlier one.
import os

from plumbline import check, encode
from plumbline.files import store

CHUNK = 1024  # bytes read ahead
SPARE = 100  # records in RAM where the file system takes none


def inside(folder, letter):
    try:
        return sorted([n for n in os.listdir(folder) if n[:1] == letter and len(n) == 17])
    except OSError:
        return []


class Box:
    def __init__(self, folder, letter, boot, segment):
        self.path = folder + '/'
        self.letter = letter
        self.boot = boot
        self.segment = segment
        self.names = inside(folder, letter)  # oldest first: a<start>-<number>
        self.bytes = sum([os.stat(self.path + n)[6] for n in self.names])
        own = [n for n in self.names if n[1:9] == '%08d' % boot]
        self.count = int(own[-1][10:16]) + 1 if own else 0
        self.active = None  # the segment that is written
        self.size = 0
        self.ram = []
        self.damaged = 0
        self.done = None, 0  # of the first segment: so far all is acknowledged
        self.rewind()

    def rewind(self):
        # From the first on that was not acknowledged.
        self.flight = []  # [record, segment (None: in RAM), end in it, acknowledged]
        self.ready = []
        self.reading = self.spare = 0
        self.at = self.done[1] if self.names and self.names[0] == self.done[0] else 0

    def empty(self):
        return not self.names and not self.ram

    # --- in

    def append(self, lines):
        # Durable when it returns true. False: what is in RAM must go first. OSError: it cannot be written.
        if not self.ram:
            text = ''.join([encode(line) for line in lines])
            if not self.active or self.size >= self.segment:
                self.active = '%s%08d-%06d.' % (self.letter, self.boot, self.count)
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
                data = f.read(CHUNK)
        except OSError:
            data = b''
        start = 0
        end = data.find(b'\n')
        while end >= 0:
            record = check(data[start:end])
            start = end + 1
            if record is None:
                self.damaged += 1
            else:
                self.ready.append([record, name, self.at + start, False])
            end = data.find(b'\n', start)
        if not start and len(data) == CHUNK:
            start = CHUNK  # no line is that long
            self.damaged += 1
        self.at += start
        if not start:
            if name == self.active and not self.ram:
                return False
            self.reading += 1
            self.at = 0
            self.sweep()
        return True

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
        # All records of the oldest segment.
        found = []
        with open(self.path + self.names[0], 'rb') as f:
            for line in f:
                record = check(line[:-1])
                if record is not None:
                    found.append(record)
        return found
