# What the app asks, over the line or through the broker, and what it is answered.
import binascii
import json

from plumbline import BODY, ENGINE, VERSION, dumps
from plumbline.files import NAMES, Refused


def answer(agent, body):
    if body is None:
        return agent.say('=0 no checksum "the line was damaged"')
    if body[:1] != '?':
        return
    head = body[1:].split(' ', 2)
    if not head[0].isdigit() or not 0 < len(head[0]) <= 6:
        return agent.say('=0 no invalid "a request needs a number"')
    words = outcome(agent, head)
    if len(words) > BODY - 8:
        words = 'no invalid "the answer does not fit into a line"'
    agent.say('=%s %s' % (head[0], words))
    if head[1:2] == ['reset'] and words[:2] == 'ok':
        agent.uplink.close()
        agent.board.reset()


def outcome(agent, head):
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
        return 'ok ' + dumps(verb(agent, args))
    except Refused as e:
        return 'no %s %s' % (e.args[0], dumps(e.args[1]))
    except Exception as e:
        if isinstance(e, OSError) and e.args and e.args[0] == 28:
            return 'no space "the file system is full"'
        return 'no failed ' + dumps((type(e).__name__ + ' ' + str(e))[:80])


def revision(agent):
    rules = agent.hashes.get('/plumbline/rules.json')
    return rules[:8] if rules and agent.engine else None


def hello(agent, _):
    fell = agent.info['fell']
    x = {
        'agent': VERSION,
        'unit': agent.board.unit(),
        'impl': agent.board.impl,
        'eng': ENGINE,
        'boot': agent.boot,
        't': agent.board.now(),
        'tag': agent.config.tag,
        'slot': agent.slot,
        'sw': agent.hashes.get('/%s/manifest.json' % agent.slot),
        'boots': agent.info['boots'],
        'fell': fell and {'from': fell[0], 'why': fell[2:]},
        'n': len(agent.hashes),
        'channels': [c.id for c in agent.config.channels],
        'rev': revision(agent),
        'period_ms': agent.config.period,
        'seq': agent.seq,
        'kept': len(agent.booted[0]) + len(agent.booted[1]),
    }
    if agent.wrong:
        x['wrong'] = agent.wrong
    if len(dumps(x)) > BODY - 20:
        x['wrong'] = list(agent.wrong)
    return x


def pages(agent, args):
    names = sorted(agent.hashes)
    at = args.get('from', 0)
    if type(at) is not int or not 0 <= at <= len(names):
        raise Refused('invalid', 'there is no such page')
    page = []
    room = BODY - 60
    while at < len(names):
        room -= len(names[at]) + 72
        if room < 0:
            break
        page.append([names[at], agent.hashes[names[at]]])
        at += 1
    return {'files': page, 'next': at if at < len(names) else None}


def confirm(agent, args):
    if not agent.slot or args.get('sw') != agent.hashes['/%s/manifest.json' % agent.slot]:
        raise Refused('invalid', 'this is not the software that runs')
    if not agent.info['keep']():
        raise Refused('write', 'it could not be written down: the file system is full or read-only')
    agent.info['boots'] = None
    agent.info['fell'] = None
    return {}


def selftest(agent, _):
    checks = []
    for name in NAMES:
        wrong = agent.wrong.get(name, '')
        checks.append([name, not wrong, wrong])
    checks.append(['hashes', bool(agent.hashes), agent.wrong.get('hash', '')])
    for c in agent.config.channels:
        raw = c.read()
        checks.append(['channel %s reads' % c.id, raw is not None, '' if raw is None else str(raw)])
    return {'checks': checks}


def clock(agent, args):
    if 'set' in args:
        ms = args['set']
        if type(ms) is not int or not 0 < ms < 1 << 43:
            raise Refused('invalid', 'set is a time in ms')
        agent.board.set_wall(ms)
        agent.week = 0
    return {'wall': agent.board.wall(), 't': agent.board.now()}


def stream(agent, args):
    if args.get('on') not in (True, False):
        raise Refused('invalid', 'on is true or false')
    agent.streaming = args['on']
    return {'seq': agent.seq + 1}


def put(agent, args):
    agent.files.put(args.get('file'), args.get('size'), args.get('sha'))
    return {}


def data(agent, args):
    try:
        block = binascii.a2b_base64(args['b64'].encode())
    except Exception:
        raise Refused('invalid', 'not base64')
    return {'at': agent.files.data(args.get('at'), block)}


def commit(agent, _):
    before = agent.hashes.get('/plumbline/rules.json')
    try:
        name, text = agent.files.staged()
        made = agent.ready(name, text)
        changed = agent.files.commit()
    except (Refused, OSError):
        agent.files.forget()
        raise
    except Exception as e:
        agent.files.forget()
        raise Refused('invalid', str(e)[:100])
    agent.use(name, made)
    agent.hashes.update(changed)
    if agent.hashes.get('/plumbline/rules.json') != before:
        agent.recent.forget()  # they name rules by their place
    if agent.streaming:
        # Whoever compares decisions must know that the engine has started anew, whoever asked for it.
        agent.say('#' + dumps({'rev': revision(agent), 'from': agent.seq + 1}))
    if name == 'config':
        agent.connect()
    agent.uplink.changed()
    return {'sha': changed[agent.files.known(name)], 'seq': agent.seq + 1}


def get(agent, args):
    return agent.files.get(args.get('file'), args.get('at', 0))


def ruled(agent, args):
    # By its place or, from those who know it only from its events, by its id.
    rule = args.get('rule')
    if type(rule) is str and agent.engine and rule in agent.engine.ids:
        rule = agent.engine.ids.index(rule)
    if type(rule) is not int or not agent.engine or not 0 <= rule < len(agent.engine.rule):
        raise Refused('invalid', 'no such rule')
    return rule


def ack(agent, args):
    rule = ruled(agent, args)
    if rule not in agent.acks:
        agent.acks.append(rule)
    return {}


def shelve(agent, args):
    # For so many ms from the next frame on; 0 ends it.
    rule = ruled(agent, args)
    ms = args.get('ms')
    if type(ms) is not int or not 0 <= ms <= 1 << 31:
        raise Refused('invalid', 'ms is 0..2147483648')
    until = max(agent.board.now(), agent.t + 1) + ms if ms else 0
    agent.shelves.append((rule, until))
    return {'seq': agent.seq + 1, 'until': until}


def kept(agent, args):
    # What the engine started with after the reboot, in pages: records and shelves.
    rules, shelves = agent.booted
    at = args.get('from', 0)
    if type(at) is not int or not 0 <= at <= len(rules) + len(shelves):
        raise Refused('invalid', 'there is no such page')
    page = [], []
    room = BODY - 80
    while at < len(rules) + len(shelves):
        which = at >= len(rules)
        x = shelves[at - len(rules)] if which else rules[at]
        room -= len(dumps(x)) + 1
        if room < 0:
            break
        page[which].append(x)
        at += 1
    return {'rules': page[0], 'shelves': page[1], 'next': at if at < len(rules) + len(shelves) else None}


def events(agent, args):
    # By their number since the boot, in pages; older ones than are here are passed over.
    recent = agent.recent
    at = args.get('from', 0)
    if type(at) is not int or at < 0:
        raise Refused('invalid', 'from is a number')
    at = first = max(at, recent.oldest)
    page = []
    room = BODY - 140
    while at < recent.n:
        event = recent.event(at)
        room -= len(dumps(event)) + 1
        if room < 0:
            break
        page.append(event)
        at += 1
    return {
        'boot': agent.boot,
        'rev': revision(agent),
        't': agent.board.now(),
        'wall': agent.board.wall(),
        'at': first,
        'events': page,
        'next': at if at < recent.n else None,
    }


def vectors(agent, args):
    # {"begin":true}, pieces, {"end":true}; what a vector needs is loaded only for them.
    if args.get('begin'):
        from plumbline.vectors import Vectors

        agent.vectors = None
        text = agent.kept('rules')
        if not text or not agent.engine:
            raise Refused('missing', 'no rules are in force')
        agent.vectors = Vectors(text, agent.hashes['/plumbline/rules.json'][:8])
        return {'rev': agent.vectors.rev}
    if not agent.vectors:
        raise Refused('order', 'vectors were not begun')
    if args.get('end'):
        done = agent.vectors.end()
        agent.vectors = None
        return done
    return agent.vectors.piece(args)


def stop(agent, _):
    agent.running = False
    return {}


def reset(agent, _):
    return {}


VERBS = {
    'hello': hello,
    'files': pages,
    'confirm': confirm,
    'selftest': selftest,
    'clock': clock,
    'stream': stream,
    'put': put,
    'data': data,
    'commit': commit,
    'get': get,
    'ack': ack,
    'shelve': shelve,
    'kept': kept,
    'events': events,
    'vectors': vectors,
    'net': lambda agent, _: agent.uplink.state(),
    'drop': lambda agent, args: agent.uplink.drop(args),
    'stop': stop,
    'reset': reset,
}
