# What a channel's values pass before anything sees them: a median against spikes, a dead-band against noise. Integers in,
# integers out; a bad reading is bad at once, and both begin anew after it.


class Filter:
    def __init__(self, d):
        if type(d) is not dict or [k for k in d if k not in ('median', 'deadband')]:
            raise ValueError('filter has median and deadband')
        self.width = d.get('median', 1)
        self.band = d.get('deadband', 0)
        if self.width not in (1, 3, 5, 7, 9) or type(self.width) is not int:
            raise ValueError('median is not 1, 3, 5, 7 or 9')
        if type(self.band) is not int or not 0 <= self.band <= 2**31:
            raise ValueError('deadband is not a whole number of quanta')
        self.clear()

    def clear(self):
        self.kept = []
        self.last = None

    def take(self, v):
        if v is None:
            self.clear()
            return None
        kept = self.kept
        kept.append(v)
        if len(kept) > self.width:
            kept.pop(0)
        v = sorted(kept)[(len(kept) - 1) // 2]
        if self.last is None or abs(v - self.last) >= self.band:
            self.last = v
        return self.last
