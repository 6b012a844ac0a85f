# An instrument that sends lines of numbers, by pyserial: "serial:/dev/ttyUSB0:9600:0:2" takes the first number of each
# line at 9600 baud, in units of its second decimal: "23.51 %" is 2351. Bad once no line came for five seconds.
import re
import time

NUMBER = re.compile(r'[+-]?\d+(?:\.\d+)?')
STALE = 5  # s
MOST = 4096  # bytes without an end of line: not an instrument of this kind


def scaled(text, decimals):
    # Exactly, without a float; further decimals are cut off.
    whole, _, rest = text.partition('.')
    return int(whole + (rest + '0' * decimals)[:decimals])


class Lines:
    def __init__(self, port, field, decimals, clock=time.monotonic):
        self.port = port
        self.field = field
        self.decimals = decimals
        self.clock = clock
        self.part = b''
        self.last = None
        self.at = 0

    def __call__(self):
        # Never waits: what is there already is looked at.
        self.part += self.port.read(self.port.in_waiting)
        lines = self.part.split(b'\n')
        self.part = lines.pop()[-MOST:]
        for line in lines:
            found = NUMBER.findall(line.decode('ascii', 'replace'))
            if self.field < len(found):
                self.last = scaled(found[self.field], self.decimals)
                self.at = self.clock()
        if self.last is None or self.clock() - self.at > STALE:
            raise OSError('no line came')
        return self.last


def opened(rest):
    import serial

    name, baud, field, decimals = rest.rsplit(':', 3)
    return Lines(serial.Serial(name, int(baud), timeout=0), int(field), int(decimals))
