# Analogue inputs of a Raspberry Pi by gpiozero: "gpiozero:MCP3008:0" is channel 0 of that converter.


def opened(rest):
    import gpiozero

    kind, channel = rest.split(':')
    if kind[:3] != 'MCP':
        raise ValueError('not a converter of gpiozero: %s' % kind[:20])
    device = getattr(gpiozero, kind)(channel=int(channel))
    # 0..1 as a float: quantised once, here.
    return lambda: int(device.value * 65535 + 0.5)
