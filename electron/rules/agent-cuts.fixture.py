# Power cuts at every byte and every change of the file system, for what the agent keeps: argument 1 is the agent's
# folder, 2 a folder to work in, 3 what is tried. Prints what was found wrong, and how many cuts there were.
# "torn": what was written before the cut is there. "whole": a file changes when it is closed, as with littlefs.
import builtins
import json
import os
import shutil
import sys

sys.path.insert(0, sys.argv[1])
from plumbline.files import Files
from plumbline.keep import Keeper
from plumbline.outbox import Outbox

work = sys.argv[2] + '/unit'
real = {'open': builtins.open, 'remove': os.remove, 'rename': os.rename}


class Cut(BaseException):
    pass


class Power:
    full = False
    left = None  # bytes and changes until it fails; None: never
    torn = True

    def use(self, n):
        # How many of n take place.
        if self.left is None:
            return n
        done = min(n, self.left)
        self.left -= done
        return done


power = Power()


class File:
    def __init__(self, path, mode):
        self.path = path
        self.mode = mode
        self.data = b''
        if mode == 'wb' and power.torn:
            real['open'](path, mode).close()

    def write(self, data):
        if power.full and used() + len(data) > FLASH:
            raise OSError(28)
        if not power.torn:
            self.data += data
            return
        n = power.use(len(data))
        with real['open'](self.path, 'ab') as f:
            f.write(data[:n])
        if n < len(data):
            raise Cut()

    def flush(self):
        pass

    def fileno(self):
        return -1

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if not power.torn and kind is None:
            if not power.use(1):
                raise Cut()
            with real['open'](self.path, self.mode) as f:
                f.write(self.data)


def opened(path, mode='r'):
    return File(path, mode) if mode in ('wb', 'ab') else real['open'](path, mode)


def change(name):
    def changed(*args):
        if not power.use(1):
            raise Cut()
        real[name](*args)

    return changed


builtins.open = opened
os.remove = change('remove')
os.rename = change('rename')
os.fsync = lambda _: None
FLASH = 4000


def used():
    folder = work + '/plumbline/out/'
    if not os.path.isdir(folder):
        return FLASH
    return sum([os.stat(folder + name).st_size for name in os.listdir(folder)])


SIZES = {'segment': 300, 'data': 1200, 'reserve': 0}


def fresh():
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work + '/plumbline')


def send(outbox, heard, most):
    # A broker that takes and acknowledges so many, alarms first.
    for box in outbox.boxes:
        while most and box.next():
            mark = box.sent()
            heard.append((box.letter, json.loads(mark[0])))
            box.acked(mark)
            most -= 1


def outage(kept, heard):
    outbox = Outbox(work, 1, SIZES)
    for frame in range(20):
        new = []
        for i in range(frame % 3):
            outbox.add(0, {'t': frame, 'rule': 'r%d' % i, 'kind': 'ON'})
            new.append(outbox.number)
        if frame % 4 == 0:
            outbox.add(1, {'t': frame, 'sum': {'t1': [1, 2, 3, 4]}})
        outbox.flush(frame)
        kept.extend(new)
        if frame in (6, 7, 13, 14):
            send(outbox, heard, 7)
        if frame in (8, 15):
            for box in outbox.boxes:
                box.rewind()


def judge(kept, heard, rest):
    # Every alarm that was on flash came, each class in its order once doubles are out, and nothing is left.
    wrong = []
    seen = set()
    last = {}
    for letter, x in heard + rest:
        key = x['boot'], x['seq']
        if key in seen:
            continue
        seen.add(key)
        if key < last.get(letter, (0, 0)):
            wrong.append('%s out of order' % (key,))
        last[letter] = key
    missing = [seq for seq in kept if (1, seq) not in seen]
    if missing:
        wrong.append('missing %s' % missing)
    if len(rest) != len(set([(x['boot'], x['seq']) for _, x in rest])):
        wrong.append('doubles after the start')
    if os.listdir(work + '/plumbline/out'):
        wrong.append('left over')
    return wrong


def outbox_case(left):
    kept = []
    heard = []
    rest = []
    power.left = left
    try:
        outage(kept, heard)
        cut = False
    except Cut:
        cut = True
    power.left = None
    again = Outbox(work, 2, SIZES)
    again.add(0, {'t': 1, 'rule': 'r0', 'kind': 'ON'})
    again.flush(1)
    send(again, rest, 10000)
    wrong = judge(kept, heard, rest)
    if rest[-1][1].get('boot') == 1 and rest[-1][0] == 'a':
        wrong.append('the new one came first')
    return cut, wrong


class Rules:
    # What Keeper looks at of an engine.
    touched = True
    rule = ()


def keeper_case(left):
    power.left = left
    done = 0
    try:
        keeper = Keeper(work)
        for i in range(1, 12):
            keeper.record.write([[['r%d' % i, 'ACTIVE', 1]], []])
            done = i
        cut = False
    except Cut:
        cut = True
    power.left = None
    records = Keeper(work).record.value
    good = [None] if done == 0 else []
    good += [[[['r%d' % i, 'ACTIVE', 1]], []] for i in (done, done + 1) if i]
    return cut, [] if records in good else ['%s after %d' % (records, done)]


def room():
    # Summaries beyond their quota, then a full flash: what is missing stands in the gap records, exactly.
    power.torn = True
    fresh()
    outbox = Outbox(work, 1, SIZES)
    added = {}
    for t in range(400):
        power.full = t >= 100
        which = 0 if t % 2 and t >= 60 else 1
        outbox.add(which, {'t': t, 'rule': 'r', 'kind': 'ON'})
        added[outbox.number] = which
        outbox.flush(t)
    heard = []
    send(outbox, heard, 10000)
    power.full = False
    outbox.flush(400)
    send(outbox, heard, 10000)
    gaps = [x['gap'] for _, x in heard if 'gap' in x]
    come = [x['seq'] for _, x in heard]
    known = {'alarms': 0, 'summaries': 0}
    for gap in gaps:
        known[gap['class']] += gap['dropped']
    missing = [seq for seq in added if seq not in come]
    outside = [s for s in missing if not any([g['from'][1] <= s <= g['to'][1] for g in gaps])]
    return {
        'missing': [len([s for s in missing if added[s] == which]) for which in (0, 1)],
        'known': known,
        'lost': outbox.lost,
        'outside': outside,
        'first alarm missing': min([s for s in missing if added[s] == 0] or [0]),
        'left': used(),
    }


def starts():
    # Numbers of starts: counted, then on a flash that takes nothing, then counted again.
    fresh()
    files = Files(work, None, None)
    many = [files.count(), files.count()]
    power.full = True
    many += [files.count() for _ in range(3)]
    power.full = False
    return {'starts': many + [files.count()]}


if sys.argv[3] in ('room', 'starts'):
    print(json.dumps(room() if sys.argv[3] == 'room' else starts()))
    sys.exit()
case = {'outbox': outbox_case, 'keeper': keeper_case}[sys.argv[3]]
wrong = []
cuts = 0
for power.torn in (True, False):
    left = 0
    while True:
        fresh()
        cut, found = case(left)
        wrong.extend(['%d: %s' % (left, w) for w in found])
        if not cut:
            break
        cuts += 1
        left += 1
print(json.dumps({'wrong': wrong[:20], 'cuts': cuts}))
