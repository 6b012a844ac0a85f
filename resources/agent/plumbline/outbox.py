# What is to reach the broker, kept until it is acknowledged: alarms and summaries apart. Alarms go first and are given
# up last: not while there is space. What had to be given up is named by a record of its own.
import json
import os

from plumbline import dumps
from plumbline.box import Box
from plumbline.files import free

SMALL = {'segment': 4096, 'data': 65536, 'reserve': 49152}
LARGE = {'segment': 65536, 'data': 16777216, 'reserve': 16777216}
NAMES = {'a': 'alarms', 's': 'summaries'}
FULL = 28  # ENOSPC


class Outbox:
    # sizes: bytes of a segment, of all summaries at most, and of the file system that are left to others.
    def __init__(self, root, boot, sizes):
        self.root = root
        self.sizes = sizes
        self.boot = boot
        self.lost = 0
        folder = root + '/plumbline/out'
        try:
            os.mkdir(folder)
        except OSError:
            pass
        self.boxes = [Box(folder, letter, boot, sizes['segment']) for letter in 'as']
        self.alarms, self.summaries = self.boxes
        self.pending = [[], []]
        self.gone = {}  # class -> the gap of what was given up and not yet named

    number = 0  # of the last record of this start: (unit, boot, seq) names a record

    def add(self, which, facts):
        self.number += 1
        x = {'boot': self.boot, 'seq': self.number}
        x.update(facts)
        self.pending[which].append(ordered(x))

    def flush(self, t):
        # What was added goes to flash, before anything of it is sent. A record among the alarms names what was given up.
        if not self.alarms.ram:
            for name in self.gone:
                self.add(0, {'t': t, 'gap': self.gone[name]})
            self.gone = {}
        for which in (1, 0):
            lines = self.pending[which]
            if lines:
                self.pending[which] = []
                self.write(which, lines)

    def write(self, which, lines):
        box = self.boxes[which]
        if not self.roomy(which) or not self.stored(box, lines):
            # No room, or nothing can be written: the last alarms stay in RAM.
            gone = lines if which else box.hold(lines)
            self.missed(box, gone)

    def roomy(self, which):
        # Before a new segment: quota of the summaries, and room for others.
        box = self.boxes[which]
        if box.active and box.size < box.segment:
            return True
        if which and box.bytes + box.segment > self.sizes['data']:
            self.give_up(box)
        reserve = self.sizes['reserve']
        while free(self.root) < reserve and self.give_up(self.summaries):
            pass
        return free(self.root) >= (reserve if which else reserve // 4)

    def stored(self, box, lines):
        while True:
            try:
                return box.append(lines)
            except OSError as e:
                if e.args[0] != FULL or not self.give_up(self.summaries):
                    return False

    def give_up(self, box):
        # The oldest segment.
        if not box.names:
            return False
        try:
            many = box.oldest()
        except OSError:
            many = []
            box.damaged += 1
        box.remove()
        self.missed(box, many)
        return True

    def missed(self, box, records):
        # Gaps among them are not forgotten: they count as what they name.
        gaps = [json.loads(r)['gap'] for r in records if '"gap":{' in r]
        records = [r for r in records if '"gap":{' not in r]
        if records:
            self.lost += len(records)
            ends = [json.loads(records[i]) for i in (0, -1)]
            first, last = [[x['boot'], x['seq']] for x in ends]
            gaps.append({'class': NAMES[box.letter], 'from': first, 'to': last, 'dropped': len(records)})
        for gap in gaps:
            known = self.gone.get(gap['class'])
            if known:
                gap['from'] = min(known['from'], gap['from'])
                gap['to'] = max(known['to'], gap['to'])
                gap['dropped'] += known['dropped']
            self.gone[gap['class']] = gap

    def inherit(self, old):
        # From the one before it in this start: what could not be written is in RAM only.
        self.lost = old.lost
        self.gone = old.gone
        self.pending = old.pending
        for i in (0, 1):
            self.boxes[i].ram = old.boxes[i].ram
            self.boxes[i].damaged = old.boxes[i].damaged

    def damaged(self):
        return sum([box.damaged for box in self.boxes])

    def waiting(self):
        return sum([box.bytes for box in self.boxes])


def ordered(x):
    # Start and number first, for people; the order of keys is the interpreter's otherwise.
    return '{"boot":%d,"seq":%d,%s}' % (x.pop('boot'), x.pop('seq'), dumps(x)[1:-1])
