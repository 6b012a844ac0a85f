# MQTT by paho-mqtt (1.6 or 2), for computers that have it, in place of the agent's own connection and client. Name, TCP
# and TLS are done by paho in a thread that ends before anything else is asked of it: so no call here waits, and none
# comes from two threads.
import socket
import ssl
import threading

import paho.mqtt.client as paho

from plumbline.connection import secured
from plumbline.mqtt import MOST, REFUSED
from plumbline.trouble import HINTS, Trouble, explain

# Reason codes that paho 2 gives for the five of MQTT 3.1.1.
CODES = {0x84: 1, 0x85: 2, 0x88: 3, 0x86: 4, 0x87: 5}
SILENT = (paho.MQTT_ERR_KEEPALIVE, 0x8D)
INFLIGHT = 65535  # the agent keeps its own window
PACKETS = 20  # read in one turn at most


class Socket(ssl.SSLSocket):
    # paho says of an error only that there was one.
    def recv(self, *args):
        return self.told(super().recv, *args)

    def send(self, *args):
        return self.told(super().send, *args)

    def told(self, work, *args):
        try:
            return work(*args)
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            raise
        except OSError as e:
            self.context.wrong = self.reason() or e
            raise

    def reason(self):
        # What the broker sent before it closed says more than that it did.
        try:
            super().recv(1)
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError, ssl.SSLEOFError):
            return None
        except OSError as e:
            return e
        return None


class Context(ssl.SSLContext):
    # Asks for, and checks, the name that the configuration says, which need not be the host that paho connects to.
    sslsocket_class = Socket
    wrong = None
    begun = False
    name = ''

    def wrap_socket(self, sock, **options):
        self.begun = True
        options['server_hostname'] = self.name
        return super().wrap_socket(sock, **options)


def code(reason):
    value = getattr(reason, 'value', reason)
    return CODES.get(value, value)


class Session:
    # Connection and client in one, as the uplink wants them.
    to = None

    def __init__(self, settings, folder, _):
        self.settings = settings
        self.name = settings['name']
        self.stage = 'address'
        self.happened = []
        self.flight = {}  # number -> what was sent under it
        self.failed = None
        self.ended = self.lost = False
        self.thread = self.client = self.context = None
        if settings['tls']:
            try:
                self.context = secured(folder, settings['login'] == 'certificate', Context)
            except (OSError, ValueError) as e:
                raise explain('tls', e, self.name)
            self.context.name = self.name

    def step(self):
        return True

    def session(self, keepalive, _):
        self.keepalive = keepalive
        return self

    def connect(self, client, user, password, topic, will):
        new = hasattr(paho, 'CallbackAPIVersion')
        first = (paho.CallbackAPIVersion.VERSION2,) if new else ()
        c = self.client = paho.Client(*first, client_id=client, clean_session=True, protocol=paho.MQTTv311)
        c.max_inflight_messages_set(INFLIGHT)
        c.will_set(topic, will, 1, True)
        if user is not None:
            c.username_pw_set(user, password)
        if self.context:
            c.tls_set_context(self.context)
        c.on_connect = self.connected
        c.on_publish = self.published
        c.on_subscribe = self.subscribed
        c.on_message = self.message
        c.on_disconnect = self.disconnected
        self.thread = threading.Thread(target=self.reach, daemon=True)
        self.thread.start()

    def reach(self):
        # In the thread.
        try:
            self.client.connect(self.settings['host'], self.settings['port'], self.keepalive)
        except Exception as e:
            self.failed = e
        if self.ended:
            self.shut()

    # --- what paho calls, within turn() only. Its two versions differ in what comes after the first arguments.

    def connected(self, _client, _data, _flags, reason, *_):
        n = code(reason)
        if n:
            words = REFUSED.get(n, ('refused', 'the broker refused with %d' % n))
            self.failed = Trouble('login', *words)
        else:
            self.stage = 'session'
            self.happened.append(('up',))

    def published(self, _client, _data, number, *_):
        mark = self.flight.pop(number, None)
        if mark is not None:
            self.happened.append(('acked', mark))

    def subscribed(self, _client, _data, _number, granted, *_):
        self.happened.append(('subscribed', getattr(granted[0], 'value', granted[0]) < 128))

    def message(self, _client, _data, m):
        # One that the broker kept is of another time, as is what it says to do.
        if not m.retain:
            size = len(m.topic.encode()) + len(m.payload) + 4
            happened = ('message', m.topic.encode(), m.payload) if size <= MOST else ('oversize',)
            self.happened.append(happened)

    def disconnected(self, _client, _data, *more):
        # paho 2 puts flags before the reason.
        self.lost = True
        reason = more[1] if len(more) > 1 else more[0]
        if getattr(reason, 'value', reason) in SILENT:
            self.failed = Trouble('session', 'silent', 'the broker gave no sign of life')

    # --- what the uplink calls

    def publish(self, topic, text, mark=None, retain=False):
        sent = self.client.publish(topic, text.encode(), 0 if mark is None else 1, retain)
        if mark is not None:
            self.flight[sent.mid] = mark

    def subscribe(self, topic):
        self.client.subscribe(topic, 1)

    def room(self):
        return not self.client.want_write()

    def turn(self, _now):
        if self.thread:
            if self.thread.is_alive():
                return ()
            self.thread = None
            if self.failed:
                wrong = self.context and self.context.wrong or self.failed
                raise explain(self.place(), wrong, self.name_or_host())
            self.stage = 'login'
        try:
            self.work()
        except (OSError, ValueError) as e:
            self.failed = self.failed or explain(self.stage, e, self.name)
        happened = self.happened
        self.happened = []
        if not happened:
            self.look()
        return happened

    def work(self):
        for _ in range(PACKETS):
            n = len(self.happened)
            self.client.loop_read()
            if len(self.happened) == n:
                break
        if self.client.want_write():
            self.client.loop_write()
        self.client.loop_misc()

    def look(self):
        # After the news that came before it.
        if self.failed:
            raise self.failed
        wrong = self.context and self.context.wrong
        if wrong:
            raise explain(self.stage, wrong, self.name)
        if self.lost or self.client.socket() is None:
            raise Trouble(self.stage, 'closed', 'the broker closed the connection' + HINTS.get(self.stage, ''))

    def place(self):
        if self.context and self.context.begun:
            return 'tls'
        return 'address' if isinstance(self.failed, socket.gaierror) else 'connect'

    def name_or_host(self):
        return self.settings['host'] if isinstance(self.failed, socket.gaierror) else self.name

    def close(self):
        # Without a farewell: the broker publishes the will.
        self.ended = True
        if self.client:
            self.shut()

    def shut(self):
        self.client.on_disconnect = None
        sock = self.client.socket()
        if sock:
            sock.close()
