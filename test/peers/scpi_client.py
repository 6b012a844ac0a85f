"""Reads the bench's reference as any laboratory script would: pyserial and SCPI lines.

usage: scpi_client.py PORT
Prints one line for each check that holds; the first that does not ends it with an AssertionError.
"""

import re
import sys
import time

import serial


class Reference:
    def __init__(self, port):
        self.line = serial.Serial(port, 9600, timeout=2, exclusive=True)

    def send(self, command):
        self.line.write(command.encode() + b"\n")

    def ask(self, command):
        self.send(command)
        answer = self.line.readline()
        assert answer.endswith(b"\n"), "%s: %r" % (command, answer)
        return answer.decode("ascii").strip()


def identity(reference):
    maker, model, serial_number, firmware = reference.ask("*IDN?").split(",")
    assert (maker, model, serial_number) == ("Plumbline", "Bench Thermometer", "REF-0001")
    assert firmware


def reading(reference):
    assert reference.ask("UNIT:TEMP?") == "C"
    value = reference.ask("READ?")
    assert re.fullmatch(r"[+-]?\d\.\d{6}E[+-]\d{2}", value), value
    assert -40 < float(value) < 150


def error_queue(reference):
    reference.send("*CLS")
    reference.send("BOGUS:COMMAND 1")
    assert reference.ask("SYST:ERR?") == '-113,"Undefined header"'
    assert reference.ask("SYST:ERR?") == '0,"No error"'


def drives_the_bath(reference):
    reference.send("SOUR:SPO 30.5")
    assert float(reference.ask("SOUR:SPO?")) == 30.5
    until = time.monotonic() + 20
    while abs(float(reference.ask("READ?")) - 30.5) > 0.1:
        assert time.monotonic() < until, "the bath did not get there"
        time.sleep(0.05)


def split_and_joined_lines(reference):
    for part in (b"RE", b"AD", b"?\nUNIT:", b"TEMP?\n"):
        reference.line.write(part)
        reference.line.flush()
        time.sleep(0.05)
    float(reference.line.readline())
    assert reference.line.readline().strip() == b"C"


def main(port):
    reference = Reference(port)
    for check in (identity, reading, error_queue, drives_the_bath, split_and_joined_lines):
        check(reference)
        print(check.__name__, flush=True)


main(sys.argv[1])
