# What comes to the unit through its broker. What only asks is answered to anybody whom the broker lets; what changes
# something is taken as the configuration says. What is refused is counted, and said now and then.
import json

from plumbline import dumps
from plumbline.files import Refused

ASKED = ('hello', 'net')
ORDERS = ('ack', 'shelve')
OFF = 'this unit takes no commands of this kind through its broker'
CALM = 600000  # ms between two records of what was refused


class Requests:
    def __init__(self, agent, commands, secret):
        self.agent = agent
        self.commands = commands  # off, signed, broker
        self.refused = {}  # by what was wrong
        self.untold = False  # a refusal that no record names yet
        self.due = 0
        self.signed = None
        if commands == 'signed':
            from plumbline.commands import Signed, key_of

            self.signed = Signed(agent, key_of(secret.get('command')))

    def answer(self, payload):
        # The answer as JSON, or None where nobody could know whose it is.
        signed = payload[:1] != b'{' and payload[64:65] == b' '
        try:
            if signed and not self.signed:
                raise Refused('off', OFF)
            x = self.signed.opened(payload) if signed else parsed(payload)
        except Refused as e:
            # Nobody knows whose number a wrong signature has.
            self.refuse(e.args[0])
            return said(e.args[2] if len(e.args) > 2 else 0, 'no %s %s' % (e.args[0], dumps(e.args[1])))
        if x is None:
            return self.refuse('form')
        return said(x['id'], self.outcome(x, signed or self.commands == 'broker'))

    def outcome(self, x, allowed):
        verb = x.get('verb')
        if verb in ASKED or verb in ORDERS and allowed:
            return self.agent.outcome(verb, x.get('args') or {})
        if verb not in ORDERS:
            self.refuse('verb')
            return 'no invalid "no such verb"'
        if self.commands == 'off':
            self.refuse('off')
            return 'no off "%s"' % OFF
        self.refuse('signature')
        return 'no signature "a command like this must be signed"'

    def refuse(self, code):
        self.refused[code] = self.refused.get(code, 0) + 1
        self.untold = True

    def untold_at(self, t):
        # Seldom true: whoever sends nonsense is not to fill the flash with it.
        if not self.untold or t < self.due:
            return False
        self.untold = False
        self.due = t + CALM
        return True


def parsed(payload):
    try:
        x = json.loads(payload.decode())
    except Exception:
        return None
    return x if type(x) is dict and type(x.get('id')) is int and 0 <= x['id'] < 1 << 53 else None


def said(id, words):
    if words[:3] == 'ok ':
        return '{"id":%d,"ok":%s}' % (id, words[3:])
    code, words = words[3:].split(' ', 1)
    return '{"id":%d,"no":["%s",%s]}' % (id, code, words)
