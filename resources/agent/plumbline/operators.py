# Conditions of the rule engine: 1 true, 0 false, None unknown.
from plumbline.signals import Avg, Diff, Ewma, In, Max, Min, Node, Ring
from plumbline.week import Week


class Test(Node):
    def run(self, t):
        s = self.s
        if s.v is None:
            self.v = None
            self.lost()
        elif s.new:
            self.v = self.test(t, s.v)
            if self.v is not None:
                self.last = self.v

    def lost(self):
        self.last = 0  # after a bad value the dead-band starts anew


class Band(Test):
    def pack(self):
        return [self.last]

    def unpack(self, x):
        (self.last,) = x


class Hi(Band):
    def test(self, t, x):
        _, limit, band = self.a
        return 1 if x >= limit else 0 if x < limit - band else self.last


class Lo(Band):
    def test(self, t, x):
        _, limit, band = self.a
        return 1 if x <= limit else 0 if x > limit + band else self.last


class Out(Band):
    def test(self, t, x):
        _, low, high, band = self.a
        if x < low or x > high:
            return 1
        return 0 if low + band <= x <= high - band else self.last


class Roc(Test):
    def __init__(self, a):
        self.s, self.limit, self.window, self.way, cap = self.a = a
        self.kept = Ring(cap)

    def test(self, t, x):
        kept = self.kept
        while kept.n and (kept.n == kept.cap or kept.n > 1 and t - kept.t[kept.place(1)] >= self.window):
            kept.drop()
        kept.push(t, x)
        t0 = kept.t[kept.at]
        if t == t0:
            return None
        dx = x - kept.x[kept.at]
        dx = abs(dx) if self.way == 0 else dx * self.way
        return 1 if dx * 1000 >= self.limit * (t - t0) else 0

    def pack(self):
        return self.kept.pack()

    def unpack(self, x):
        self.kept.unpack(x)


class Stuck(Test):
    t0 = x0 = None

    def test(self, t, x):
        if self.t0 is None or abs(x - self.x0) > self.a[1]:
            self.t0 = t
            self.x0 = x
        return 1 if t - self.t0 >= self.a[2] else 0

    def lost(self):
        self.t0 = None

    def pack(self):
        return [] if self.t0 is None else [self.t0, self.x0]

    def unpack(self, x):
        self.t0, self.x0 = x or (None, None)


class Bad(Node):
    def run(self, t):
        self.v = 1 if self.s.v is None else 0


class Anom(Test):
    mean = None
    dev = n = 0

    def test(self, t, x):
        _, k, z, floor, warm, learn = self.a
        x *= 256
        if self.mean is None:
            self.mean = x
            self.n = 1
            return None
        e = abs(x - self.mean)
        v = None if self.n < warm else 1 if 16 * e >= z * max(self.dev, 256 * floor) else 0
        if not (learn and v):
            self.mean += (x - self.mean) // 2**k
            self.dev += (e - self.dev) // 2**k
        self.n += 1
        return v

    def pack(self):
        return [] if self.mean is None else [self.mean, self.dev, self.n]

    def unpack(self, x):
        self.mean, self.dev, self.n = x or (None, 0, 0)


class Cnt(Node):
    def __init__(self, a):
        self.a = a
        self.kept = []

    def run(self, t):
        c, n, window = self.a
        kept = self.kept
        if c.v and not self.last:
            kept.append(t)
            if len(kept) > n:
                kept.pop(0)
        self.last = c.v
        self.v = 1 if len(kept) == n and t - kept[0] < window else 0
        self.due = kept[0] + window if self.v else None

    def pack(self):
        return [self.last] + self.kept

    def unpack(self, x):
        self.last = x[0]
        self.kept = x[1:]


class Then(Node):
    m = None
    was = 0

    def run(self, t):
        a, b, window = self.a
        if not b.v:
            self.v = 0
        elif not self.was:
            self.v = 1 if self.m is not None and t - self.m <= window else 0
        if a.v and not self.last:
            self.m = t
        self.last = a.v
        self.was = b.v

    def pack(self):
        return [self.last, self.was, self.m]

    def unpack(self, x):
        self.last, self.was, self.m = x


class Miss(Node):
    m = None

    def run(self, t):
        a, b, window = self.a
        if a.v and not self.last:
            self.m = t + window
        self.last = a.v
        if b.v:
            self.m = None
        self.v = 1 if self.m is not None and t >= self.m else 0
        self.due = self.m if self.m is not None and t < self.m else None

    def pack(self):
        return [self.last, self.m]

    def unpack(self, x):
        self.last, self.m = x


class Not(Node):
    def run(self, t):
        v = self.s.v
        self.v = None if v is None else 1 - v


class Nof(Node):
    def run(self, t):
        k, many = self.a
        true = unknown = 0
        for c in many:
            if c.v is None:
                unknown += 1
            elif c.v:
                true += 1
        self.v = 1 if true >= k else 0 if true + unknown < k else None


# Operator -> class, kinds of its arguments: s earlier signal, c earlier condition, C list of these,
# i input, else an integer within RANGE.
SIGNALS = {
    'in': (In, 'i'),
    'ewma': (Ewma, 'sk'),
    'avg': (Avg, 'sqh'),
    'min': (Min, 'sqh'),
    'max': (Max, 'sqh'),
    'diff': (Diff, 'ss'),
}
CONDITIONS = {
    'hi': (Hi, 'snp'),
    'lo': (Lo, 'snp'),
    'out': (Out, 'snnp'),
    'roc': (Roc, 'spqwh'),
    'stuck': (Stuck, 'spp'),
    'bad': (Bad, 's'),
    'anom': (Anom, 'skzppb'),
    'cnt': (Cnt, 'chq'),
    'then': (Then, 'ccp'),
    'miss': (Miss, 'ccp'),
    'not': (Not, 'c'),
    'nof': (Nof, 'pC'),
    'week': (Week, 'dmm'),
}
