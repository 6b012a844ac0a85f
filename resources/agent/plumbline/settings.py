# The mqtt of config.json.
from plumbline.trouble import Trouble


def text(x, name, most):
    value = x.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= most:
        raise Trouble('files', 'config', 'mqtt.%s in config.json is not text of at most %d' % (name, most))
    return value


def checked(x, unit):
    # The mqtt of config.json with everything in it.
    if type(x) is not dict:
        raise Trouble('files', 'config', 'mqtt in config.json is not an object')
    port = x.get('port', 8883)
    keepalive = x.get('keepalive', 15)
    if type(port) is not int or not 0 < port < 65536 or type(keepalive) is not int or not 0 < keepalive < 65536:
        raise Trouble('files', 'config', 'port or keepalive in config.json is not a number of use')
    y = {'port': port, 'keepalive': keepalive, 'tls': x.get('tls', True) is not False}
    y['backlog'] = x.get('backlog_per_s', 50)
    y['window'] = x.get('window', 8)
    if type(y['backlog']) is not int or not 10 <= y['backlog'] <= 10000 or y['window'] not in range(1, 21):
        raise Trouble('files', 'config', 'backlog_per_s or window in config.json is not a number of use')
    y['summary'] = x.get('summary_s', 0)
    if type(y['summary']) is not int or not 0 <= y['summary'] <= 3600:
        raise Trouble('files', 'config', 'summary_s in config.json is not 0..3600')
    y['summary'] *= 1000
    y['commands'] = x.get('commands', 'off')
    if y['commands'] not in ('off', 'signed', 'broker'):
        raise Trouble('files', 'config', 'commands in config.json is not off, signed or broker')
    y['host'] = text(x, 'host', 253)
    y['login'] = x.get('login', 'anonymous')
    y['name'] = text(x, 'name', 253) if x.get('name') else y['host']
    y['user'] = text(x, 'user', 200) if x.get('user') else None
    y['client'] = text(x, 'client', 120) if x.get('client') else 'plumbline-' + unit
    y['base'] = '%s/%s' % (text(x, 'topic', 60) if x.get('topic') else 'plumbline', unit)
    if y['login'] not in ('anonymous', 'password', 'certificate') or y['login'] == 'certificate' and not y['tls']:
        raise Trouble('files', 'config', 'mqtt.login in config.json is not one that is known, or needs tls')
    return y
