import { networkRom } from './network-rom.ts';

/**
 * What the bench board's firmware adds to MicroPython, as Python in its read-only `/rom`.
 * `_hw` is the board's hardware: see `hardware.ts`.
 */

const machine = `
import _hw

PWRON_RESET = 1
WDT_RESET = 3


def unique_id():
    return bytes.fromhex(_hw.unique_id())


def freq(hz=None):
    return 125000000 if hz is None else None


def reset_cause():
    return _hw.reset_cause()


def reset():
    _hw.reset()


def soft_reset():
    raise SystemExit


class Pin:
    IN = 0
    OUT = 1
    OPEN_DRAIN = 2
    PULL_UP = 1
    PULL_DOWN = 2

    def __init__(self, id, mode=-1, pull=-1, value=None):
        if not isinstance(id, int) or not 0 <= id <= 29:
            raise ValueError("invalid pin")
        self.id = id
        if value is not None:
            self.value(value)

    def init(self, mode=-1, pull=-1, value=None):
        if value is not None:
            self.value(value)

    def value(self, to=None):
        if to is None:
            return _hw.pin(self.id)
        _hw.set_pin(self.id, 1 if to else 0)

    __call__ = value

    def on(self):
        self.value(1)

    def off(self):
        self.value(0)

    high = on
    low = off

    def toggle(self):
        self.value(1 - self.value())


class ADC:
    CORE_TEMP = 4

    def __init__(self, pin):
        pin = pin.id if isinstance(pin, Pin) else pin
        channel = pin - 26 if pin >= 26 else pin
        if not 0 <= channel <= 4:
            raise ValueError("Pin doesn't have ADC capabilities")
        self._channel = channel

    def read_u16(self):
        return _hw.adc(self._channel)
`;

/**
 * Runs before boot.py. Sleeping goes through the hardware because the interpreter's own sleep spins; the
 * loop around it is where the virtual machine raises a pending KeyboardInterrupt.
 */
const start = `
import sys, io, os, time, micropython, uctypes, ubinascii, _hw, __main__
from collections import namedtuple

_Uname = namedtuple("uname", ("sysname", "nodename", "release", "version", "machine"))


def _sleep_ms(ms):
    while _hw.sleep(ms):
        pass


def _sleep(seconds):
    while _hw.sleep(seconds * 1000):
        pass


def _uname():
    release = ".".join(str(n) for n in sys.implementation.version[:3])
    return _Uname(sys.platform, sys.platform, release, sys.version.split("; ")[1], sys.implementation._machine)


# Boards have it in C; the build's own, in Python, makes 100 kB of garbage from 1 kB.
sys.modules["binascii"] = ubinascii
time.sleep_ms = _sleep_ms
time.sleep = _sleep
os.uname = _uname
os.sync = lambda: None
os.urandom = lambda n: bytes.fromhex(_hw.random(n))


def compiles(source):
    try:
        compile(source, "<stdin>", "exec")
    except SyntaxError:
        return False
    except BaseException:
        pass
    return True


_error = None


def report():
    # In bytes: a name in it need not be proper UTF-8.
    text = io.BytesIO()
    sys.print_exception(_error, text)
    for line in text.getvalue().split(b"\\n")[:-1]:
        if b'File "/rom/_start.py"' not in line:
            sys.stdout.buffer.write(line + b"\\n")


def _execute(source, name):
    global _error
    _error = None
    try:
        micropython.kbd_intr(3)
        exec(compile(source, name, "exec"), __main__.__dict__)
        return 1
    except SystemExit:
        return 2
    except BaseException as error:
        micropython.kbd_intr(-1)
        _error = error
        return 0
    finally:
        micropython.kbd_intr(-1)


def run(path):
    """0: it failed, and report() says why; 1: it ended or is not there; 2: it asks for a soft reset."""
    try:
        with open(path, "rb") as file:
            source = file.read()
    except OSError:
        return 1
    return _execute(source, path)


def run_memory(address, length):
    """As run, for the bytes of a source in memory."""
    return _execute(uctypes.bytes_at(address, length), "<stdin>")
`;

export const rom: Record<string, string> = { 'machine.py': machine, '_start.py': start, ...networkRom };
