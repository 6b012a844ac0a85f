# The way into the network: radio or cable.
import sys

from plumbline.trouble import Trouble

REJOIN = 20000  # ms until a network that was not joined is tried anew


class Always:
    # The network is the operating system's, or boot.py's.
    state = 'none'
    ip = trouble = None

    def up(self, now):
        return True


class Interface:
    state = 'down'
    ip = trouble = None
    due = 0

    def open(self, device, ip):
        self.device = device
        device.active(True)
        if ip:
            device.ifconfig((ip['ip'], ip['netmask'], ip['gateway'], ip['dns']))

    def up(self, now):
        if self.device.isconnected():
            self.state = 'up'
            self.ip = self.device.ifconfig()[0]
            self.trouble = None
            return True
        self.state = 'down'
        self.ip = None
        if now >= self.due:
            self.due = now + REJOIN
            self.join()
        self.look()
        return False


class Wifi(Interface):
    def __init__(self, network, settings, secret):
        self.settings = settings
        self.secret = secret
        self.wrong = getattr(network, 'STAT_WRONG_PASSWORD', None)
        self.absent = getattr(network, 'STAT_NO_AP_FOUND', None)
        self.open(network.WLAN(network.STA_IF), settings.get('ip'))

    def join(self):
        self.device.connect(self.settings['ssid'], self.secret.get('wifi') or '')

    def look(self):
        status = self.device.status()
        if status == self.wrong:
            self.trouble = ('network', 'password', '%s does not take this password' % self.settings['ssid'])
        elif status == self.absent:
            self.trouble = ('network', 'absent', '%s is not in reach' % self.settings['ssid'])


class Ethernet(Interface):
    def __init__(self, network, settings, _):
        made = network.LAN if hasattr(network, 'LAN') else network.WIZNET5K
        self.open(made(), settings.get('ip'))

    def join(self):
        pass

    def look(self):
        self.trouble = ('network', 'cable', 'there is no link')


KINDS = {'wifi': Wifi, 'ethernet': Ethernet}


def interface(settings, secret):
    if sys.implementation.name == 'cpython' or not settings:
        return Always()
    try:
        import network

        return KINDS[settings['kind']](network, settings, secret)
    except Exception as e:
        text = '%s %s' % (type(e).__name__, e)
        raise Trouble('network', 'unsupported', 'this board does not do that (%s)' % text[:60])
