# Test: what the agent's engine makes of vectors, as the verb answers it: as it is, and with each change in its text.
# Arguments: the folder of the agent, and one to change it in.
import json
import shutil
import signal
import sys

source, place = sys.argv[1] + '/plumbline', sys.argv[2] + '/plumbline'
shutil.copytree(source, place)
sys.path.insert(0, sys.argv[2])
given = json.load(sys.stdin)


def hangs(*_):
    raise TimeoutError


# Some never come to an end: on a unit, no answer.
signal.signal(signal.SIGALRM, hangs)


def decide():
    signal.alarm(5)
    for name in [name for name in sys.modules if name.split('.')[0] == 'plumbline']:
        del sys.modules[name]
    try:
        from plumbline.vectors import Vectors

        run = Vectors(json.dumps(given['form']), 'r')
        for at, frames in enumerate(given['vectors']):
            run.piece({'at': at, 'new': True, 'fr': frames})
        return run.end()['hash']
    except Exception as e:
        return type(e).__name__


print(json.dumps(decide()))
for name, old, changed in given['mutants']:
    path = '%s/%s.py' % (place, name)
    text = open(path).read()
    with open(path, 'w') as f:
        f.write(text.replace(old, changed, 1))
    print(json.dumps(decide() if old in text else 'not there'))
    with open(path, 'w') as f:
        f.write(text)
