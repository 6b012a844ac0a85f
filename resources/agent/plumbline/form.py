# The device form of a rule set, read strictly. ValueError says what is wrong with it.
from plumbline.actions import checked
from plumbline.machine import Rule
from plumbline.operators import CONDITIONS, SIGNALS, Diff, Node

TOP = 2**31
RANGE = {
    'n': (-TOP, TOP),
    'p': (0, TOP),
    'q': (1, TOP),
    'h': (1, 256),
    'k': (0, 30),
    'w': (-1, 1),
    'z': (0, 2047),
    'b': (0, 1),
    'u': (0, 2),
    'g': (1, 64),
    'd': (0, 127),
    'm': (0, 1440),
}
RULE = (
    ('on', 'p', 0),
    ('off', 'p', 0),
    ('rep', 'p', 0),
    ('rn', 'h', 1),
    ('unk', 'u', 2),
    ('latch', 'b', 0),
    ('edge', 'b', 0),
    ('grp', 'g', 0),
    ('smax', 'q', 28800000),
)
FURTHER = ('id', 'c', 'sev', 'inh', 'act')


def number(x, kind):
    low, high = RANGE[kind]
    if type(x) is not int or x < low or x > high:
        raise ValueError('not a whole number %d..%d: %s' % (low, high, str(x)[:20]))
    return x


def pick(many, i):
    if type(i) is not int or i < 0 or i >= len(many):
        raise ValueError('there is no item %s' % str(i)[:20])
    return many[i]


def listed(form, key, most):
    x = form.get(key)
    if type(x) is not list or len(x) > most:
        raise ValueError('"%s" is not a list of at most %d' % (key, most))
    return x


def read(form, engine):
    # Fills ins, sig, cond, rule, ids and names.
    if type(form) is not dict or str(form.get('v')) != '1' or len(form) != 5:
        raise ValueError('not a rule file of version 1')
    engine.ins = listed(form, 'in', 32)
    for e in engine.ins:
        if type(e) is not list or len(e) != 2 or type(e[0]) is not str:
            raise ValueError('input is not [name, stale]')
        number(e[1], 'p')
        engine.names.append(e[0])
    for e in listed(form, 'sig', 64):
        engine.sig.append(node(engine, SIGNALS, e))
    for e in listed(form, 'cond', 128):
        engine.cond.append(node(engine, CONDITIONS, e))
    rules = listed(form, 'rule', 64)
    for d in rules:
        engine.rule.append(rule(engine, d))
    inhibit(engine.rule, rules)


def rule(engine, d):
    ids = engine.ids
    if type(d) is not dict or type(d.get('id')) is not str or d['id'] in ids:
        raise ValueError('rule %d has no id of its own' % len(ids))
    ids.append(d['id'])
    for key in d:
        if key not in FURTHER and key not in [r[0] for r in RULE]:
            raise ValueError('rule %s: unknown key %s' % (d['id'], key))
    given = [number(d[key], kind) if key in d else usual for key, kind, usual in RULE]
    r = Rule(len(ids) - 1, pick(engine.cond, d.get('c')), given)
    number(d.get('sev', 0), 'n')
    r.acts = checked(d.get('act', []), d['id'])
    return r


def inhibit(rules, forms):
    # None of them may come back to itself: rules go free as soon as all that inhibit them are.
    for r in rules:
        if 'inh' in forms[r.index]:
            r.inh = [pick(rules, i) for i in listed(forms[r.index], 'inh', 64)]
    free = []
    while len(free) < len(rules):
        n = len(free)
        for r in rules:
            if r not in free and all([i in free for i in r.inh]):
                free.append(r)
        if len(free) == n:
            raise ValueError('rules inhibit each other in a circle')


def node(engine, table, entry):
    if type(entry) is not list or not entry or type(entry[0]) is not str or entry[0] not in table:
        raise ValueError('unknown operator %s' % str(entry)[:40])
    make, kinds = table[entry[0]]
    if len(entry) != len(kinds) + 1:
        raise ValueError('%s needs %d arguments' % (entry[0], len(kinds)))
    a = []
    for i in range(len(kinds)):
        kind = kinds[i]
        x = entry[i + 1]
        if kind == 'i':
            a = pick(engine.ins, x)
        elif kind == 's':
            a.append(pick(engine.sig, x))
        elif kind == 'c':
            a.append(pick(engine.cond, x))
        elif kind == 'C':
            if type(x) is not list or len(x) > 128:
                raise ValueError('not a list of conditions')
            a.append([pick(engine.cond, j) for j in x])
        else:
            a.append(number(x, kind))
    n = make(a)
    if entry[0] == 'week':
        n.clock = engine.clock
        engine.weekly = True
    # Differences of differences grow; beyond 2**36 the app's 53 bit integers would no longer be exact.
    n.top = sum([s.top for s in a]) if make is Diff else max([TOP] + [s.top for s in a[:1] if isinstance(s, Node)])
    if n.top > 2**36:
        raise ValueError('difference of too many differences')
    return n
