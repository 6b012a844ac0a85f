# The edge agent: scans the channels at a fixed period, runs the rules, answers every request exactly once.
from plumbline import BODY, Lines, dumps, encode, verbs
from plumbline.board import board
from plumbline.config import Config, calibration, parse
from plumbline.files import NAMES, UNABLE, Files
from plumbline.offline import Offline, uplink
from plumbline.recent import Recent

WEEK = 60000  # ms after which a schedule's clock is set anew
FIRST = 1000  # ms from the announcement to the first scan, at most


def start(info):
    # What /main.py calls: the slot, starts left, and the hashes of what was just imported.
    Agent(board(), info).run()


class Agent:
    def __init__(self, board, info):
        self.board = board
        self.info = info
        self.slot = info['slot']
        self.files = Files(board.root, self.slot, info.get('config'))
        self.hashes = info['hashes']
        if self.hashes:
            self.hashes.update(self.files.hashes())
        self.boot = self.files.count()
        self.lines = Lines()
        self.wrong = {}  # what is wrong with a file in force, in words
        self.config = Config(None, None)
        self.engine = None
        self.actions = self.keeper = None
        self.uplink = Offline(None)
        self.seq = 0
        self.number = 0  # of the last record that was to go up
        self.t = -1
        self.acks = []
        self.shelves = []
        self.recent = Recent()
        self.vectors = None
        self.week = 0  # when the engine is to hear the time of the week
        self.booted = ((), ())
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
        if self.engine:
            self.booted = self.keeper.boot(self.engine)
            self.actions.follow()

    # --- the three files

    def ready(self, name, text):
        # What a file's text comes to, with the other two as they are; raises where it cannot be used.
        config = self.config
        if name == 'config':
            config = Config(text, self.board.adc)
            self.fits(config)
        lines = calibration(text if name == 'calibration' else self.kept('calibration'), config.channels)
        rules = text if name == 'rules' else self.kept('rules')
        if rules is None:
            return config, lines, None, None
        # Without rules, nothing of them takes RAM.
        from plumbline.actions import Actions
        from plumbline.rules import Engine

        engine = Engine(parse(rules, 'rules'))
        for known in engine.names if name == 'rules' else ():
            if known not in [c.id for c in config.channels]:
                raise ValueError('there is no channel %s' % known[:20])
        return config, lines, engine, Actions(engine, self.board.output, [c.pin for c in config.channels])

    def use(self, name, made):
        if self.actions:
            self.actions.release()
        self.config, lines, self.engine, self.actions = made
        for c in self.config.channels:
            c.line = lines.get(c.id)
        self.acks = []
        self.shelves = []
        self.vectors = None
        self.week = 0
        self.booted = ((), ())  # a new engine starts cold
        if self.engine:
            from plumbline.keep import Keeper

            self.actions.follow()
            self.keeper = self.keeper or Keeper(self.board.root)
            self.engine.touched = True
        self.wrong.pop(name, None)

    def kept(self, name):
        return None if name in self.wrong else self.files.text(name)

    def fits(self, config):
        # A hello that does not fit into a line could never be given.
        old = self.config
        self.config = config
        size = len(dumps(self.hello()))
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
        if self.engine and self.engine.weekly and t >= self.week:
            from plumbline.week import of

            self.week = t + WEEK
            inputs['$week'] = of(self.board.wall(), self.config.offset)
            frame.append('$week=' + dumps(inputs['$week']))
        acks = self.acks
        shelves = self.shelves
        self.acks = []
        self.shelves = []
        if self.streaming:
            # All that the engine takes in: who hears it can decide as it does.
            frame += ['$ack=%d' % i for i in acks] + ['$shelve=%d:%d' % s for s in shelves]
            self.say(' '.join(frame))
        if self.engine:
            events = self.engine.feed(t, inputs, acks, shelves)
            if events:
                self.actions.follow()
            for event in events:
                self.recent.add(self.seq, event)
                if self.streaming:
                    self.say('!%d %d %d %s' % ((self.seq,) + event[:3]) + (' 1' if len(event) > 3 else ''))
                self.uplink.event(self.seq, event[0], self.engine.ids[event[1]], event[2], len(event) > 3)
        inputs.pop('$week', None)
        self.uplink.frame(self.seq, t, inputs)
        self.uplink.keep(t)
        if self.engine:
            # After the events: a power cut between the two repeats an event rather than losing it.
            self.keeper.look(self.engine, t)

    def run(self):
        self.say('#' + dumps(self.hello()))
        self.connect()
        # Later than the announcement: who hears that can have the very first frame.
        due = self.board.now() + min(self.config.period, FIRST)
        while self.running and not self.board.ended:
            now = self.board.now()
            due = min(due, now + self.config.period)  # the period may have become shorter
            if now >= due:
                self.scan()
                # The next multiple of the period: late scans do not shift the later ones.
                due += self.config.period * (1 + (now - due) // self.config.period)
            wait = max(0, min(due - self.board.now(), 1 if self.uplink.busy() else 20))
            for body in self.lines.feed(self.board.read(wait)):
                verbs.answer(self, body)
            self.uplink.poll()
        self.uplink.close()

    def connect(self):
        self.uplink = uplink(self)

    def hello(self):
        return verbs.hello(self, None)

    def outcome(self, verb, args):
        # Of what came another way than over the line.
        return verbs.outcome(self, ['', verb, dumps(args)])

    def say(self, body):
        self.board.write(encode(body))
