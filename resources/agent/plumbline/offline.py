# In place of an uplink: where none is wanted, or none can be had.


class Offline:
    outbox = None

    def __init__(self, wrong):
        self.wrong = wrong

    def state(self):
        state = 'down' if self.wrong else 'none'
        trouble = ['network', 'unsupported', 'the uplink does not load: ' + self.wrong] if self.wrong else None
        return {'net': state, 'ip': None, 'mqtt': state, 'trouble': trouble, 'sent': 0, 'acked': 0, 'lost': 0}

    def nothing(self, *_):
        pass

    def drop(self, _):
        return {}

    poll = frame = event = keep = busy = changed = close = nothing


def uplink(agent):
    # The uplink takes RAM: it is loaded only where the configuration asks for it. Where the firmware has no sockets as
    # it needs them (CircuitPython, small boards) all else goes on.
    agent.uplink.close()
    if not (agent.config.net or agent.config.mqtt):
        return Offline(None)
    try:
        from plumbline.uplink import Uplink

        return Uplink(agent)
    except Exception as e:
        return Offline(('%s %s' % (type(e).__name__, e))[:60])
