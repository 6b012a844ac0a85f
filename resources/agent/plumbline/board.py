# What differs between MicroPython, CircuitPython and CPython: line, clock, id, ADC, reset. Each has a module of its own;
# the others take no RAM.
import sys


def hexed(data):
    return ''.join(['%02x' % b for b in data])


class Board:
    impl = sys.implementation.name
    root = ''
    ended = False
    client = None  # of MQTT, where another one than the agent's own is at hand
    outputs = {}
    offset = None  # wall clock minus own clock, ms, once it was set

    def write(self, text):
        sys.stdout.write(text)

    def wall(self):
        # ms since 1970; None where there is no clock, or one that was never set.
        return self.rtc() if self.offset is None else self.now() + self.offset

    def set_wall(self, ms):
        # The clock of the chip counts whole seconds on most boards: the rest is kept here until the next start.
        self.set_rtc(ms)
        self.offset = ms - self.now()

    def output(self, pin):
        # A function that sets the level; a pin is opened once.
        if pin not in self.outputs:
            self.outputs[pin] = self.gpio(pin)
        return self.outputs[pin]

    def rtc(self):
        return None

    def set_rtc(self, ms):
        pass


def board():
    name = 'plumbline.%s_board' % sys.implementation.name
    __import__(name)
    return sys.modules[name].Here(sys.argv[1:] if hasattr(sys, 'argv') else [])
