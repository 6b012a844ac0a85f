# Rule engine: the same decisions as the app's own engine (shared/rules), bit for bit.
from plumbline import borrowed
from plumbline.machine import ACTIVE, ON
from plumbline.week import Clock

NOTHING = {}
NONE = ()


class Engine:
    weekly = False  # a schedule is in it
    touched = False  # what would outlive a reboot may be another one

    # From the device form; ValueError says what is wrong with it. rev: of the bytes it came from.
    def __init__(self, form, rev=None):
        self.rev = rev
        self.now = self.next = None  # time of the last pass, and when something changes by itself
        self.late = 0
        self.sig = []
        self.cond = []
        self.rule = []
        self.ids = []
        self.names = []
        self.clock = Clock()
        borrowed('form').read(form, self)
        self.groups = [None] * 65 if any([r.grp for r in self.rule]) else None

    # Inputs present in this frame by name (None: bad), rules acknowledged, [rule, until] of rules shelved.
    # -> events (t, rule, kind), with a 1 as fourth where it is the first of its group
    def feed(self, t, inputs, acks=NONE, shelves=NONE):
        if self.now is None:
            for r in self.rule:
                # What was left of it at the reboot.
                if r.until is not None:
                    r.until = min(r.until, r.smax) + t
        elif t <= self.now:
            self.late += 1
            return NONE
        out = []
        while self.next is not None and self.next < t:
            self.step(self.next, NOTHING, NONE, out)
        for i, until in shelves:
            if 0 <= i < len(self.rule):
                self.rule[i].shelve(t, until)
                self.touched = True
        self.step(t, inputs, acks, out)
        return out

    def step(self, t, inputs, acks, out):
        self.now = t
        if '$week' in inputs:
            self.clock.set(t, inputs['$week'])
        due = None
        for n in self.sig:
            n.run(t, inputs)
            d = n.due
            if d is not None and (due is None or d < due):
                due = d
        for n in self.cond:
            n.run(t)
            d = n.due
            if d is not None and (due is None or d < due):
                due = d
        stir = False
        for r in self.rule:
            r.run(t, acks)
            d = r.due
            if d is not None and (due is None or d < due):
                due = d
            if r.says or r.behind:
                stir = True
        self.next = due
        if stir:
            self.give(t, out)

    def give(self, t, out):
        groups = self.groups
        for r in self.rule:
            r.first = False
            if groups and r.grp and (r.says == ON or r.also == ON) and not groups[r.grp]:
                groups[r.grp] = r.first = True
        for r in self.rule:
            if r.says or r.behind:
                told = r.told
                r.give(t, out)
                if r.says or r.told != told:
                    self.touched = True
        self.gather()

    def gather(self):
        # Which groups have something to show.
        groups = self.groups
        if groups:
            for r in self.rule:
                groups[r.grp] = False
            for r in self.rule:
                groups[r.grp] = groups[r.grp] or r.state >= ACTIVE
