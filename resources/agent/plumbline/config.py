# What the files say, read strictly: integers only.
import json

CHANNELS = 16
TOP = 2**31
EXACT = 2**52
LETTERS = 'abcdefghijklmnopqrstuvwxyz'


def whole(x, low, high, what):
    if type(x) is not int or x < low or x > high:
        raise ValueError('%s is not a whole number %d..%d' % (what, low, high))
    return x


def words(x, most, what):
    if not isinstance(x, str) or len(x) > most:
        raise ValueError('%s is not text of at most %d characters' % (what, most))
    return x


def parse(text, what):
    try:
        x = json.loads(text)
    except Exception:
        raise ValueError('%s is not JSON' % what)
    if type(x) is not dict or type(x.get('v')) is not int or x['v'] != 1:
        raise ValueError('%s is not of version 1' % what)
    return x


def named(name):
    return 0 < len(name) <= 16 and name[0] in LETTERS and all([c in LETTERS + '0123456789_' for c in name])


class Channel:
    line = None  # mul, add, shift; None: never calibrated
    filter = None

    def __init__(self, d, open_adc):
        self.id = words(d.get('id'), 16, 'channel id')
        if not named(self.id):
            raise ValueError('channel id has letters other than a-z 0-9 _')
        self.over = whole(d.get('oversample', 1), 1, 256, 'oversample')
        whole(d.get('stale_ms', 0), 0, TOP, 'stale_ms')
        words(d.get('quantum'), 40, 'quantum')
        words(d.get('unit'), 20, 'unit')
        if d.get('filter') is not None:
            from plumbline.filter import Filter

            self.filter = Filter(d['filter'])
        self.pin = d.get('adc')
        try:
            self.adc = open_adc(self.pin)
        except Exception as e:
            raise ValueError('adc of %s: %s' % (self.id, e))

    def read(self):
        # The sum of the readings; None where one of them fails.
        try:
            raw = 0
            for _ in range(self.over):
                raw += whole(self.adc(), 0, 65535, 'reading')
            return raw
        except Exception:
            return None

    def value(self, raw):
        v = self.quantised(raw)
        return self.filter.take(v) if self.filter else v

    def quantised(self, raw):
        # Once, here; what does not fit the engine's numbers is a bad reading.
        if raw is None or self.line is None:
            return None
        mul, add, shift = self.line
        v = (raw * mul + add) // 2**shift
        return v if -TOP <= v <= TOP else None


class Config:
    tag = ''
    period = 100
    offset = 0  # of local time, minutes east
    net = mqtt = None  # as they stand there: the uplink looks at them

    def __init__(self, text, open_adc):
        self.channels = []
        if text is None:
            return
        x = parse(text, 'config')
        self.tag = words(x.get('tag', ''), 60, 'tag')
        self.period = whole(x.get('period_ms', 100), 10, 60000, 'period_ms')
        self.offset = whole(x.get('utc_offset_min', 0), -840, 840, 'utc_offset_min')
        self.net = x.get('net')
        self.mqtt = x.get('mqtt')
        many = x.get('channels')
        if type(many) is not list or len(many) > CHANNELS:
            raise ValueError('channels is not a list of at most %d' % CHANNELS)
        for d in many:
            if type(d) is not dict:
                raise ValueError('a channel is not an object')
            c = Channel(d, open_adc)
            if c.id in [o.id for o in self.channels]:
                raise ValueError('channel %s is there twice' % c.id)
            self.channels.append(c)


def calibration(text, channels):
    # Lines by channel id. Those of channels that the unit does not have are checked as well.
    if text is None:
        return {}
    lines = parse(text, 'calibration').get('channels')
    if type(lines) is not dict:
        raise ValueError('calibration has no channels')
    over = {}
    for c in channels:
        over[c.id] = c.over
    for name in lines:
        line = lines[name]
        if type(line) is not list or len(line) != 3:
            raise ValueError('calibration of %s is not [mul, add, shift]' % name)
        mul, add, shift = line
        whole(mul, -EXACT, EXACT, 'mul')
        whole(add, -EXACT, EXACT, 'add')
        whole(shift, 0, 52, 'shift')
        if max(abs(add), abs(65535 * over.get(name, 1) * mul + add)) >= EXACT:
            raise ValueError('calibration of %s leaves 2**52' % name)
    return lines
