# Starts the edge agent. Its files are hashed before anything is imported: what runs is what was hashed.
# With CPython: python3 main.py --root DIR [--unit HEX] keeps the three files in DIR/plumbline.
import binascii
import os
import sys


def sha256():
    # None where the firmware has none: CircuitPython offers it as hashlib.new('sha256') only, small boards not at all.
    try:
        import hashlib

        return hashlib.sha256() if hasattr(hashlib, 'sha256') else hashlib.new('sha256')
    except (ImportError, AttributeError, ValueError):
        return None


# sha256 and digest stand in plumbline/files.py once more: this file must hash that one before it imports it.
def digest(path):
    h = sha256()
    with open(path, 'rb') as f:
        while True:
            block = f.read(256)
            if not block:
                return binascii.hexlify(h.digest()).decode()
            h.update(block)


def there(path):
    try:
        os.stat(path)
        return True
    except OSError:
        return False


def count(path):
    # Number of this start, kept over the next.
    try:
        with open(path) as f:
            n = int(f.read())
    except (OSError, ValueError):
        n = 0
    try:
        with open(path, 'w') as f:
            f.write(str(n + 1))
    except OSError:
        pass
    return n + 1


def main():
    code = root = ''
    if sys.implementation.name == 'cpython':
        code = os.path.dirname(os.path.abspath(__file__))
        root = sys.argv[sys.argv.index('--root') + 1]
        os.makedirs(root + '/plumbline', exist_ok=True)
    hashes = {}
    able = sha256() is not None
    if able:
        hashes['/main.py'] = digest(code + '/main.py')
        for name in sorted(os.listdir(code + '/plumbline')):
            if name[-3:] == '.py':
                hashes['/plumbline/' + name] = digest(code + '/plumbline/' + name)
    for name in ('config', 'calibration', 'rules'):
        path = '/plumbline/%s.json' % name
        if not there(root + path) and there(root + path + '.old'):
            os.rename(root + path + '.old', root + path)
        if able and there(root + path):
            hashes[path] = digest(root + path)
    from plumbline.agent import Agent
    from plumbline.board import board

    Agent(board(), hashes, count(root + '/plumbline/boot')).run()


try:
    main()
except KeyboardInterrupt:
    pass
