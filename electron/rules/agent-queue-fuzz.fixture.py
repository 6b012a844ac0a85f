# Store and forward under everything at once, at random: power cuts at any byte and change, a flash that fills and empties,
# a broker that acknowledges late, out of order or never, files that cannot be read. Argument 1 is the agent's folder,
# 2 a folder to work in, 3 the first seed, 4 how many. Prints what was found wrong, and how much was tried.
import builtins
import json
import os
import random
import shutil
import sys

sys.path.insert(0, sys.argv[1])
import plumbline.outbox as module
from plumbline.outbox import Outbox

work = sys.argv[2] + '/unit'
out = work + '/plumbline/out'
real = {'open': builtins.open, 'remove': os.remove}
SIZES = {'segment': 300, 'data': 1200, 'reserve': 400}


class Cut(BaseException):
    pass


class Flash:
    left = None  # bytes and changes until the power fails; None: never
    room = None  # bytes that it holds
    torn = True  # what was written before a cut is there
    unreadable = None  # a random number below this: a read fails

    def use(self, n):
        if self.left is None:
            return n
        done = min(n, self.left)
        self.left -= done
        return done

    def used(self):
        return sum([os.stat(out + '/' + name).st_size for name in os.listdir(out)])


flash = Flash()


class File:
    def __init__(self, path, mode):
        self.path = path
        self.mode = mode
        self.data = b''

    def write(self, data):
        fits = len(data)
        if flash.room is not None:
            fits = max(0, flash.room - flash.used())
        n = flash.use(min(len(data), fits))
        if flash.torn:
            with real['open'](self.path, self.mode) as f:
                f.write(data[:n])
        if n < min(len(data), fits):
            raise Cut()
        if fits < len(data):
            raise OSError(28)
        self.data = data

    def flush(self):
        pass

    def fileno(self):
        return -1

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is None and not flash.torn:
            if not flash.use(1):
                raise Cut()
            with real['open'](self.path, self.mode) as f:
                f.write(self.data)


def opened(path, mode='r'):
    if mode == 'rb' and flash.unreadable and chance.random() < flash.unreadable:
        raise OSError(5)
    return File(path, mode) if mode in ('wb', 'ab') else real['open'](path, mode)


def removed(path):
    if not flash.use(1):
        raise Cut()
    real['remove'](path)


builtins.open = opened
os.remove = removed
os.fsync = lambda _: None
module.free = lambda _: 1 << 30 if flash.room is None else max(0, flash.room - flash.used())


class Unit:
    # One unit over all its starts, and the broker that hears it.
    def __init__(self):
        self.boot = 0
        self.kept = {}  # alarms that were on flash or in RAM when flush() returned: (boot, seq) -> as written
        self.given = {}  # all that was ever added: (boot, seq) -> class
        self.heard = []
        self.lost = {}  # start -> what its queue says was lost
        self.start()

    def start(self, again=False):
        if not again:
            self.boot += 1
            self.ram = []
        old = self.outbox if again else None
        if old:
            for box in old.boxes:
                box.rewind()
        self.outbox = Outbox(work, self.boot, SIZES)
        if old:
            self.outbox.number = old.number
            self.outbox.inherit(old)
        self.marks = []

    def add(self):
        many = chance.randint(1, 4)
        new = []
        for _ in range(many):
            which = chance.randint(0, 1)
            facts = {'t': 1, 'rule': 'r' * chance.randint(1, 40), 'kind': 'ON'}
            self.outbox.add(which, facts)
            key = self.boot, self.outbox.number
            self.given[key] = which
            if not which:
                new.append(key)
        self.outbox.flush(1)
        self.on_flash()

    def on_flash(self):
        # What a power cut must not take: alarms in a segment as a whole line.
        for name in os.listdir(out):
            if name[0] == 'a':
                with real['open'](out + '/' + name, 'rb') as f:
                    for line in f.read().split(b'\n')[:-1]:
                        x = json.loads(line[:-5])
                        self.kept[x['boot'], x['seq']] = name

    def send(self):
        for box in self.outbox.boxes:
            for _ in range(chance.randint(0, 6)):
                if not box.next():
                    break
                mark = box.sent()
                x = json.loads(mark[0])
                self.heard.append((box.letter, x))
                self.marks.append((box, mark))

    def hear(self):
        # Acknowledgements, most in order.
        chance.random() < 0.2 and chance.shuffle(self.marks)
        for _ in range(chance.randint(0, len(self.marks))):
            box, mark = self.marks.pop(0)
            if mark in box.flight:
                box.acked(mark)

    def drop(self):
        self.marks = []
        for box in self.outbox.boxes:
            box.rewind()

    def drain(self):
        # All that is left, to the end.
        self.drop()
        for _ in range(2):
            self.outbox.flush(1)
            for box in self.outbox.boxes:
                while box.next():
                    mark = box.sent()
                    self.heard.append((box.letter, json.loads(mark[0])))
                    box.acked(mark)

    def step(self):
        what = chance.choice(['add', 'add', 'add', 'send', 'send', 'hear', 'hear', 'drop', 'again', 'room', 'read'])
        if what == 'room':
            flash.room = chance.choice([None, 0, 200, 700, 1500, 3000])
        elif what == 'read':
            flash.unreadable = chance.choice([None, None, 0.02]) if FAULTS else None
        elif what == 'again':
            self.start(True)
        else:
            try:
                getattr(self, what)()
            except OSError:
                self.drop()


FAULTS = False


def judge(unit):
    wrong = []
    seen = {}
    last = {}
    gaps = []
    for letter, x in unit.heard:
        key = x['boot'], x['seq']
        if 'gap' in x:
            gaps.append(x['gap'])
        if key in seen:
            if seen[key] != x:
                wrong.append('%s has two contents' % (key,))
            continue
        seen[key] = x
        if key < last.get(letter, (0, 0)):
            wrong.append('%s after %s in class %s' % (key, last[letter], letter))
        last[letter] = key
        if 'gap' not in x and unit.given.get(key) != 'as'.index(letter):
            wrong.append('%s was never given' % (key,))
    missing = [key for key in unit.kept if key not in seen]
    if missing:
        wrong.append('alarms that were on flash are missing: %s' % missing[:5])
    if os.listdir(out):
        wrong.append('left over: %s' % os.listdir(out))
    if unit.outbox.damaged() and not FAULTS and flash.torn is False:
        wrong.append('damaged records without tearing')
    # Of a start without a power cut after it (the last), whatever is missing is named.
    for which, name in ((0, 'alarms'), (1, 'summaries')):
        lost = [k for k in unit.given if k[0] == unit.boot and unit.given[k] == which and k not in seen]
        for key in lost:
            named = [g for g in gaps if g['class'] == name and tuple(g['from']) <= key <= tuple(g['to'])]
            if not named and not FAULTS:
                wrong.append('%s of %s is missing and not named' % (key, name))
        counted = sum([g['dropped'] for g in {json.dumps(g): g for g in gaps}.values() if g['class'] == name])
        if unit.boot == 1 and counted < len(lost) and not FAULTS:
            wrong.append('%d %s are missing, %d are said to be' % (len(lost), name, counted))
    for box in unit.outbox.boxes:
        if box.bytes != 0:
            wrong.append('%s counts %d bytes with nothing there' % (box.letter, box.bytes))
    return wrong


def tried(seed):
    global chance
    chance = random.Random(seed)
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work + '/plumbline')
    flash.left = flash.room = flash.unreadable = None
    flash.torn = bool(chance.getrandbits(1))
    unit = Unit()
    cuts = 0
    for _ in range(chance.randint(1, 6)):
        flash.left = chance.randint(1, 6000) if chance.random() < 0.8 else None
        try:
            for _ in range(chance.randint(5, 80)):
                unit.step()
        except Cut:
            cuts += 1
        if flash.left is not None:
            # Whatever was tried, here the power is off.
            flash.left = flash.unreadable = None
            unit.start()
    flash.left = flash.room = flash.unreadable = None
    unit.drain()
    return cuts, judge(unit)


wrong = []
cuts = 0
first = int(sys.argv[3])
for seed in range(first, first + int(sys.argv[4])):
    FAULTS = seed % 4 == 3
    n, found = tried(seed)
    cuts += n
    wrong.extend(['seed %d: %s' % (seed, w) for w in found])
print(json.dumps({'wrong': wrong[:20], 'count': len(wrong), 'cuts': cuts}))
