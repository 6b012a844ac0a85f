# One rule of the engine: NORMAL, PENDING (on-delay), ACTIVE, CLEARING (off-delay), LATCHED (normal again, but not yet
# acknowledged), and what of it was let out: while it is shelved or inhibited the machine goes on, but nobody is told.
NORMAL = 0
PENDING = 1
ACTIVE = 2
CLEARING = 3
LATCHED = 4
KINDS = (None, 'ON', 'OFF', 'RTN', 'REP')
ON = 1
OFF = 2
RTN = 3
REP = 4


class Rule:
    inh = ()  # rules that suppress this one
    acts = ()  # what it does on the unit itself
    state = NORMAL
    last = 0  # last definite value of the condition
    since = next = left = 0
    cold = 0  # 1: must be false once before it counts as true; 2: was active before the reboot, not known since
    told = 0  # 1: ON was let out, 2: RTN was
    until = None  # shelved so long
    due = None
    says = also = 0  # at most two events of a pass: OFF by an acknowledgement, then ON
    first = behind = False  # behind: what was let out may not be as it is

    def __init__(self, index, cond, d):
        self.index = index
        self.c = cond
        self.on, self.off, self.rep, self.rn, self.unk, self.latch, self.edge, self.grp, self.smax = d
        self.cold = self.edge

    def run(self, t, acks):
        self.says = self.also = 0
        v = self.c.v
        if v is None:
            if self.cold:
                v = self.cold - 1
            else:
                v = self.last if self.unk == 2 else self.unk
        else:
            self.last = v
            if self.cold:
                if v and self.cold == 1:
                    v = 0
                else:
                    self.cold = 0
        state = self.state
        if self.until is not None and t >= self.until:
            self.until = None
        if state == NORMAL and not v or state == ACTIVE and v and not self.left:
            self.due = self.until
            return
        if state == LATCHED and self.index in acks:
            self.state = NORMAL
            self.says = OFF
        if v:
            self.hold(t)
        else:
            self.drop(t)
        if self.left and self.state in (ACTIVE, CLEARING) and t >= self.next:
            self.left -= 1
            self.next = t + self.rep
            self.say(REP)
        self.plan()

    def hold(self, t):
        if self.state == NORMAL:
            self.state = PENDING
            self.since = t
        if self.state == CLEARING:
            self.state = ACTIVE
        elif self.state == LATCHED or self.state == PENDING and t - self.since >= self.on:
            self.state = ACTIVE
            self.say(ON)
            self.left = self.rn if self.rep else 0
            self.next = t + self.rep

    def drop(self, t):
        if self.state == PENDING:
            self.state = NORMAL
        if self.state == ACTIVE:
            self.state = CLEARING
            self.since = t
        if self.state == CLEARING and t - self.since >= self.off:
            self.state = LATCHED if self.latch else NORMAL
            self.say(RTN if self.latch else OFF)

    def say(self, kind):
        if self.says:
            self.also = kind
        else:
            self.says = kind

    def plan(self):
        due = self.until
        if self.state == PENDING:
            due = earlier(due, self.since + self.on)
        elif self.state == CLEARING:
            due = earlier(due, self.since + self.off)
        if self.left and self.state in (ACTIVE, CLEARING):
            due = earlier(due, self.next)
        self.due = due

    def shelve(self, t, until):
        self.until = None if until <= t else min(until, t + self.smax)

    def suppressed(self):
        if self.until is not None:
            return True
        for r in self.inh:
            if r.state == ACTIVE or r.state == CLEARING:
                return True
        return False

    # At the end of a pass, after all rules ran: out it goes, or not.
    def give(self, t, out):
        self.behind = self.suppressed()
        if self.behind:
            return
        self.let(self.says, t, out)
        self.let(self.also, t, out)
        if self.state == ACTIVE or self.state == CLEARING:
            self.first = False
            self.let(ON, t, out)
        elif self.state == LATCHED:
            self.let(RTN, t, out)
        else:
            self.let(OFF, t, out)

    def let(self, kind, t, out):
        told = self.told
        if kind == ON:
            if told == 1:
                return
            self.told = 1
        elif kind == OFF:
            if not told:
                return
            self.told = 0
        elif told != 1 or not kind:
            return
        elif kind == RTN:
            self.told = 2
        if kind == ON and self.first:
            out.append((t, self.index, 'ON', 1))
        else:
            out.append((t, self.index, KINDS[kind]))

    def pack(self):
        waits = self.state == PENDING or self.state == CLEARING
        reminds = self.left and self.state in (ACTIVE, CLEARING)
        return [
            self.state,
            self.last,
            self.cold,
            self.told,
            self.since if waits else 0,
            self.next if reminds else 0,
            self.left if reminds else 0,
            self.until,
        ]

    def unpack(self, x):
        self.state, self.last, self.cold, self.told, self.since, self.next, self.left, self.until = x
        self.behind = True


def earlier(a, b):
    return b if a is None or b < a else a
