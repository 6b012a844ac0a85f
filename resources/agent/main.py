# Starts the edge agent out of slot /a or /b: the one that the newer of the records /plumbline/slot.0 and slot.1 names.
# All of a slot must hash as its manifest says before anything of it is imported; else the other slot is taken. A slot
# on trial has so many starts, counted here, until the agent is told to keep it; then the other one is taken. What hangs
# without an error is given up in the same way: by starts, which a reset or a power cycle makes.
# With CPython: python3 main.py --root DIR [--unit HEX] [--mqtt own]; without records in DIR what runs lies beside this file.
# Or --config FILE: this configuration, with what lies beside this file; the rest is kept below the folder of FILE, or
# below --root.
import binascii
import json
import os
import sys

CPYTHON = sys.implementation.name == 'cpython'
GIVEN = dict(zip(sys.argv[1::2], sys.argv[2::2])) if CPYTHON else {}
CONFIG = os.path.abspath(GIVEN['--config']) if '--config' in GIVEN else None
ROOT = GIVEN.get('--root', os.path.dirname(CONFIG) if CONFIG else '')
RECORD = ROOT + '/plumbline/slot.%d'
SLOTS = ('a', 'b')
now = [0, None]  # number of the record file that counts, and what it says


block = bytearray(512)
part = memoryview(block)


def digest(path):
    # None where there is no such file. Nothing is left for the garbage collector, whatever the size.
    import hashlib

    h = hashlib.sha256() if hasattr(hashlib, 'sha256') else hashlib.new('sha256')
    try:
        with open(path, 'rb') as f:
            n = f.readinto(block)
            while n:
                h.update(part[:n])
                n = f.readinto(block)
        return binascii.hexlify(h.digest()).decode()
    except OSError:
        return None


def line(record):
    # <n> <slot> <starts left, or - once it is kept> <slot to fall back to, or -> <fallen from:why, or ->*<CRC-16>
    text = ' '.join(['-' if x is None else str(x) for x in record])
    c = 0xFFFF
    for b in text.encode():
        c ^= b << 8
        for _ in range(8):
            c = (c << 1 ^ (0x1021 if c & 0x8000 else 0)) & 0xFFFF
    return '%s*%04X\n' % (text, c)


def record(i):
    # None for one that is missing, torn or not exactly what line() makes.
    try:
        with open(RECORD % i, 'rb') as f:
            text = f.read(80).decode()
        n, slot, boots, other, fell = [None if x == '-' else x for x in text.split('*')[0].split(' ')]
        r = [int(n), slot, None if boots is None else int(boots), other, fell]
        good = 0 < r[0] < 10**9 and slot in SLOTS and r[2] in (None, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)
        good = good and (other is None or other in SLOTS and other != slot)
        good = good and (fell is None or fell[:2] in ('a:', 'b:') and fell[2:] in ('boots', 'hash', 'error'))
        return r if good and line(r) == text else None
    except (OSError, ValueError, TypeError):
        return None


def newest():
    both = record(0), record(1)
    now[0] = 1 if both[1] and (not both[0] or both[1][0] > both[0][0]) else 0
    now[1] = both[now[0]]
    return now[1]


def point(slot, boots, other, fell):
    # Into the file that does not count: a write that is cut leaves the one that does.
    now[1] = [now[1][0] + 1, slot, boots, other, fell]
    try:
        with open(RECORD % (1 - now[0]), 'wb') as f:
            f.write(line(now[1]).encode())
        if hasattr(os, 'sync'):
            os.sync()
        now[0] = 1 - now[0]
        return True
    except OSError:
        return False


def mend(path, sha=None):
    # Ends a replacement that the agent had proven and that was cut before its last rename.
    for end in ('.new', '.old') if digest(path) is None or sha else ():
        if digest(path + end) == sha if sha else digest(path + end):
            if digest(path):
                os.remove(path)
            os.rename(path + end, path)
            return True


def sound(slot):
    # Path -> hash of all files of the slot; None where anything is not as its manifest says.
    base = '%s/%s' % (ROOT, slot)
    try:
        mend(base + '/manifest.json')
        sw = digest(base + '/manifest.json')
        with open(base + '/manifest.json', 'rb') as f:
            files = json.loads(f.read().decode())['files']
        found = {'/%s/manifest.json' % slot: sw}
        for path, _, sha in files:
            if digest(base + path) != sha and not mend(base + path, sha):
                return None
            found['/%s%s' % (slot, path)] = sha
        return found
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep():
    # False where it could not be written down.
    old = now[1]
    if old and old[2] is not None and not point(old[1], None, old[3], None):
        now[1] = old
        return False
    return True


def choose():
    # The slot to start with its hashes; falls back, and counts a start on trial, before anything is started.
    _, slot, boots, other, fell = now[1]
    found, why = None, 'boots'
    # A start that could not be counted is not made, where there is another slot.
    if boots is None or boots and point(slot, boots - 1, other, fell):
        found, why = sound(slot), 'hash'
    if not found and other:
        found = sound(other)
        if found and not point(other, None, None, slot + ':' + why):
            # What could not be written down does not count at the next start.
            now[1][4] = slot + ':write'
    if not found and why == 'boots':
        found = sound(slot)  # nothing else is there
    return found


def beside():
    code = os.path.dirname(os.path.abspath(__file__))
    names = ['/main.py']
    for folder in [f for f in ('clients', 'inputs', 'plumbline') if os.path.isdir(code + '/' + f)]:
        names += ['/%s/%s' % (folder, n) for n in sorted(os.listdir(code + '/' + folder)) if n[-3:] == '.py']
    try:
        return {name: digest(code + name) for name in names}
    except (ImportError, AttributeError, ValueError):
        return {}


def main():
    if CONFIG:
        os.makedirs(ROOT + '/plumbline', exist_ok=True)
        found = beside()
    elif newest():
        found = choose()
    elif CPYTHON:
        found = beside()
    else:
        found = None
    if found is None:
        print(line(['#{"unbootable":"%s"}' % ('no slot is sound' if now[1] else 'no slot was chosen')]), end='')
        return
    _, slot, boots, other, fell = now[1] or [0, None, None, None, None]
    if slot:
        sys.path[0:0] = ['%s/%s' % (ROOT, slot), '%s/%s/lib' % (ROOT, slot)]
    try:
        from plumbline.agent import start

        start({'root': ROOT, 'slot': slot, 'boots': boots, 'fell': fell, 'hashes': found, 'keep': keep, 'config': CONFIG})
    except Exception as e:
        if not now[1] or now[1][2] is None or not other or not sound(other):
            raise
        # On trial, and it ended in an error: the other slot, at once.
        point(other, None, None, slot + ':error')
        if hasattr(sys, 'print_exception'):
            sys.print_exception(e)
        else:
            print(type(e).__name__ + ': ' + str(e), file=sys.stderr)
        sys.exit()


try:
    main()
except KeyboardInterrupt:
    pass
