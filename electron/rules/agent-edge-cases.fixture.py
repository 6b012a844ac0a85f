# Edge cases of the rule model that are the agent's own: argument 1 is the agent's folder, 2 a folder to work in.
# Prints what came of each, by its number.
import json
import os
import shutil
import sys
import types

sys.path.insert(0, sys.argv[1])
work = sys.argv[2]
PERIOD = 1 << 30  # of MicroPython's ticks


def with_clock(start):
    # A board whose ticks begin just before they wrap.
    clock = {'tick': start}
    time = types.ModuleType('time')
    time.ticks_ms = lambda: clock['tick'] % PERIOD
    time.ticks_diff = lambda a, b: (a - b + PERIOD // 2) % PERIOD - PERIOD // 2
    poll = types.SimpleNamespace(register=lambda *_: None)
    sys.modules['select'] = types.SimpleNamespace(poll=lambda: poll)
    sys.modules['machine'] = types.ModuleType('machine')
    sys.modules['time'] = time
    from plumbline.micropython_board import Here as MicroPython

    return clock, MicroPython({})


def wrapped():
    # 11: an on-delay of 5 s pending while the ticks wrap, and a clock that goes on over many wraps.
    from plumbline.rules import Engine

    clock, board = with_clock(PERIOD - 2000)
    rules = {'v': 1, 'in': [['a', 0]], 'sig': [['in', 0]], 'cond': [['hi', 0, 10, 1]]}
    rules['rule'] = [{'id': 'r', 'c': 0, 'on': 5000, 'off': 0, 'unk': 2, 'sev': 1}]
    engine = Engine(rules)
    out = []
    for _ in range(8):
        clock['tick'] += 1000
        out.extend([list(e[:3]) for e in engine.feed(board.now(), {'a': 20})])
    before = board.now()
    for _ in range(5):
        clock['tick'] += PERIOD // 2 - 1
        board.now()
    return {'out': out, 'after wraps': board.now() - before == 5 * (PERIOD // 2 - 1)}


def outbox(boot, sizes):
    from plumbline.outbox import Outbox

    return Outbox(work, boot, sizes)


def fresh():
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work + '/plumbline')


def taken(box):
    found = []
    while box.next():
        mark = box.sent()
        found.append(json.loads(mark[0]))
        box.acked(mark)
    return found


SMALL = {'segment': 300, 'data': 1200, 'reserve': 0}


def lost_before_publish():
    # 32: decided and kept, not sent; the next start sends it, under the name that it had.
    fresh()
    first = outbox(1, SMALL)
    first.add(0, {'t': 5, 'rule': 'r', 'kind': 'ON'})
    first.flush(5)
    second = outbox(2, SMALL)
    sent = second.alarms.next()[0]
    third = outbox(3, SMALL)  # power fails again before the broker acknowledged
    return [json.loads(sent), taken(third.alarms), os.listdir(work + '/plumbline/out')]


def truncated():
    # 40: a segment cut anywhere gives its whole records, and a start after it appends to another segment.
    fresh()
    first = outbox(1, SMALL)
    for t in range(3):
        first.add(0, {'t': t, 'rule': 'r', 'kind': 'ON'})
    first.flush(3)
    [name] = os.listdir(work + '/plumbline/out')
    path = work + '/plumbline/out/' + name
    with open(path, 'rb') as f:
        whole = f.read()
    ends = [i + 1 for i in range(len(whole)) if whole[i : i + 1] == b'\n']
    wrong = []
    for at in range(len(whole) + 1):
        fresh()
        os.mkdir(work + '/plumbline/out')
        with open(path, 'wb') as f:
            f.write(whole[:at])
        second = outbox(2, SMALL)
        second.add(0, {'t': 1, 'rule': 'r', 'kind': 'OFF'})
        second.flush(1)
        come = [(x['boot'], x['seq']) for x in taken(second.alarms)]
        if come != [(1, i + 1) for i in range(len([e for e in ends if e <= at]))] + [(2, 1)]:
            wrong.append([at, come])
    return {'cuts': len(whole) + 1, 'wrong': wrong}


def storm():
    # 41: a rule chatters at 10 Hz for ten minutes beside summaries, and nothing is sent: every alarm is there.
    fresh()
    box = outbox(1, {'segment': 4096, 'data': 8192, 'reserve': 0})
    for i in range(6000):
        box.add(0, {'t': i * 100, 'rule': 'r', 'kind': 'OFF' if i % 2 else 'ON'})
        if i % 10 == 0:
            box.add(1, {'t': i * 100, 'sum': {'t1': [1, 2, 3, 4]}})
        box.flush(i * 100)
    alarms = [x for x in taken(box.alarms)]
    gaps = [x['gap'] for x in alarms if 'gap' in x]
    rest = taken(box.summaries)
    return {
        'alarms': len(alarms) - len(gaps),
        'in order': [x['seq'] for x in alarms] == sorted([x['seq'] for x in alarms]),
        'summaries': len(rest) + sum([g['dropped'] for g in gaps]),
        'given up': sorted({g['class'] for g in gaps}),
        'ram': len(box.alarms.ram),
    }


print(json.dumps({'11': wrapped(), '32': lost_before_publish(), '40': truncated(), '41': storm()}))
