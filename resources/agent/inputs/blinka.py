# Analogue inputs by CircuitPython's libraries on a computer (Adafruit Blinka): "blinka:A0" is that pin of the board.


def opened(rest):
    import analogio
    import board

    source = analogio.AnalogIn(getattr(board, rest))
    return lambda: source.value
