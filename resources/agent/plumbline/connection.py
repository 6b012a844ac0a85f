# Name, TCP and TLS, a step at a time: no call waits for the other end.
import socket
import sys

from plumbline.mqtt import Mqtt
from plumbline.trouble import AGAIN, Trouble, explain

CPYTHON = sys.implementation.name == 'cpython'


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


def secured(folder, certified, kind=None):
    # A context that checks the broker's certificate and its name.
    import ssl

    if not hasattr(ssl, 'SSLContext'):
        raise Trouble('tls', 'unsupported', 'this firmware has no TLS that checks the broker')
    context = (kind or ssl.SSLContext)(ssl.PROTOCOL_TLS_CLIENT)
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
    return context


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
        self.buffer = bytearray(512)
        self.view = memoryview(self.buffer)

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
        context = secured(self.folder, self.certified)
        self.sock = context.wrap_socket(self.sock, server_hostname=self.name, do_handshake_on_connect=False)
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

    def session(self, keepalive, now):
        return Mqtt(self, keepalive, now)

    stages = {'address': address, 'connect': connect, 'tls': shake}

    def write(self, data):
        # How many bytes it took.
        try:
            n = self.moved(self.sock.send if CPYTHON else self.sock.write, data)
        except Trouble:
            if self.tls:
                self.read()  # why the broker closed it may stand there
            raise
        if n and self.stage == 'tls':
            self.stage = 'login'
        return n or 0

    def read(self):
        # None: nothing is there; b'': the other end closed. Into a buffer that is there already: this is asked often.
        n = self.moved(self.sock.recv_into if CPYTHON else self.sock.readinto, self.buffer)
        return None if n is None else bytes(self.view[:n])

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
