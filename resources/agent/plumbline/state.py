# The engine's state: whole, as one canonical text, between any two frames; and what of it outlives a reboot.
from plumbline import dumps
from plumbline.machine import ACTIVE, CLEARING, LATCHED, NORMAL


def save(engine):
    return dumps(whole(engine))


def whole(engine):
    # The state as it is now, as a list; of an engine that saw no frame, what makes it one again.
    clock = engine.clock
    return [
        1,
        engine.rev,
        engine.now,
        engine.late,
        None if clock.t is None else [clock.t, clock.w],
        [[n.v] + n.pack() for n in engine.sig],
        [[n.v] + n.pack() for n in engine.cond],
        [r.pack() for r in engine.rule],
    ]


def restore(engine, state):
    # What save() gave, as it was parsed, into an engine of the same rule set.
    try:
        v, rev, now, late, week, sig, cond, rule = state
        good = v == 1 and rev == engine.rev
        good = good and [len(sig), len(cond), len(rule)] == [len(engine.sig), len(engine.cond), len(engine.rule)]
    except (TypeError, ValueError):
        good = False
    if not good:
        raise ValueError('not a state of this rule set')
    try:
        for many, given in ((engine.sig, sig), (engine.cond, cond)):
            for i in range(len(given)):
                many[i].v = given[i][0]
                many[i].unpack(given[i][1:])
        for i in range(len(rule)):
            engine.rule[i].unpack(rule[i])
        engine.clock.t, engine.clock.w = week or (None, None)
    except (TypeError, IndexError):
        raise ValueError('not a state of this rule set')
    engine.late = late
    engine.now = now
    # A pass at any time changes nothing; this one finds out what is due next.
    engine.next = None if now is None else now + 1
    engine.gather()


NAMES = {ACTIVE: 'ACTIVE', CLEARING: 'ACTIVE', LATCHED: 'LATCHED'}


def persist(engine):
    # [[id, state, told], ...] and [[id, ms left], ...] of what is shelved.
    now = engine.now or 0
    rules = []
    shelves = []
    for r in engine.rule:
        if r.state in NAMES or r.told:
            rules.append([engine.ids[r.index], NAMES.get(r.state, 'NORMAL'), r.told])
        if r.until is not None:
            shelves.append([engine.ids[r.index], r.until - now])
    return [rules, shelves]


def boot(engine, records):
    # Into an engine that has seen no frame. Rules that it does not have are left out.
    rules = [(name, state, told) for name, state, told in records[0]]
    shelves = [(name, left) for name, left in records[1]]
    for name, state, told in rules:
        if name in engine.ids:
            r = engine.rule[engine.ids.index(name)]
            r.state = ACTIVE if state == 'ACTIVE' else LATCHED if state == 'LATCHED' else NORMAL
            r.told = told
            r.behind = True
            if r.state == ACTIVE:
                r.cold = 2
                r.last = 1
    for name, left in shelves:
        if name in engine.ids:
            engine.rule[engine.ids.index(name)].until = left
    engine.gather()
