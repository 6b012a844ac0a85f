# What rules do on the unit itself: an output is at its level while any of its rules is on, as it was let out: from ON
# until OFF, a latched one until it is acknowledged; nothing while it is shelved or inhibited.


def checked(acts, name):
    # [["mqtt"], ["gpio", pin, level], ...]; all rules go to the broker, so "mqtt" says nothing.
    good = type(acts) is list and len(acts) <= 8
    for act in acts if good else ():
        good = good and type(act) is list and act and act[0] in ('mqtt', 'gpio')
        if good and act[0] == 'gpio':
            good = len(act) == 3 and type(act[1]) in (int, str) and type(act[2]) is int and act[2] in (0, 1)
        elif good:
            good = len(act) == 1
    if not good:
        raise ValueError('rule %s: act is not a list of ["gpio",pin,level] and ["mqtt"]' % name)
    return [act for act in acts if act[0] == 'gpio']


class Actions:
    # open_gpio(pin): a function that sets it.
    def __init__(self, engine, open_gpio, taken):
        self.outputs = {}  # pin -> [set, level when on, rules, what it is at]
        for r in engine.rule if engine else ():
            for _, pin, level in r.acts:
                if pin in taken:
                    raise ValueError('pin %s is a channel' % pin)
                if pin not in self.outputs:
                    try:
                        self.outputs[pin] = [open_gpio(pin), level, [], None]
                    except Exception as e:
                        raise ValueError('gpio %s: %s' % (pin, e))
                if self.outputs[pin][1] != level:
                    raise ValueError('rules want pin %s at both levels' % pin)
                self.outputs[pin][2].append(r)

    def follow(self):
        for output in self.outputs.values():
            on = False
            for r in output[2]:
                on = on or r.told > 0
            self.put(output, on)

    def release(self):
        for output in self.outputs.values():
            self.put(output, False)

    def put(self, output, on):
        level = output[1] if on else 1 - output[1]
        if level != output[3]:
            output[0](level)
            output[3] = level
