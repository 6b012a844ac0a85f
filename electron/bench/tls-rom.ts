/** TLS of the bench board's firmware as Python in its `/rom`; see network-rom.ts. */

const tls = `
import io, uctypes, _hw

PROTOCOL_TLS_CLIENT = 0
PROTOCOL_TLS_SERVER = 1
CERT_NONE = 0
CERT_OPTIONAL = 1
CERT_REQUIRED = 2
_at = uctypes.addressof
_context = _hw.tls_context
_authority = _hw.tls_authority
_pair = _hw.tls_pair
_secure = _hw.tls_secure


class SSLContext:
    def __init__(self, protocol):
        if protocol != PROTOCOL_TLS_CLIENT:
            raise NotImplementedError
        self.verify_mode = CERT_REQUIRED
        self._id = _context()

    def load_verify_locations(self, cadata):
        if _authority(self._id, _at(cadata), len(cadata)) < 0:
            raise ValueError("invalid cert")

    def load_cert_chain(self, cert, key):
        if _pair(self._id, _at(cert), len(cert), _at(key), len(key)) < 0:
            raise ValueError("invalid key")

    def wrap_socket(self, sock, *, server_side=False, do_handshake_on_connect=True, server_hostname=None):
        if server_hostname is None and self.verify_mode == CERT_REQUIRED:
            raise ValueError("CERT_REQUIRED requires server_hostname")
        _secure(self._id, sock._id, self.verify_mode != CERT_NONE, server_hostname or "")
        made = SSLSocket(sock)
        if do_handshake_on_connect:
            made._handshake()
        return made


class SSLSocket(io.IOBase):
    def __init__(self, sock):
        self._sock = sock
        self.write = sock.write
        self.read = sock.read
        self.readinto = sock.readinto
        self.setblocking = sock.setblocking
        self.ioctl = sock.ioctl

    def _handshake(self):
        limit = self._sock._limit
        if limit == 0:
            self._sock._limit = None
        self._sock._do(_hw.net_connected)
        self._sock._limit = limit

    def close(self):
        self._sock.close()
`;

/** The module of micropython-lib that boards have frozen: as CPython's, and no check unless asked for. */
const ssl = `
import tls
from tls import *


class SSLContext:
    def __init__(self, *args):
        self._context = tls.SSLContext(*args)
        self._context.verify_mode = CERT_NONE

    @property
    def verify_mode(self):
        return self._context.verify_mode

    @verify_mode.setter
    def verify_mode(self, value):
        self._context.verify_mode = value

    def load_cert_chain(self, certfile, keyfile):
        if isinstance(certfile, str):
            with open(certfile, "rb") as file:
                certfile = file.read()
        if isinstance(keyfile, str):
            with open(keyfile, "rb") as file:
                keyfile = file.read()
        self._context.load_cert_chain(certfile, keyfile)

    def load_verify_locations(self, cafile=None, cadata=None):
        if cafile:
            with open(cafile, "rb") as file:
                cadata = file.read()
        self._context.load_verify_locations(cadata)

    def wrap_socket(self, sock, server_side=False, do_handshake_on_connect=True, server_hostname=None):
        return self._context.wrap_socket(
            sock,
            server_side=server_side,
            do_handshake_on_connect=do_handshake_on_connect,
            server_hostname=server_hostname,
        )
`;

export const tlsRom: Record<string, string> = { 'tls.py': tls, 'ssl.py': ssl };
