# Operators of the rule engine. Integers only; times are ms, values are quanta; None is a bad value or an
# unknown condition. Only // divides: it is the one division that is the same in every Python and in the app.


def keep(kept, t, x, window, cap):
    # Half-open window: samples with t - ts < window, the oldest dropped beyond cap.
    kept.append((t, x))
    while len(kept) > cap or t - kept[0][0] >= window:
        kept.pop(0)
    return kept


class Node:
    v = due = None  # value (None: bad or unknown), next moment at which it changes by itself
    new = False  # made from a fresh sample in this pass
    last = 0  # last definite value

    def __init__(self, a):
        self.a = a  # arguments; signals and conditions are nodes
        self.m = None  # what the operator remembers
        self.kept = []


class In(Node):
    def run(self, t, inputs):
        name, stale = self.a
        self.new = name in inputs
        if self.new:
            self.v = inputs[name]
            self.new = self.v is not None
            self.due = t + stale if self.new and stale else None
        if self.due is not None and t >= self.due:
            self.v = self.due = None


class Signal(Node):
    def run(self, t, _):
        s = self.a[0]
        self.new = s.new
        if s.v is None:
            self.v = None
        elif s.new:
            self.v = self.take(t, s.v)


class Ewma(Signal):
    def take(self, t, x):
        x *= 256
        self.m = x if self.m is None else self.m + (x - self.m) // 2 ** self.a[1]
        return (self.m + 128) // 256


class Avg(Signal):
    def take(self, t, x):
        kept = keep(self.kept, t, x, self.a[1], self.a[2])
        return (2 * sum([p[1] for p in kept]) + len(kept)) // (2 * len(kept))


class Min(Signal):
    def take(self, t, x):
        return min([p[1] for p in keep(self.kept, t, x, self.a[1], self.a[2])])


class Max(Signal):
    def take(self, t, x):
        return max([p[1] for p in keep(self.kept, t, x, self.a[1], self.a[2])])


class Diff(Node):
    def run(self, t, _):
        a, b = self.a
        good = a.v is not None and b.v is not None
        self.new = good and (a.new or b.new)
        self.v = a.v - b.v if good else None


class Test(Node):
    def run(self, t):
        s = self.a[0]
        if s.v is None:
            self.v = None
            self.lost()
        elif s.new:
            self.v = self.test(t, s.v)
            if self.v is not None:
                self.last = self.v

    def lost(self):
        self.last = 0  # after a bad value the dead-band starts anew


class Hi(Test):
    def test(self, t, x):
        _, limit, band = self.a
        return 1 if x >= limit else 0 if x < limit - band else self.last


class Lo(Test):
    def test(self, t, x):
        _, limit, band = self.a
        return 1 if x <= limit else 0 if x > limit + band else self.last


class Out(Test):
    def test(self, t, x):
        _, low, high, band = self.a
        if x < low or x > high:
            return 1
        return 0 if low + band <= x <= high - band else self.last


class Roc(Test):
    def test(self, t, x):
        _, limit, window, way, cap = self.a
        kept = self.kept
        kept.append((t, x))
        while len(kept) > cap or len(kept) > 1 and t - kept[1][0] >= window:
            kept.pop(0)
        t0, x0 = kept[0]
        if t == t0:
            return None
        dx = x - x0
        dx = abs(dx) if way == 0 else dx * way
        return 1 if dx * 1000 >= limit * (t - t0) else 0


class Stuck(Test):
    def test(self, t, x):
        if self.m is None or abs(x - self.m[1]) > self.a[1]:
            self.m = (t, x)
        return 1 if t - self.m[0] >= self.a[2] else 0

    def lost(self):
        self.m = None


class Bad(Node):
    def run(self, t):
        self.v = 1 if self.a[0].v is None else 0


class Anom(Test):
    def test(self, t, x):
        _, k, z, floor, warm, learn = self.a
        x *= 256
        if self.m is None:
            self.m = (x, 0, 1)
            return None
        mean, dev, n = self.m
        e = abs(x - mean)
        v = None if n < warm else 1 if 16 * e >= z * max(dev, 256 * floor) else 0
        if not (learn and v):
            mean += (x - mean) // 2 ** k
            dev += (e - dev) // 2 ** k
        self.m = (mean, dev, n + 1)
        return v


class Cnt(Node):
    def run(self, t):
        c, n, window = self.a
        if c.v and not self.last:
            self.kept.append(t)
            if len(self.kept) > n:
                self.kept.pop(0)
        self.last = c.v
        self.v = 1 if len(self.kept) == n and t - self.kept[0] < window else 0
        self.due = self.kept[0] + window if self.v else None


class Then(Node):
    def run(self, t):
        a, b, window = self.a
        was_a, was_b = self.last or (0, 0)
        self.last = (a.v, b.v)
        if not b.v:
            self.v = 0
        elif not was_b:
            self.v = 1 if self.m is not None and t - self.m <= window else 0
        if a.v and not was_a:
            self.m = t


class Miss(Node):
    def run(self, t):
        a, b, window = self.a
        if a.v and not self.last:
            self.m = t + window
        self.last = a.v
        if b.v:
            self.m = None
        self.v = 1 if self.m is not None and t >= self.m else 0
        self.due = self.m if self.m is not None and t < self.m else None


class Not(Node):
    def run(self, t):
        v = self.a[0].v
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
}
