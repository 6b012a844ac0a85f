# MQTT 3.1.1 (OASIS, 2014), as much of it as a unit needs. It never waits: what the connection does not take at once
# leaves at a later turn.
from plumbline.trouble import HINTS, Trouble

MOST = 1024  # bytes of a packet that is looked at; of a longer one only its number, to acknowledge it
ROOM = 4096  # bytes that may wait to leave
REFUSED = {
    1: ('protocol', 'the broker does not speak MQTT 3.1.1'),
    2: ('identifier', 'the broker does not take this client id'),
    3: ('unavailable', 'the broker is there but not in service'),
    4: ('login', 'the broker does not take this user name and password'),
    5: ('login', 'the broker does not let this user in: name, password or rights'),
}


def field(x):
    data = x.encode() if isinstance(x, str) else x
    return bytes((len(data) >> 8, len(data) & 255)) + data


def packet(kind, body):
    n = len(body)
    head = bytearray((kind,))
    while n > 127:
        head.append(n & 127 | 128)
        n >>= 7
    head.append(n)
    return bytes(head) + body


class Mqtt:
    def __init__(self, connection, keepalive, now):
        self.connection = connection
        self.keepalive = keepalive * 1000
        self.out = b''
        self.part = b''
        self.skip = 0
        self.last = 0
        self.flight = {}  # number -> what was sent under it
        self.heard = self.spoke = now
        self.asked = None  # when it was asked for a sign of life

    def send(self, kind, body):
        self.out += packet(kind, body)

    def number(self):
        self.last = self.last % 65535 + 1
        while self.last in self.flight:
            self.last = self.last % 65535 + 1
        return bytes((self.last >> 8, self.last & 255))

    def connect(self, client, user, password, topic, will):
        # Clean session; the will is kept by the broker (retained) and has QoS 1.
        flags = 0x2E
        body = field(client) + field(topic) + field(will)
        if user is not None:
            flags |= 0x80
            body += field(user)
            if password is not None:
                flags |= 0x40
                body += field(password)
        keepalive = self.keepalive // 1000
        self.send(0x10, field('MQTT') + bytes((4, flags, keepalive >> 8, keepalive & 255)) + body)

    def publish(self, topic, text, mark=None, retain=False):
        # With a mark it is QoS 1: turn() gives the mark back when it is acknowledged.
        body = field(topic)
        if mark is not None:
            body += self.number()
            self.flight[self.last] = mark
        self.send(0x30 | (2 if mark is not None else 0) | (1 if retain else 0), body + text.encode())

    def subscribe(self, topic):
        self.send(0x82, self.number() + field(topic) + b'\x01')

    def room(self):
        return len(self.out) < ROOM

    def turn(self, now):
        # What happened: ('up',), ('acked', mark), ('subscribed', granted), ('message', topic, payload), ('oversize',).
        if self.out:
            n = self.connection.write(self.out[:MOST])
            if n:
                self.out = self.out[n:]
                self.spoke = now
        data = self.connection.read()
        if data == b'':
            stage = self.connection.stage
            raise Trouble(stage, 'closed', 'the broker closed the connection' + HINTS.get(stage, ''))
        happened = []
        if data:
            self.heard = now
            self.asked = None
            self.part += data
            while self.take(happened):
                pass
        self.stay(now)
        return happened

    def stay(self, now):
        if self.asked is not None:
            if now - self.asked > self.keepalive:
                raise Trouble('session', 'silent', 'the broker gave no sign of life')
        elif self.last and now - min(self.heard, self.spoke) > self.keepalive // 2:
            self.asked = now
            self.send(0xC0, b'')

    def take(self, happened):
        # One packet off the front; False where it is not there as a whole.
        if self.skip:
            n = min(self.skip, len(self.part))
            self.skip -= n
            self.part = self.part[n:]
        at = 1
        size = shift = 0
        while True:
            if at >= len(self.part):
                return False
            byte = self.part[at]
            size |= (byte & 127) << shift
            at += 1
            if byte < 128:
                break
            shift += 7
            if shift > 21:
                raise Trouble('session', 'protocol', 'the broker sent what is not MQTT')
        whole = size <= MOST
        if len(self.part) < at + min(size, MOST):
            return False
        kind = self.part[0]
        body = self.part[at : at + min(size, MOST)]
        self.part = self.part[at + len(body) :]
        self.skip = size - len(body)
        try:
            self.packet(kind, body, whole, happened)
        except IndexError:
            raise Trouble('session', 'protocol', 'the broker sent what is not MQTT')
        return True

    def packet(self, kind, body, whole, happened):
        if kind == 0x20:
            if body[1]:
                raise Trouble('login', *REFUSED.get(body[1], ('refused', 'the broker refused with %d' % body[1])))
            self.connection.stage = 'session'
            happened.append(('up',))
        elif kind == 0x40:
            mark = self.flight.pop(body[0] << 8 | body[1], None)
            if mark is not None:
                happened.append(('acked', mark))
        elif kind == 0x90:
            happened.append(('subscribed', body[2] < 128))
        elif kind >> 4 == 3:
            self.message(kind, body, whole, happened)
        elif kind != 0xD0:
            raise Trouble('session', 'protocol', 'the broker sent a packet of kind %d' % (kind >> 4))

    def message(self, kind, body, whole, happened):
        at = 2 + (body[0] << 8 | body[1])
        topic = body[2:at]
        if kind & 6:
            self.send(0x40, bytes((body[at], body[at + 1])))
            at += 2
        # One that the broker kept is of another time, as is what it says to do.
        if not kind & 1:
            happened.append(('message', topic, body[at:]) if whole else ('oversize',))
