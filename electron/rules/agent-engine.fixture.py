# The unit's engine for the tests: lines {"form", "boot", "frames", "split"} in; events, what would outlive a reboot, and
# the whole state out. With "split" it is saved and taken up by a new engine after every frame.
import json
import sys

sys.path.insert(0, sys.argv[1])
from plumbline.rules import Engine
from plumbline.state import boot, persist, restore, save

for line in sys.stdin:
    case = json.loads(line)
    try:
        engine = Engine(case['form'], 'r')
    except ValueError as e:
        print(json.dumps({'refused': str(e)}), flush=True)
        continue
    if 'boot' in case:
        boot(engine, case['boot'])
    out = []
    for frame in case['frames']:
        out.extend(engine.feed(*frame))
        if case.get('split'):
            state = save(engine)
            engine = Engine(case['form'], 'r')
            restore(engine, json.loads(state))
            assert save(engine) == state
    print(json.dumps({'out': out, 'kept': persist(engine), 'state': save(engine)}), flush=True)
