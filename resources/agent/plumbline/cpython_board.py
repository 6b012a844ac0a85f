# A computer: an ADC is a file with a number in it, or what a driver in /inputs opens; an output is a file.
import sys

from plumbline.board import Board

INPUTS = ('gpiozero', 'blinka', 'serial')


def paho():
    # The client by paho-mqtt, where that is installed.
    try:
        from clients.pahomqtt import Session

        return Session
    except ImportError:
        return None


class Here(Board):
    # main.py [--root DIR] [--unit HEX] [--config FILE] [--mqtt own]. An ADC is a file with a number in it: the path that "adc" names,
    # or DIR/adc/<pin>; or what a driver in /inputs opens: "<driver>:<what it is to open>".
    def __init__(self, args):
        import os
        import time
        import uuid

        options = dict(zip(args[::2], args[1::2]))
        folder = os.path.dirname(os.path.abspath(options['--config'])) if '--config' in options else ''
        self.root = options.get('--root', folder)
        self.id = options.get('--unit', '%012x' % uuid.getnode())
        self.os = os
        self.clock = time.monotonic_ns
        self.time = time.time_ns
        self.start = self.clock()
        if options.get('--mqtt') != 'own':
            self.client = paho()

    def unit(self):
        return self.id

    def now(self):
        return (self.clock() - self.start) // 1000000

    def read(self, wait):
        import select

        if not select.select([0], [], [], wait / 1000)[0]:
            return b''
        data = self.os.read(0, 4096)
        self.ended = not data
        return data

    def write(self, text):
        sys.stdout.write(text)
        sys.stdout.flush()

    def adc(self, pin):
        if isinstance(pin, str) and pin.split(':')[0] in INPUTS:
            import importlib

            name, rest = pin.split(':', 1)
            return importlib.import_module('inputs.' + name).opened(rest)
        path = pin if isinstance(pin, str) else '%s/adc/%d' % (self.root, pin)

        def value():
            with open(path) as f:
                return int(f.read(20))

        return value

    def gpio(self, pin):
        # A file as well: DIR/gpio/<pin>.
        path = '%s/gpio/%d' % (self.root, pin)
        self.os.makedirs(self.root + '/gpio', exist_ok=True)

        def put(level):
            with open(path, 'w') as f:
                f.write(str(level))

        return put

    def rtc(self):
        return self.time() // 1000000

    def reset(self):
        self.os.execv(sys.executable, [sys.executable] + sys.argv)
