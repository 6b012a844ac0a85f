# Least, mean, greatest and count of each channel over a while, in quanta, instead of every value.


class Summary:
    def __init__(self, ms):
        self.ms = ms
        self.due = None
        self.kept = {}

    def take(self, t, values):
        # The summary that ended with this frame: {channel: [min, mean, max, n], or None where all were bad}; or None.
        done = None
        if self.due is None:
            self.due = t + self.ms
        elif t >= self.due:
            done = {}
            for name in self.kept:
                low, total, high, n = self.kept[name]
                done[name] = [low, (2 * total + n) // (2 * n), high, n] if n else None
            self.kept = {}
            self.due += self.ms * (1 + (t - self.due) // self.ms)
        for name in values:
            v = values[name]
            x = self.kept.get(name)
            if x is None:
                x = self.kept[name] = [v, 0, v, 0]
            if v is not None:
                x[0] = v if x[0] is None or v < x[0] else x[0]
                x[1] += v
                x[2] = v if x[2] is None or v > x[2] else x[2]
                x[3] += 1
        return done
