import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChange, emptyImage, type FileImage } from './file-image.ts';
import { BoardFiles, type FileSystem, type OpenMode } from './file-system.ts';
import { errno, FileError } from './file-tree.ts';

const modes = {
  r: { write: false, create: false, exclusive: false, truncate: false, append: false },
  w: { write: true, create: true, exclusive: false, truncate: true, append: false },
  a: { write: true, create: true, exclusive: false, truncate: false, append: true },
  x: { write: true, create: true, exclusive: true, truncate: false, append: false },
  'r+': { write: true, create: false, exclusive: false, truncate: false, append: false },
} satisfies Record<string, OpenMode>;
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

function newBoard(image: FileImage = emptyImage(), kind: FileSystem = 'littlefs') {
  let full = false;
  let locked = false;
  const files = new BoardFiles({
    image,
    rom: { 'machine.py': 'pass' },
    onDurable: (change) => applyChange(image, change),
    isFull: () => full,
    isReadOnly: () => locked,
    kind,
  });
  const write = (path: string, value: string | Uint8Array): void => {
    const open = files.open(path, modes.w);
    files.write(open, typeof value === 'string' ? text(value) : value);
    files.close(open);
  };
  const read = (path: string): string => {
    const open = files.open(path, modes.r);
    const bytes = files.read(open, 1e6);
    files.close(open);
    return Buffer.from(bytes).toString();
  };
  return {
    files,
    image,
    write,
    read,
    fill: (on: boolean) => (full = on),
    lock: (on: boolean) => (locked = on),
  };
}

/** What would be in the flash after a cut now. */
const inFlash = (image: FileImage, path: string): string | null => {
  const bytes = image.files.get(path);
  return bytes ? Buffer.from(bytes).toString() : null;
};

const errorOf = (action: () => unknown): number | null => {
  try {
    action();
    return null;
  } catch (thrown) {
    if (thrown instanceof FileError) return thrown.errno;
    throw thrown;
  }
};

describe('error numbers', () => {
  const { files, write } = newBoard();
  write('/file', 'x');
  files.makeDirectory('/full');
  write('/full/inner', 'y');
  files.makeDirectory('/empty');

  it.each<[string, () => unknown, number]>([
    ['open what is not there', () => files.open('/no', modes.r), errno.ENOENT],
    ['open below what is not there', () => files.open('/no/a', modes.w), errno.ENOENT],
    ['open below a file', () => files.open('/file/a', modes.r), errno.ENOTDIR],
    ['open a directory', () => files.open('/full', modes.r), errno.EISDIR],
    ['create what is there', () => files.open('/file', modes.x), errno.EEXIST],
    [
      'write to what was opened for reading',
      () => files.write(files.open('/file', modes.r), text('a')),
      errno.EBADF,
    ],
    ['list a file', () => files.list('/file'), errno.ENOTDIR],
    ['make a directory that is there', () => files.makeDirectory('/full'), errno.EEXIST],
    ['remove a directory with files', () => files.remove('/full'), errno.ENOTEMPTY],
    ['remove what is not there', () => files.remove('/no'), errno.ENOENT],
    ['remove the root', () => files.remove('/'), errno.EINVAL],
    ['rename what is not there', () => files.rename('/no', '/a'), errno.ENOENT],
    ['rename a file over a directory', () => files.rename('/file', '/empty'), errno.EISDIR],
    ['rename a directory over a file', () => files.rename('/empty', '/file'), errno.ENOTDIR],
    ['rename over a directory with files', () => files.rename('/empty', '/full'), errno.ENOTEMPTY],
    ['rename into itself', () => files.rename('/full', '/full/a'), errno.EINVAL],
    ['use too long a name', () => files.open(`/${'n'.repeat(256)}`, modes.w), errno.ENAMETOOLONG],
    ['write into the firmware', () => files.open('/rom/machine.py', modes.w), errno.EROFS],
    ['create in the firmware', () => files.open('/rom/new', modes.w), errno.EROFS],
  ])('%s', (_, action, number) => {
    expect(errorOf(action)).toBe(number);
  });
});

describe('what a power cut leaves', () => {
  it('is the old content until the new one is flushed or closed', () => {
    const { files, image, write } = newBoard();
    write('/a', 'old');
    const open = files.open('/a', modes.w);
    files.write(open, text('new '));
    expect(inFlash(image, '/a')).toBe('old');
    files.flush(open);
    expect(inFlash(image, '/a')).toBe('new ');
    files.write(open, text('and more'));
    expect(inFlash(image, '/a')).toBe('new ');
    files.close(open);
    expect(inFlash(image, '/a')).toBe('new and more');
  });

  it('is an empty file where a new one was not flushed', () => {
    const { files, image } = newBoard();
    files.write(files.open('/new', modes.w), text('lost'));
    expect(inFlash(image, '/new')).toBe('');
  });

  it('has a renamed file in full under one name only', () => {
    const { files, image, write } = newBoard();
    write('/a', 'old');
    write('/a.new', 'new');
    files.rename('/a.new', '/a');
    expect([...image.files.keys()]).toEqual(['/a']);
    expect(inFlash(image, '/a')).toBe('new');
  });

  it('is what the next power-up finds, directories and all', () => {
    const first = newBoard();
    first.files.makeDirectory('/d');
    first.files.makeDirectory('/d/e');
    first.write('/d/e/f', 'kept');
    first.files.rename('/d', '/g');
    const second = newBoard(first.image);
    expect(second.read('/g/e/f')).toBe('kept');
    expect(second.files.list('/').map((node) => node.name)).toEqual(['g']);
  });

  it('equals the tree itself after any sequence of finished steps', () => {
    const path = fc.constantFrom('/a', '/b', '/d', '/d/a', '/d/b', '/d/e', '/d/e/f');
    const step = fc.oneof(
      fc.tuple(fc.constant('write' as const), path, fc.string({ maxLength: 5 })),
      fc.tuple(fc.constant('append' as const), path, fc.string({ maxLength: 5 })),
      fc.tuple(fc.constant('mkdir' as const), path, path),
      fc.tuple(fc.constant('remove' as const), path, path),
      fc.tuple(fc.constant('rename' as const), path, path),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const board = newBoard();
        for (const [kind, at, value] of steps) errorOf(() => take(board, kind, at, value));
        const again = newBoard(board.image);
        expect(flat(again.files)).toEqual(flat(board.files));
      }),
      { numRuns: 300 },
    );
  });
});

type Step = 'write' | 'append' | 'mkdir' | 'remove' | 'rename';

function take({ files, write }: ReturnType<typeof newBoard>, kind: Step, at: string, value: string): void {
  if (kind === 'write') write(at, value);
  else if (kind === 'mkdir') files.makeDirectory(at);
  else if (kind === 'remove') files.remove(at);
  else if (kind === 'rename') files.rename(at, value);
  else {
    const open = files.open(at, modes.a);
    files.write(open, text(value));
    files.close(open);
  }
}

function flat(files: BoardFiles, directory = '/'): Record<string, string | null> {
  const found: Record<string, string | null> = {};
  for (const node of files.list(directory)) {
    const path = `${directory === '/' ? '' : directory}/${node.name}`;
    found[path] = node.kind === 'file' ? Buffer.from(node.bytes).toString() : null;
    if (node.kind === 'directory') Object.assign(found, flat(files, path));
  }
  return found;
}

describe('room', () => {
  it('is 1.4 MB, is counted in blocks, and ends with ENOSPC that leaves the old file', () => {
    const { files, image, write } = newBoard();
    const before = files.statvfs();
    expect(before.blocks * before.blockBytes).toBe(1_441_792);
    write('/a', 'x'.repeat(4097));
    expect(files.statvfs().free).toBe(before.free - 2);
    expect(errorOf(() => write('/big', new Uint8Array(before.free * before.blockBytes)))).toBe(errno.ENOSPC);
    expect(errorOf(() => write('/fits', new Uint8Array((before.free - 2) * before.blockBytes)))).toBeNull();
    expect(files.statvfs().free).toBe(0);
    expect(errorOf(() => files.makeDirectory('/d'))).toBe(errno.ENOSPC);
    expect(inFlash(image, '/a')).toBe('x'.repeat(4097));
    files.remove('/fits');
    expect(errorOf(() => files.makeDirectory('/d'))).toBeNull();
  });

  it('is needed twice while a file is written anew', () => {
    const { files, write } = newBoard();
    const half = new Uint8Array(180 * 4096);
    write('/a', half);
    const open = files.open('/a', modes.w);
    expect(errorOf(() => files.write(open, half))).toBe(errno.ENOSPC);
  });

  it('is gone while the disk is filled', () => {
    const { files, write, read, fill } = newBoard();
    write('/a', 'old');
    fill(true);
    expect(files.statvfs().free).toBe(0);
    expect(errorOf(() => write('/a.new', 'new'))).toBe(errno.ENOSPC);
    expect(read('/a')).toBe('old');
    fill(false);
    expect(errorOf(() => write('/a.new', 'new'))).toBeNull();
  });
});

describe('positions', () => {
  it('seek, append and update in place', () => {
    const { files, write, read } = newBoard();
    write('/a', '0123456789');
    const update = files.open('/a', modes['r+']);
    expect(files.seek(update, 3, 0)).toBe(3);
    files.write(update, text('ab'));
    expect(files.seek(update, -1, 2)).toBe(9);
    expect(Buffer.from(files.read(update, 5)).toString()).toBe('9');
    expect(errorOf(() => files.seek(update, -1, 0))).toBe(errno.EINVAL);
    files.close(update);
    const append = files.open('/a', modes.a);
    files.seek(append, 0, 0);
    files.write(append, text('!'));
    files.close(append);
    expect(read('/a')).toBe('012ab56789!');
  });

  it('find `.`, `..` and the working directory', () => {
    const { files, write, read } = newBoard();
    files.makeDirectory('/d');
    files.workingDirectory = '/d';
    write('x', 'in d');
    expect(read('/d/../d/./x')).toBe('in d');
    expect(files.list('.').map((node) => node.name)).toEqual(['x']);
    expect(files.list('/').map((node) => node.name)).toEqual(['d']);
    expect(read('/rom/machine.py')).toBe('pass');
  });
});

describe('on FAT', () => {
  it('a name is found in any case, and stays as it was written', () => {
    const { files, image, write, read } = newBoard(emptyImage(), 'fat');
    write('/Main.py', 'x');
    expect(read('/MAIN.PY')).toBe('x');
    write('/main.PY', 'y');
    expect([...image.files.keys()]).toEqual(['/Main.py']);
    expect(files.list('/').map(({ name }) => name)).toEqual(['Main.py']);
  });

  it('renaming to a name that is taken fails, and both files stay', () => {
    const { files, write, read } = newBoard(emptyImage(), 'fat');
    write('/a', 'old');
    write('/a.new', 'new');
    expect(errorOf(() => files.rename('/a.new', '/a'))).toBe(errno.EEXIST);
    expect([read('/a'), read('/a.new')]).toEqual(['old', 'new']);
    files.rename('/a', '/a.old');
    files.rename('/a.new', '/a');
    expect(read('/a')).toBe('new');
  });

  it('a power cut while a file is written leaves it empty', () => {
    const { files, image, write } = newBoard(emptyImage(), 'fat');
    write('/a', 'old');
    files.write(files.open('/a', modes.w), text('new'));
    expect(inFlash(image, '/a')).toBe('');
  });
});

it('read-only, it is read and not changed', () => {
  const { files, write, read, lock } = newBoard();
  write('/a', 'x');
  lock(true);
  expect(read('/a')).toBe('x');
  for (const change of [
    () => write('/a', 'y'),
    () => write('/b', 'y'),
    () => files.remove('/a'),
    () => files.rename('/a', '/b'),
    () => files.makeDirectory('/d'),
  ])
    expect(errorOf(change)).toBe(errno.EROFS);
  lock(false);
  write('/a', 'y');
  expect(read('/a')).toBe('y');
});
