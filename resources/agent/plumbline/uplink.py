# The unit at its broker: birth and will, data about once a second, events until they are acknowledged, commands.
import json

from plumbline import VERSION, borrowed, crc16, dumps
from plumbline.connection import CPYTHON, Connection
from plumbline.files import Refused
from plumbline.net import interface
from plumbline.outbox import LARGE, SMALL, Outbox
from plumbline.requests import Requests
from plumbline.trouble import Trouble

DATA = 1000  # ms between two data
FIRST = 500  # ms of back-off, doubled each time up to LAST, of which a random part is waited (full jitter)
LAST = 30000
DEADLINE = 20000  # ms from the first step to the broker's answer; TLS takes seconds on a small chip
LOOK = 200  # ms between two looks at the network


class Uplink:
    def __init__(self, agent):
        self.agent = agent
        self.board = agent.board
        self.unit = self.board.unit()
        config = agent.files.config
        self.folder = '%s/%s' % (self.board.root, agent.slot or 'plumbline')
        if config:
            self.folder = config[: config.rfind('/')] or '/'
        self.interface = self.settings = self.connection = self.mqtt = None
        self.to = None  # where the broker's name leads to
        self.up = self.born = False  # born: the broker has the birth
        self.trouble = self.denied = None  # denied: what it may not do although it is let in
        self.outbox = self.summary = None
        self.before = None  # the last record from before the connection: it and those before it are historical
        self.allowed = self.tokens = 0  # historical records that may still go, and until when
        self.sent = self.acked = self.failed = 0
        self.requests = None
        self.due = self.look = self.begun = self.data = 0
        self.online = False
        self.random = crc16(self.unit.encode())
        try:
            if agent.config.mqtt is not None:
                self.settings = borrowed('settings').checked(agent.config.mqtt, self.unit)
                self.outbox = Outbox(self.board.root, agent.boot, LARGE if CPYTHON else SMALL)
                self.outbox.number = agent.number
                if agent.uplink.outbox:
                    self.outbox.inherit(agent.uplink.outbox)
                if self.settings['summary']:
                    from plumbline.summary import Summary

                    self.summary = Summary(self.settings['summary'])
                self.requests = Requests(agent, self.settings['commands'], self.secret())
            self.interface = interface(agent.config.net, self.secret())
        except Trouble as e:
            self.trouble = e.args

    def secret(self):
        try:
            with open(self.folder + '/secret.json') as f:
                x = json.loads(f.read())
        except OSError:
            return {}
        except ValueError:
            x = None
        if type(x) is not dict:
            raise Trouble('files', 'secret', 'secret.json is not JSON')
        return x

    # --- what the agent calls

    def poll(self):
        # One turn; takes no longer than the network's own calls.
        now = self.board.now()
        if not self.interface or now < self.due:
            return
        try:
            if not self.online or now >= self.look:
                self.look = now + LOOK
                self.online = self.interface.up(now)
            if not self.online:
                if self.connection:
                    self.fail(Trouble('network', 'lost', 'the network is gone'), now)
                self.trouble = self.interface.trouble or self.trouble
            elif self.settings:
                self.turn(now)
        except Trouble as e:
            self.fail(e, now)
        except Exception as e:
            self.fail(Trouble('session', 'failed', ('%s %s' % (type(e).__name__, e))[:80]), now)

    def frame(self, seq, t, values):
        done = self.summary.take(t, values) if self.summary else None
        if done:
            self.outbox.add(1, {'t': t, 'frame': seq, 'sum': done})
        if self.requests and self.requests.untold_at(t):
            self.outbox.add(1, {'t': t, 'frame': seq, 'refused': self.requests.refused})
        if not self.born or t < self.data or not self.mqtt.room():
            return
        self.data = t + (self.settings['summary'] or DATA)
        x = {'boot': self.agent.boot, 'seq': seq, 't': t, 'v': values}
        self.mqtt.publish(self.settings['base'] + '/data', dumps(x))

    def event(self, seq, t, rule, kind, first):
        if not self.outbox:
            return
        x = {'t': t, 'frame': seq, 'rule': rule, 'kind': kind}
        if first:
            x['first'] = True
        wall = self.board.wall()
        if wall is not None:
            x['wall'] = wall + t - self.board.now()
        self.outbox.add(0, x)

    def keep(self, t):
        # What this frame brought is on flash from here on.
        if self.outbox:
            self.outbox.flush(t)
            self.agent.number = self.outbox.number

    def changed(self):
        # Tag, rules or software are not what the birth said.
        if self.up:
            self.birth()

    def state(self):
        mqtt = 'none'
        if self.settings:
            mqtt = 'up' if self.up else 'connecting' if self.connection else 'down'
        net = self.interface
        return {
            'net': net.state if net else 'down',
            'ip': net.ip if net else None,
            'mqtt': mqtt,
            'trouble': list(self.trouble) if self.trouble else None,
            'sent': self.sent,
            'acked': self.acked,
            'lost': self.outbox.lost if self.outbox else 0,
            'waiting': self.outbox.waiting() if self.outbox else 0,
            'damaged': self.outbox.damaged() if self.outbox else 0,
            'refused': self.requests.refused if self.requests else {},
        }

    def drop(self, args):
        # Without a farewell: the broker is to find out by itself, and to publish the will.
        ms = args.get('hold_ms', 0)
        if type(ms) is not int or not 0 <= ms <= 600000:
            raise Refused('invalid', 'hold_ms is 0..600000')
        self.close()
        self.failed = 0
        self.due = self.board.now() + ms
        return {}

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = self.mqtt = None
        self.up = self.born = False
        for box in self.outbox.boxes if self.outbox else ():
            box.rewind()

    # --- the way up

    def fail(self, trouble, now):
        if trouble.args[0] == 'connect':
            self.to = None
        self.close()
        self.trouble = trouble.args
        self.random = (self.random * 1103515245 + 12345 + now) & 0x7FFFFFFF
        most = min(LAST, FIRST << min(self.failed, 8))
        self.due = now + 50 + (self.random >> 8) % most
        self.failed += 1

    def turn(self, now):
        if not self.connection:
            made = self.board.client or Connection
            self.connection = made(self.settings, self.folder, self.to)
            self.begun = now
        if not self.up and now - self.begun > DEADLINE:
            raise Trouble(self.connection.stage, 'timeout', 'nothing answered in time')
        if self.mqtt:
            for news in self.mqtt.turn(now):
                self.hear(news, now)
            if self.up:
                self.tell(now)
        elif self.connection.step():
            self.login(now)

    def login(self, now):
        s = self.settings
        user = password = None
        if s['login'] == 'password':
            user = s['user'] or self.unit
            password = self.secret().get('mqtt')
            if not isinstance(password, str):
                raise Trouble('files', 'secret', 'secret.json has no mqtt')
        self.mqtt = self.connection.session(s['keepalive'], now)
        self.mqtt.connect(s['client'], user, password, s['base'] + '/state', 'offline')

    def hear(self, news, now):
        if news[0] == 'up':
            self.up = True
            self.before = self.outbox.number
            self.to = self.connection.to
            self.denied = None
            base = self.settings['base']
            # Ready for commands before anybody can know that it is there.
            self.mqtt.subscribe(base + '/cmd')
            self.publish('state', 'online', True)
            self.birth()
        elif news[0] == 'acked':
            self.acked += 1
            if news[1] == 'birth':
                self.born = True
                self.trouble = self.denied
                self.failed = 0  # not before: a broker that lets in and breaks off must not be stormed
            elif type(news[1]) is list:
                for box in self.outbox.boxes:
                    if news[1] in box.flight:
                        box.acked(news[1])
        elif news[0] == 'subscribed':
            if not news[1]:
                self.denied = ('session', 'acl', 'the broker does not let the unit read its commands')
        elif news[0] == 'message':
            self.request(news[2])
        elif news[0] == 'oversize':
            self.requests.refuse('oversize')

    def publish(self, leaf, words, retain=False, mark=True):
        self.mqtt.publish('%s/%s' % (self.settings['base'], leaf), words, mark, retain)
        self.sent += 1

    def birth(self):
        said = self.agent.hello()
        x = {'unit': self.unit, 'agent': VERSION}
        for name in ('sw', 'slot', 'tag', 'boot', 't', 'channels', 'rev'):
            x[name] = said[name]
        self.publish('birth', dumps(x), True, 'birth')

    def busy(self):
        # There is more to send than a turn takes.
        return self.up and any([box.flight for box in self.outbox.boxes])

    def tell(self, now):
        # Alarms first, each class in its order. What is of before the connection goes no faster than the broker may
        # like: unthrottled, a backlog is lost at brokers with a limit.
        for box in self.outbox.boxes:
            while len(box.flight) < self.settings['window'] and self.mqtt.room():
                mark = box.next()
                if mark is None:
                    break
                x = json.loads(mark[0])
                historical = x['boot'] != self.agent.boot or x['seq'] <= self.before
                if historical:
                    if now >= self.allowed:
                        self.allowed = now + 100
                        self.tokens = self.settings['backlog'] // 10
                    if not self.tokens:
                        return
                    self.tokens -= 1
                words = mark[0][:-1] + ',"historical":true}' if historical else mark[0]
                self.publish('event' if box is self.outbox.alarms else 'data', words, False, box.sent())

    def request(self, payload):
        answer = self.requests.answer(bytes(payload)) if self.mqtt.room() else self.requests.refuse('busy')
        if answer:
            self.publish('reply', answer)
