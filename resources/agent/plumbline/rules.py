# Rule engine: the same decisions as the app's own engine (shared/rules), bit for bit.
from plumbline.operators import CONDITIONS, SIGNALS, Diff, Node


NORMAL = 0
PENDING = 1
ACTIVE = 2
CLEARING = 3
LATCHED = 4


class Rule:
    def __init__(self, index, cond, d):
        self.index = index
        self.c = cond
        self.on, self.off, self.rep, self.rn, self.unk, self.latch = d
        self.state = NORMAL
        self.last = self.since = self.next = self.left = 0
        self.due = None

    def run(self, t, acks, out):
        v = self.c.v
        if v is None:
            v = self.last if self.unk == 2 else self.unk
        else:
            self.last = v
        if self.state == LATCHED and self.index in acks:
            self.go(NORMAL, t, out, 'OFF')
        if v:
            self.hold(t, out)
        else:
            self.drop(t, out)
        if self.left and self.state in (ACTIVE, CLEARING) and t >= self.next:
            self.left -= 1
            self.next = t + self.rep
            out.append((t, self.index, 'REP'))
        self.plan()

    def hold(self, t, out):
        if self.state == NORMAL:
            self.go(PENDING, t, out)
        if self.state == CLEARING:
            self.state = ACTIVE
        elif self.state == LATCHED or self.state == PENDING and t - self.since >= self.on:
            self.go(ACTIVE, t, out, 'ON')
            self.left = self.rn if self.rep else 0
            self.next = t + self.rep

    def drop(self, t, out):
        if self.state == PENDING:
            self.state = NORMAL
        if self.state == ACTIVE:
            self.go(CLEARING, t, out)
        if self.state == CLEARING and t - self.since >= self.off:
            if self.latch:
                self.go(LATCHED, t, out, 'RTN')
            else:
                self.go(NORMAL, t, out, 'OFF')

    def go(self, state, t, out, kind=None):
        self.state = state
        self.since = t
        if kind:
            out.append((t, self.index, kind))

    def plan(self):
        self.due = None
        if self.state == PENDING:
            self.due = self.since + self.on
        if self.state == CLEARING:
            self.due = self.since + self.off
        if self.left and self.state in (ACTIVE, CLEARING):
            if self.due is None or self.next < self.due:
                self.due = self.next


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
}
RULE = (('on', 'p', 0), ('off', 'p', 0), ('rep', 'p', 0), ('rn', 'h', 1), ('unk', 'u', 2), ('latch', 'b', 0))


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


class Engine:
    # From the device form; ValueError says what is wrong with it.
    def __init__(self, form):
        self.now = None
        self.late = 0
        self.sig = []
        self.cond = []
        self.rule = []
        self.names = []
        if type(form) is not dict or str(form.get('v')) != '1' or len(form) != 5:
            raise ValueError('not a rule file of version 1')
        self.ins = listed(form, 'in', 32)
        for e in self.ins:
            if type(e) is not list or len(e) != 2 or type(e[0]) is not str:
                raise ValueError('input is not [name, stale]')
            number(e[1], 'p')
            self.names.append(e[0])
        for e in listed(form, 'sig', 64):
            self.sig.append(self.node(SIGNALS, e))
        for e in listed(form, 'cond', 128):
            self.cond.append(self.node(CONDITIONS, e))
        ids = self.ids = []
        for d in listed(form, 'rule', 64):
            if type(d) is not dict or type(d.get('id')) is not str or d['id'] in ids:
                raise ValueError('rule %d has no id of its own' % len(ids))
            ids.append(d['id'])
            for key in d:
                if key not in ('id', 'c', 'sev') and key not in [r[0] for r in RULE]:
                    raise ValueError('rule %s: unknown key %s' % (d['id'], key))
            times = [number(d.get(key, usual), kind) for key, kind, usual in RULE]
            self.rule.append(Rule(len(self.rule), pick(self.cond, d.get('c')), times))

    def node(self, table, entry):
        if type(entry) is not list or not entry or entry[0] not in table:
            raise ValueError('unknown operator %s' % str(entry)[:40])
        make, kinds = table[entry[0]]
        if len(entry) != len(kinds) + 1:
            raise ValueError('%s needs %d arguments' % (entry[0], len(kinds)))
        a = []
        for i in range(len(kinds)):
            kind = kinds[i]
            x = entry[i + 1]
            if kind == 'i':
                a = pick(self.ins, x)
            elif kind == 's':
                a.append(pick(self.sig, x))
            elif kind == 'c':
                a.append(pick(self.cond, x))
            elif kind == 'C':
                if type(x) is not list or len(x) > 128:
                    raise ValueError('not a list of conditions')
                a.append([pick(self.cond, j) for j in x])
            else:
                a.append(number(x, kind))
        n = make(a)
        # Differences of differences grow; beyond 2**36 the app's 53 bit integers would no longer be exact.
        n.top = sum([s.top for s in a]) if make is Diff else max([TOP] + [s.top for s in a[:1] if isinstance(s, Node)])
        if n.top > 2**36:
            raise ValueError('difference of too many differences')
        return n

    # Inputs present in this frame by name (None: bad), and rules acknowledged. -> [(t, rule, kind)]
    def feed(self, t, inputs, acks=()):
        out = []
        if self.now is not None and t <= self.now:
            self.late += 1
            return out
        while True:
            due = None
            for many in (self.sig, self.cond, self.rule):
                for n in many:
                    if n.due is not None and (due is None or n.due < due):
                        due = n.due
            if due is None or due >= t:
                break
            self.step(due, {}, (), out)
        self.step(t, inputs, acks, out)
        return out

    def step(self, t, inputs, acks, out):
        self.now = t
        for n in self.sig:
            n.run(t, inputs)
        for n in self.cond:
            n.run(t)
        for n in self.rule:
            n.run(t, acks, out)
