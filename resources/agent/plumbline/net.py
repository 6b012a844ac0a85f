# The way to the broker: radio or cable, then name, TCP and TLS, a step at a time: no call waits for the other end.
import errno
import socket
import sys

CPYTHON = sys.implementation.name == 'cpython'
REJOIN = 20000  # ms until a network that was not joined is tried anew


class Trouble(Exception):
    # what was being done (network, files, address, connect, tls, login, session), a code, words for people
    pass


def numbers(*names):
    return [getattr(errno, name) for name in names if hasattr(errno, name)]


AGAIN = numbers('EAGAIN', 'EINPROGRESS', 'EALREADY', 'ENOTCONN', 'EWOULDBLOCK')
CODES = (
    ('refused', 'nobody listens there', numbers('ECONNREFUSED')),
    ('unreachable', 'there is no way there', numbers('EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN')),
    ('timeout', 'nothing answered', numbers('ETIMEDOUT')),
    ('closed', 'the other end closed the connection', numbers('ECONNRESET', 'ECONNABORTED', 'EPIPE')),
    ('memory', 'the unit has too little memory left', numbers('ENOMEM', 'ENOBUFS')),
)
# OpenSSL's X509_V_ERR_*, and words of mbedtls_x509_crt_verify_info: MicroPython gives nothing but these.
CERTIFICATE = (
    ('name', 'bears another name than %s', (62, 64), ('expected CN',)),
    ('expired', 'has expired', (10,), ('expired',)),
    ('not-yet', 'is not valid yet by the clock of the unit', (9,), ('future',)),
    ('authority', 'is not of the authority in ca.pem', (2, 7, 18, 19, 20, 21), ('trusted CA',)),
)
# What a connection that is closed at this point often means.
HINTS = {
    'tls': ': is this a port for TLS?',
    'login': ' before it let the unit in: is this a port for TLS, or does it want another certificate?',
}
# mbedtls/ssl.h
MBEDTLS = {
    -0x7780: ('refused', 'the broker ended it: it wants another certificate of the unit, or none of this kind'),
    -0x7200: ('plain', 'the broker does not speak TLS on this port'),
    -0x7280: ('closed', 'the broker closed the connection' + HINTS['tls']),
    -0x2700: ('certificate', 'the certificate of the broker is not accepted'),
    -0x7F00: ('memory', 'the unit has too little memory left'),
}


def explain(what, e, name):
    # The trouble that an exception stands for.
    n = e.args[0] if e.args else 0
    text = ' '.join([str(x) for x in e.args])[:80]
    verify = getattr(e, 'verify_code', None)
    for code, words, known, parts in CERTIFICATE:
        if verify in known or verify is None and what == 'tls' and any([p in text for p in parts]):
            words = words % name if '%' in words else words
            return Trouble('tls', code, 'the certificate of the broker %s (%s)' % (words, text))
    reason = getattr(e, 'reason', None)  # of CPython's SSLError
    if isinstance(reason, str):
        n = -0x7780 if 'ALERT' in reason else -0x7200 if reason == 'WRONG_VERSION_NUMBER' else n
        what = 'tls'
    if n in MBEDTLS:
        return Trouble('tls', MBEDTLS[n][0], '%s (%s)' % (MBEDTLS[n][1], text))
    if isinstance(e, MemoryError):
        return Trouble(what, 'memory', 'the unit has too little memory left (%s)' % text)
    if what == 'address':
        return Trouble(what, 'unknown', '%s is not known to the name server (%s)' % (name, text))
    for code, words, known in CODES:
        if n in known or code == 'closed' and type(e).__name__ in ('SSLEOFError', 'SSLZeroReturnError'):
            if code == 'closed':
                words += HINTS.get(what, '')
            elif what != 'session' and code != 'memory':
                # MicroPython says so at the first write only.
                what = 'connect'
            return Trouble(what, code, '%s (%s)' % (words, text))
    return Trouble(what, 'failed', '%s %s' % (type(e).__name__, text))


def ders(path, label):
    # The blocks of a PEM file that bear the label, in DER: many boards' firmware reads nothing else.
    from binascii import a2b_base64

    out = []
    der = None
    try:
        with open(path, 'rb') as f:
            for line in f:
                if line[:10] == b'-----BEGIN':
                    der = bytearray() if label in line else None
                elif line[:8] == b'-----END' and der is not None:
                    out.append(bytes(der))
                    der = None
                elif der is not None:
                    der.extend(a2b_base64(line.strip()))
    except OSError:
        pass
    except ValueError:
        out = []
    if not out:
        raise Trouble('files', 'missing', '%s is not there or holds nothing of use' % path)
    return out


def secured(sock, folder, name, certified):
    import ssl

    if not hasattr(ssl, 'SSLContext'):
        raise Trouble('tls', 'unsupported', 'this firmware has no TLS that checks the broker')
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.verify_mode = ssl.CERT_REQUIRED
    for der in ders(folder + '/ca.pem', b'CERTIFICATE'):
        context.load_verify_locations(cadata=der)
    if certified:
        certificate = ders(folder + '/cert.pem', b'CERTIFICATE')[0]
        key = ders(folder + '/key.pem', b'PRIVATE KEY')[0]
        if CPYTHON:
            context.load_cert_chain(folder + '/cert.pem', folder + '/key.pem')
        else:
            context.load_cert_chain(certificate, key)
    return context.wrap_socket(sock, server_hostname=name, do_handshake_on_connect=False)


class Connection:
    # step() until it is true, then read() and write().
    found = None

    def __init__(self, settings, folder, to):
        self.to = to
        self.host = settings['host']
        self.port = settings['port']
        self.name = settings.get('name') or self.host
        self.tls = settings.get('tls')
        self.folder = folder
        self.certified = settings['login'] == 'certificate'
        self.stage = 'address'
        self.sock = None

    def step(self):
        try:
            return self.stages[self.stage](self)
        except (OSError, ValueError, MemoryError) as e:
            raise explain(self.stage, e, self.host if self.stage == 'address' else self.name)

    def address(self):
        # MicroPython's call waits for the name server for some seconds: so once only, until a connect fails.
        if not self.to and CPYTHON:
            self.ask()
        elif not self.to:
            self.to = self.lookup()
        if not self.to:
            return False
        self.sock = socket.socket()
        self.sock.setblocking(False)
        self.stage = 'connect'
        try:
            self.sock.connect(self.to)
        except OSError as e:
            if e.args[0] not in AGAIN:
                raise

    def lookup(self):
        return socket.getaddrinfo(self.host, self.port, 0, socket.SOCK_STREAM)[0][-1]

    def ask(self):
        # The operating system's call may wait for half a minute: in a thread of its own.
        import threading

        def work():
            try:
                self.found = self.lookup()
            except OSError as e:
                self.found = e

        if self.found is None:
            self.found = False
            threading.Thread(target=work, daemon=True).start()
        if isinstance(self.found, OSError):
            raise self.found
        self.to = self.found or None

    def connect(self):
        import select

        poll = select.poll()
        poll.register(self.sock, 4)
        if not poll.poll(0):
            return False
        failed = CPYTHON and self.sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if failed:
            raise OSError(failed, '')
        if not self.tls:
            self.stage = 'login'
            return True
        self.stage = 'tls'
        self.sock = secured(self.sock, self.folder, self.name, self.certified)
        # With MicroPython the first write shakes hands; until it has, whatever goes wrong is of TLS.
        return not CPYTHON

    def shake(self):
        import ssl

        try:
            self.sock.do_handshake()
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return False
        self.stage = 'login'
        return True

    stages = {'address': address, 'connect': connect, 'tls': shake}

    def write(self, data):
        # How many bytes it took.
        try:
            n = self.moved(self.sock.send if CPYTHON else self.sock.write, data)
        except Trouble:
            if self.tls:
                self.read(1)  # why the broker closed it may stand there
            raise
        if n and self.stage == 'tls':
            self.stage = 'login'
        return n or 0

    def read(self, most):
        # None: nothing is there; b'': the other end closed.
        return self.moved(self.sock.recv if CPYTHON else self.sock.read, most)

    def moved(self, work, argument):
        try:
            return work(argument)
        except (OSError, ValueError, MemoryError) as e:
            if e.args and e.args[0] in AGAIN or type(e).__name__ in ('SSLWantReadError', 'SSLWantWriteError'):
                return None
            raise explain(self.stage, e, self.name)

    def close(self):
        if self.sock:
            try:
                self.sock.close()
            except OSError:
                pass
        self.sock = None


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
    if CPYTHON or not settings:
        return Always()
    try:
        import network

        return KINDS[settings['kind']](network, settings, secret)
    except Exception as e:
        text = '%s %s' % (type(e).__name__, e)
        raise Trouble('network', 'unsupported', 'this board does not do that (%s)' % text[:60])
