# A board with MicroPython.
import sys

from plumbline.board import Board, hexed


class Here(Board):
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
