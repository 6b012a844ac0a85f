# Signals of the rule engine. Integers only; times are ms, values are quanta; None is a bad value. Only // divides: it
# is the one division that is the same in every Python and in the app. What a node needs is allocated when it is made.
ABSENT = ()


class Node:
    v = due = None  # value (None: bad or unknown), next moment at which it changes by itself
    new = False  # made from a fresh sample in this pass
    last = 0  # last definite value

    def __init__(self, a):
        self.a = a  # arguments; signals and conditions are nodes
        self.s = a[0] if a else None

    # What outlives a pass besides v, as integers and None: pack() says it, unpack() takes it.
    def pack(self):
        return []

    def unpack(self, x):
        pass


class In(Node):
    def run(self, t, inputs):
        name, stale = self.a
        v = inputs.get(name, ABSENT)
        if v is not ABSENT:
            self.v = v
            self.new = v is not None
            self.due = t + stale if self.new and stale else None
        else:
            self.new = False
            if self.due is not None and t >= self.due:
                self.v = self.due = None

    def pack(self):
        return [self.due]

    def unpack(self, x):
        (self.due,) = x


class Signal(Node):
    def run(self, t, _):
        s = self.s
        self.new = s.new
        if s.v is None:
            self.v = None
        elif s.new:
            self.v = self.take(t, s.v)


class Ewma(Signal):
    m = None

    def take(self, t, x):
        x *= 256
        self.m = x if self.m is None else self.m + (x - self.m) // 2 ** self.a[1]
        return (self.m + 128) // 256

    def pack(self):
        return [] if self.m is None else [self.m]

    def unpack(self, x):
        self.m = x[0] if x else None


class Ring:
    # The last samples, oldest first, at most `cap`.
    def __init__(self, cap):
        self.cap = cap
        self.t = [0] * cap
        self.x = [0] * cap
        self.at = self.n = 0

    def push(self, t, x):
        i = self.place(self.n)
        self.t[i] = t
        self.x[i] = x
        self.n += 1

    def place(self, i):
        i += self.at
        return i if i < self.cap else i - self.cap

    def drop(self):
        x = self.x[self.at]
        self.at = self.place(1)
        self.n -= 1
        return x

    def pack(self):
        out = []
        for i in range(self.n):
            out.append(self.t[self.place(i)])
            out.append(self.x[self.place(i)])
        return out

    def unpack(self, x):
        self.at = self.n = 0
        for i in range(0, len(x), 2):
            self.push(x[i], x[i + 1])


class Avg(Signal):
    # Half-open window: samples with t - ts < window, the oldest dropped beyond cap.
    m = 0  # what is known of all samples in the window: here their sum

    def __init__(self, a):
        self.s, self.window, cap = self.a = a
        self.kept = Ring(cap)

    def take(self, t, x):
        kept = self.kept
        while kept.n and (kept.n == kept.cap or t - kept.t[kept.at] >= self.window):
            self.gone(kept.drop())
        kept.push(t, x)
        return self.with_(x)

    def gone(self, x):
        self.m -= x

    def with_(self, x):
        self.m += x
        return (2 * self.m + self.kept.n) // (2 * self.kept.n)

    def pack(self):
        return self.kept.pack()

    def unpack(self, x):
        self.kept.unpack(x)
        self.m = sum(x[1::2])


class Min(Avg):
    m = None  # the least of all; None: it left, and the window must be looked through

    def gone(self, x):
        if x == self.m:
            self.m = None

    def with_(self, x):
        m = self.m
        if m is None:
            kept = self.kept
            for i in range(kept.n):
                y = kept.x[kept.place(i)]
                if m is None or self.before(y, m):
                    m = y
        elif self.before(x, m):
            m = x
        self.m = m
        return m

    def before(self, x, m):
        return x < m

    def unpack(self, x):
        self.kept.unpack(x)
        self.m = None


class Max(Min):
    def before(self, x, m):
        return x > m


class Diff(Node):
    def run(self, t, _):
        a, b = self.a
        good = a.v is not None and b.v is not None
        self.new = good and (a.new or b.new)
        self.v = a.v - b.v if good else None
