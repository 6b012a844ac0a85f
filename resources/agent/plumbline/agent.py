# The edge agent: scans the channels at a fixed period, runs the rules, answers every request exactly once.
import binascii
import json

from plumbline import BODY, VERSION, Lines, dumps, encode
from plumbline.board import board
from plumbline.config import Config, calibration, parse
from plumbline.files import NAMES, UNABLE, Files, Refused
from plumbline.offline import Offline, uplink
from plumbline.rules import Engine


def start(info):
    # What /main.py calls: the slot, starts left, and the hashes of what was just imported.
    Agent(board(), info).run()


class Agent:
    def __init__(self, board, info):
        self.board = board
        self.info = info
        self.slot = info['slot']
        self.files = Files(board.root, self.slot)
        self.hashes = info['hashes']
        if self.hashes:
            self.hashes.update(self.files.hashes())
        self.boot = self.files.count()
        self.lines = Lines()
        self.wrong = {}  # what is wrong with a file in force, in words
        self.config = Config(None, None)
        self.engine = None
        self.uplink = Offline(None)
        self.seq = 0
        self.t = -1
        self.acks = []
        self.streaming = False
        self.running = True
        for name in NAMES:
            self.wrong[name] = 'not read'
        for name in NAMES:
            try:
                self.use(name, self.ready(name, self.files.text(name)))
            except Exception as e:
                self.wrong[name] = str(e)[:60]
        if not self.hashes:
            self.wrong['hash'] = UNABLE

    # --- the three files

    def ready(self, name, text):
        # What a file's text comes to, with the other two as they are; raises where it cannot be used.
        config = self.config
        if name == 'config':
            config = Config(text, self.board.adc)
            self.fits(config)
        lines = calibration(text if name == 'calibration' else self.kept('calibration'), config.channels)
        rules = text if name == 'rules' else self.kept('rules')
        engine = None if rules is None else Engine(parse(rules, 'rules'))
        for known in engine.names if engine and name == 'rules' else ():
            if known not in [c.id for c in config.channels]:
                raise ValueError('there is no channel %s' % known[:20])
        return config, lines, engine

    def use(self, name, made):
        self.config, lines, self.engine = made
        for c in self.config.channels:
            c.line = lines.get(c.id)
        self.acks = []
        self.wrong.pop(name, None)

    def kept(self, name):
        return None if name in self.wrong else self.files.text(name)

    def fits(self, config):
        # A hello that does not fit into a line could never be given.
        old = self.config
        self.config = config
        size = len(dumps(self.hello(None)))
        self.config = old
        if size > BODY - 60:
            raise ValueError('too many channels for one line')

    # --- one scan

    def scan(self):
        t = self.t = max(self.board.now(), self.t + 1)
        self.seq += 1
        inputs = {}
        frame = ['~%d %d' % (self.seq, t)]
        for c in self.config.channels:
            raw = c.read()
            v = inputs[c.id] = c.value(raw)
            frame.append('%s=%s:%s' % (c.id, dumps(v), dumps(raw)))
        acks = self.acks
        self.acks = []
        if self.streaming:
            self.say(' '.join(frame))
        if self.engine:
            for event in self.engine.feed(t, inputs, acks):
                if self.streaming:
                    self.say('!%d %d %d %s' % ((self.seq,) + event))
                self.uplink.event(self.seq, event[0], self.engine.ids[event[1]], event[2])
        self.uplink.frame(self.seq, t, inputs)

    def run(self):
        self.say('#' + dumps(self.hello(None)))
        self.uplink = uplink(self)
        due = self.board.now()
        while self.running and not self.board.ended:
            now = self.board.now()
            due = min(due, now + self.config.period)  # the period may have become shorter
            if now >= due:
                self.scan()
                # The next multiple of the period: late scans do not shift the later ones.
                due += self.config.period * (1 + (now - due) // self.config.period)
            for body in self.lines.feed(self.board.read(max(0, min(due - self.board.now(), 20)))):
                self.answer(body)
            self.uplink.poll()
        self.uplink.close()

    # --- requests

    def say(self, body):
        self.board.write(encode(body))

    def answer(self, body):
        if body is None:
            return self.say('=0 no checksum "the line was damaged"')
        if body[:1] != '?':
            return
        head = body[1:].split(' ', 2)
        if not head[0].isdigit() or not 0 < len(head[0]) <= 6:
            return self.say('=0 no invalid "a request needs a number"')
        words = self.outcome(head)
        if len(words) > BODY - 8:
            words = 'no invalid "the answer does not fit into a line"'
        self.say('=%s %s' % (head[0], words))
        if head[1:2] == ['reset'] and words[:2] == 'ok':
            self.uplink.close()
            self.board.reset()

    def outcome(self, head):
        try:
            verb = VERBS[head[1]]
        except (IndexError, KeyError):
            return 'no invalid "no such verb"'
        try:
            args = json.loads(head[2]) if len(head) > 2 else {}
        except Exception:
            return 'no invalid "not JSON"'
        if type(args) is not dict:
            return 'no invalid "not an object"'
        try:
            return 'ok ' + dumps(verb(self, args))
        except Refused as e:
            return 'no %s %s' % (e.args[0], dumps(e.args[1]))
        except Exception as e:
            if isinstance(e, OSError) and e.args and e.args[0] == 28:
                return 'no space "the file system is full"'
            return 'no failed ' + dumps((type(e).__name__ + ' ' + str(e))[:80])

    def hello(self, _):
        rules = self.hashes.get('/plumbline/rules.json')
        fell = self.info['fell']
        x = {
            'agent': VERSION,
            'unit': self.board.unit(),
            'impl': self.board.impl,
            'boot': self.boot,
            't': self.board.now(),
            'tag': self.config.tag,
            'slot': self.slot,
            'sw': self.hashes.get('/%s/manifest.json' % self.slot),
            'boots': self.info['boots'],
            'fell': fell and {'from': fell[0], 'why': fell[2:]},
            'n': len(self.hashes),
            'channels': [c.id for c in self.config.channels],
            'rev': rules[:8] if rules and self.engine else None,
            'period_ms': self.config.period,
            'seq': self.seq,
        }
        if self.wrong:
            x['wrong'] = self.wrong
        if len(dumps(x)) > BODY - 20:
            x['wrong'] = list(self.wrong)
        return x

    def pages(self, args):
        names = sorted(self.hashes)
        at = args.get('from', 0)
        if type(at) is not int or not 0 <= at <= len(names):
            raise Refused('invalid', 'there is no such page')
        page = []
        room = BODY - 60
        while at < len(names):
            room -= len(names[at]) + 72
            if room < 0:
                break
            page.append([names[at], self.hashes[names[at]]])
            at += 1
        return {'files': page, 'next': at if at < len(names) else None}

    def confirm(self, args):
        if not self.slot or args.get('sw') != self.hashes['/%s/manifest.json' % self.slot]:
            raise Refused('invalid', 'this is not the software that runs')
        if not self.info['keep']():
            raise Refused('write', 'it could not be written down: the file system is full or read-only')
        self.info['boots'] = None
        self.info['fell'] = None
        return {}

    def selftest(self, _):
        checks = []
        for name in NAMES:
            wrong = self.wrong.get(name, '')
            checks.append([name, not wrong, wrong])
        checks.append(['hashes', bool(self.hashes), self.wrong.get('hash', '')])
        for c in self.config.channels:
            raw = c.read()
            checks.append(['channel %s reads' % c.id, raw is not None, '' if raw is None else str(raw)])
        return {'checks': checks}

    def clock(self, args):
        if 'set' in args:
            ms = args['set']
            if type(ms) is not int or not 0 < ms < 1 << 43:
                raise Refused('invalid', 'set is a time in ms')
            self.board.set_wall(ms)
        return {'wall': self.board.wall(), 't': self.board.now()}

    def stream(self, args):
        if args.get('on') not in (True, False):
            raise Refused('invalid', 'on is true or false')
        self.streaming = args['on']
        return {'seq': self.seq + 1}

    def put(self, args):
        self.files.put(args.get('file'), args.get('size'), args.get('sha'))
        return {}

    def data(self, args):
        try:
            block = binascii.a2b_base64(args['b64'].encode())
        except Exception:
            raise Refused('invalid', 'not base64')
        return {'at': self.files.data(args.get('at'), block)}

    def commit(self, _):
        try:
            name, text = self.files.staged()
            made = self.ready(name, text)
            changed = self.files.commit()
        except (Refused, OSError):
            self.files.forget()
            raise
        except Exception as e:
            self.files.forget()
            raise Refused('invalid', str(e)[:100])
        self.use(name, made)
        self.hashes.update(changed)
        if name == 'config':
            self.uplink = uplink(self)
        self.uplink.changed()
        return {'sha': changed[self.files.known(name)], 'seq': self.seq + 1}

    def get(self, args):
        return self.files.get(args.get('file'), args.get('at', 0))

    def ack(self, args):
        rule = args.get('rule')
        if type(rule) is not int or not self.engine or not 0 <= rule < len(self.engine.rule):
            raise Refused('invalid', 'no such rule')
        self.acks.append(rule)
        return {}

    def stop(self, _):
        self.running = False
        return {}

    def reset(self, _):
        return {}


VERBS = {
    'hello': Agent.hello,
    'files': Agent.pages,
    'confirm': Agent.confirm,
    'selftest': Agent.selftest,
    'clock': Agent.clock,
    'stream': Agent.stream,
    'put': Agent.put,
    'data': Agent.data,
    'commit': Agent.commit,
    'get': Agent.get,
    'ack': Agent.ack,
    'net': lambda agent, _: agent.uplink.state(),
    'drop': lambda agent, args: agent.uplink.drop(args),
    'stop': Agent.stop,
    'reset': Agent.reset,
}
