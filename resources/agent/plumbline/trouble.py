# What goes wrong on the way to the broker, told apart.
import errno

from plumbline import borrowed


class Trouble(Exception):
    # what was being done (network, files, address, connect, tls, login, session), a code, words for people
    pass


def numbers(*names):
    return [getattr(errno, name) for name in names if hasattr(errno, name)]


AGAIN = numbers('EAGAIN', 'EINPROGRESS', 'EALREADY', 'ENOTCONN', 'EWOULDBLOCK')
# What a connection that is closed at this point often means.
HINTS = {
    'tls': ': is this a port for TLS?',
    'login': ' before it let the unit in: is this a port for TLS, or does it want another certificate?',
}


def explain(what, e, name):
    try:
        return borrowed('explain').explain(what, e, name)
    except MemoryError:
        return Trouble(what, 'memory', 'the unit has too little memory left')
