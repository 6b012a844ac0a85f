"""A raw REPL client of its own over pyserial, byte by byte: the bench board must behave as a real one does.

usage: raw_repl_client.py PORT
Prints one line for each check that holds; the first that does not ends it with an AssertionError.
Protocol: MicroPython docs/reference/repl.rst, "Raw REPL" and "Raw-paste mode".
"""

import hashlib
import sys
import time

import serial

RAW_BANNER = b"raw REPL; CTRL-B to exit\r\n>"
INTERRUPT, RAW, FRIENDLY, END = b"\x03", b"\x01", b"\x02", b"\x04"
PASTE = b"\x05A\x01"


class Board:
    def __init__(self, port):
        self.line = serial.Serial(port, 115200, timeout=5, exclusive=True)

    def close(self):
        self.line.close()

    def until(self, end):
        got = b""
        while not got.endswith(end):
            byte = self.line.read(1)
            assert byte, "nothing came while waiting for %r after %r" % (end, got)
            got += byte
        return got

    def expect(self, wanted):
        got = self.line.read(len(wanted))
        assert got == wanted, "wanted %r, got %r" % (wanted, got)

    def rest(self, seconds=0.3):
        """Everything that comes until the line is quiet."""
        self.line.timeout = seconds
        got = self.line.read(1_000_000)
        self.line.timeout = 5
        return got

    def enter_raw(self):
        self.line.write(b"\r" + INTERRUPT)
        self.rest()
        self.line.write(b"\r" + RAW)
        self.until(RAW_BANNER)

    def soft_reset(self):
        self.line.write(END)
        self.expect(b"OK\r\nMPY: soft reboot\r\n")
        self.until(RAW_BANNER)

    def fields(self):
        """Output and error of a command."""
        output = self.until(END)[:-1]
        error = self.until(END)[:-1]
        self.expect(b">")
        return output, error

    def execute(self, code):
        self.line.write(code + END)
        self.expect(b"OK")
        return self.fields()

    def enter_paste(self):
        self.line.write(PASTE)
        self.expect(b"R\x01")
        return int.from_bytes(self.line.read(2), "little")

    def paste(self, code):
        """Sends no byte without credit. Output, error, and whether the board broke the paste off."""
        window = self.enter_paste()
        credit = window
        sent = 0
        while sent < len(code):
            while credit == 0 or self.line.in_waiting:
                sign = self.line.read(1)
                assert sign in (b"\x01", END), "flow control byte %r" % sign
                if sign == END:
                    self.line.write(END)
                    return (*self.fields(), True)
                credit += window
            part = code[sent : sent + credit]
            self.line.write(part)
            sent += len(part)
            credit -= len(part)
        self.line.write(END)
        while (sign := self.line.read(1)) != END:
            assert sign == b"\x01", "end of paste: %r" % sign
        return (*self.fields(), False)


def plain_commands(board):
    assert board.execute(b"print(1+1)") == (b"2\r\n", b"")
    output, error = board.execute(b"1/0")
    assert output == b"" and error.endswith(b"ZeroDivisionError: divide by zero\r\n"), error


def window_credit(board):
    window = board.enter_paste()
    assert window in (32, 64, 128, 256), window
    board.expect(b"\x01")  # two windows to begin with
    for byte in b"x=1;" * (window // 4):
        board.line.write(bytes([byte]))
    board.expect(b"\x01")
    board.line.write(b"\n" * (window - 1))
    assert board.rest() == b"", "credit was given before the window was used up"
    board.line.write(b"\n")
    board.expect(b"\x01")
    board.line.write(b"print(x)" + END)
    board.expect(END)
    assert board.fields() == (b"1\r\n", b"")


def abort_in_mid_stream(board):
    output, error, broken_off = board.paste(b"x = = 1\n" + b"y = 1\n" * 500)
    assert broken_off and output == b"" and error.endswith(b"SyntaxError: invalid syntax\r\n"), error
    assert board.execute(b"print('alive')") == (b"alive\r\n", b"")


def interrupted_paste(board):
    board.enter_paste()
    board.line.write(b"print(1)\n" + INTERRUPT)
    board.until(b">")
    assert board.execute(b"print('alive')") == (b"alive\r\n", b"")


def interrupted_program(board):
    board.line.write(b"import time\nwhile True:\n time.sleep_ms(50)\n" + END)
    board.expect(b"OK")
    time.sleep(0.2)
    board.line.write(INTERRUPT)
    output, error = board.fields()
    assert output == b"" and error.endswith(b"KeyboardInterrupt: \r\n"), error


def file_survives_soft_reset(board):
    data = bytes((7 * i + i // 256) & 0xFF for i in range(20_000))
    assert board.paste(b"f=open('/t.new','wb');w=f.write") == (b"", b"", False)
    for at in range(0, len(data), 1024):
        assert board.paste(b"n=w(%r)" % data[at : at + 1024]) == (b"", b"", False)
    assert board.paste(b"import os\nf.close()\nos.rename('/t.new','/t.bin')") == (b"", b"", False)
    board.soft_reset()
    output, error = board.execute(
        b"import hashlib,binascii\nprint(binascii.hexlify(hashlib.sha256(open('/t.bin','rb').read()).digest()).decode())"
    )
    assert output.strip().decode() == hashlib.sha256(data).hexdigest(), (output, error)


def missing_file(board):
    _, error = board.execute(b"import os\nos.remove('/t.bin')\nos.stat('/t.bin')")
    assert error.endswith(b"OSError: [Errno 2] ENOENT\r\n"), error


def long_output(board):
    output, _ = board.execute(b"for i in range(5000): print(i)")
    assert output == b"".join(b"%d\r\n" % i for i in range(5000))


def friendly_again(board):
    board.line.write(b"\r" + FRIENDLY)
    assert b"MicroPython v" in board.until(b">>> ")


CHECKS = (
    plain_commands,
    window_credit,
    abort_in_mid_stream,
    interrupted_paste,
    interrupted_program,
    file_survives_soft_reset,
    missing_file,
    long_output,
    friendly_again,
)


def main(port):
    board = Board(port)
    board.enter_raw()
    board.soft_reset()
    for check in CHECKS:
        check(board)
        print(check.__name__, flush=True)
    board.close()
    again = Board(port)
    again.line.write(b"\r\n")
    again.until(b">>> ")
    again.close()
    print("opened_again")


main(sys.argv[1])
