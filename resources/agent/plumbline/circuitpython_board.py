# A board with CircuitPython.
import sys

from plumbline.board import Board, hexed


class Here(Board):
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
