# What differs between MicroPython, CircuitPython and CPython: line, clock, id, ADC, reset.
import sys


INPUTS = ('gpiozero', 'blinka', 'serial')


def hexed(data):
    return ''.join(['%02x' % b for b in data])


class Board:
    impl = sys.implementation.name
    root = ''
    ended = False
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


class MicroPython(Board):
    def __init__(self, _):
        import select
        import time

        import machine

        self.machine = machine
        self.time = time
        self.t = 0
        self.last = time.ticks_ms()
        self.input = getattr(sys.stdin, 'buffer', sys.stdin)
        self.poll = select.poll()
        self.poll.register(sys.stdin, 1)
        self.one = bytearray(1)

    def unit(self):
        return hexed(self.machine.unique_id())

    def now(self):
        # ticks_ms wraps (after 12.4 days on 32 bits); differences of what lies close together do not.
        tick = self.time.ticks_ms()
        self.t += max(0, self.time.ticks_diff(tick, self.last))
        self.last = tick
        return self.t

    def read(self, wait):
        data = bytearray()
        while len(data) < 256 and self.poll.poll(0 if data else wait):
            if not self.input.readinto(self.one):
                break
            data.append(self.one[0])
        return data

    def adc(self, pin):
        machine = self.machine
        if type(pin) is not int:
            raise ValueError('not a pin number')
        try:
            adc = machine.ADC(machine.Pin(pin))
        except (AttributeError, TypeError):
            adc = machine.ADC(pin)
        if hasattr(adc, 'atten') and hasattr(machine.ADC, 'ATTN_11DB'):
            adc.atten(machine.ADC.ATTN_11DB)  # ESP32: the whole 0..3.3 V
        return adc.read_u16

    def gpio(self, pin):
        return self.machine.Pin(pin, self.machine.Pin.OUT).value

    def epoch(self):
        # Seconds from 1970 to where this port counts from.
        return 946684800 if self.time.gmtime(0)[0] == 2000 else 0

    def rtc(self):
        t = self.time.time() + self.epoch()
        return int(t * 1000) if t > 1704067200 else None

    def set_rtc(self, ms):
        if hasattr(self.machine, 'RTC'):
            t = self.time.gmtime(ms // 1000 - self.epoch())
            self.machine.RTC().datetime(t[:3] + (t[6],) + t[3:6] + (0,))

    def reset(self):
        self.machine.reset()


class CircuitPython(Board):
    def __init__(self, _):
        import time

        import microcontroller
        import supervisor

        self.sleep = time.sleep
        self.cpu = microcontroller
        self.supervisor = supervisor
        self.t = 0
        self.last = supervisor.ticks_ms()

    def unit(self):
        return hexed(self.cpu.cpu.uid)

    def now(self):
        tick = self.supervisor.ticks_ms()
        self.t += (tick - self.last) & 0x1FFFFFFF  # wraps at 2**29
        self.last = tick
        return self.t

    def read(self, wait):
        data = bytearray()
        while len(data) < 256 and self.supervisor.runtime.serial_bytes_available:
            try:
                data.extend(sys.stdin.read(1).encode())
            except UnicodeError:
                data.append(255)
        if not data and wait:
            self.sleep(0.002)
        return data

    def adc(self, pin):
        import analogio

        if isinstance(pin, str):
            import board

            source = analogio.AnalogIn(getattr(board, pin))
        else:
            source = analogio.AnalogIn(getattr(self.cpu.pin, 'GPIO%d' % pin))
        return lambda: source.value

    def gpio(self, pin):
        import digitalio

        if isinstance(pin, str):
            import board

            output = digitalio.DigitalInOut(getattr(board, pin))
        else:
            output = digitalio.DigitalInOut(getattr(self.cpu.pin, 'GPIO%d' % pin))
        output.switch_to_output()

        def put(level):
            output.value = bool(level)

        return put

    def reset(self):
        self.cpu.reset()


class CPython(Board):
    # main.py [--root DIR] [--unit HEX] [--config FILE]. An ADC is a file with a number in it: the path that "adc" names,
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


BOARDS = {'micropython': MicroPython, 'circuitpython': CircuitPython, 'cpython': CPython}


def board():
    return BOARDS[sys.implementation.name](sys.argv[1:] if hasattr(sys, 'argv') else [])
