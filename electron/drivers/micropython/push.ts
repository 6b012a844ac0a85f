import { posix } from 'node:path';
import { type DeviceState, Failure } from '../../../shared/contract/failure.ts';
import { throwIfCancelled } from '../../transport/deadline.ts';
import type { PushedFile, PushProgress, UnitFile } from '../driver.ts';
import { footprint, type HeldFile, UnitFiles } from './files.ts';
import { demandUnit } from './identity.ts';
import { helpers, makeFolder, remove, removeLeftovers, replace } from './programs.ts';
import type { RawRepl } from './raw-repl.ts';

export interface PushOptions {
  expected: string;
  onProgress?: (progress: PushProgress) => void;
  signal?: AbortSignal | undefined;
}

/** Room that the file system needs for itself while files are replaced, in blocks. */
const spareBlocks = 2;
const attempts = 2;

const temporary = (path: string): string => `${path}.new`;
const isMain = ({ path }: UnitFile): boolean => path === '/main.py' || path === '/code.py';

/** Every folder above these files, outermost first; the root is always there. */
function foldersOf(files: readonly UnitFile[]): string[] {
  const folders = new Set<string>();
  for (const { path } of files) {
    for (let folder = posix.dirname(path); folder !== '/'; folder = posix.dirname(folder))
      folders.add(folder);
  }
  return [...folders].sort((a, b) => a.length - b.length);
}

/** A program of ours that fails by anything but an OSError has most likely arrived other than it was sent. */
function mayBeGarbled(thrown: unknown): boolean {
  if (!(thrown instanceof Failure)) return false;
  if (thrown.code === 'UNIT_REFUSED') return thrown.params.errno === undefined;
  return ['REPLY_UNREADABLE', 'NO_REPLY', 'VERIFY_FAILED'].includes(thrown.code);
}

function refuseOddPaths(files: readonly UnitFile[]): void {
  const odd = files.find(({ path }) => !/^(\/[\w-][\w.-]{0,60}){1,6}$/.test(path));
  if (odd) throw new Failure('INTERNAL', { detail: `${odd.path.slice(0, 80)} is no path for a unit` });
}

/**
 * One push: identity, room, staging under a temporary name, proof by hash, and only then the renames, the program
 * that starts first coming last. A rename replaces in one step on littlefs; on FAT there is a moment without the file
 * (micropython extmod/vfs_fat.c fat_vfs_rename), which is why nothing is renamed before all is proven.
 */
export class Push {
  readonly #repl: RawRepl;
  readonly #port: string;
  readonly #files: UnitFiles;
  readonly #all: readonly UnitFile[];
  readonly #options: PushOptions;
  /** What the unit is left with if the next step fails. */
  #leaves: DeviceState = 'unchanged';
  #bytesDone = 0;
  #bytesTotal = 0;

  constructor(repl: RawRepl, port: string, files: readonly UnitFile[], options: PushOptions) {
    refuseOddPaths(files);
    this.#repl = repl;
    this.#port = port;
    this.#files = new UnitFiles(repl, port);
    this.#all = [...files].sort((a, b) => Number(isMain(a)) - Number(isMain(b)));
    this.#options = options;
  }

  async run(): Promise<PushedFile[]> {
    try {
      return await this.#steps();
    } catch (thrown) {
      const failure = Failure.from(thrown);
      if (this.#leaves === 'staged' && (await this.#cleanUp())) this.#leaves = 'unchanged';
      throw failure.leaving(this.#leaves);
    }
  }

  async #steps(): Promise<PushedFile[]> {
    const { expected, signal } = this.#options;
    await this.#repl.enter(signal);
    const unit = await demandUnit(this.#repl, this.#port, expected, signal);
    await this.#repl.exec(helpers, { during: 'preparing the unit', signal });
    const different = await this.#compare();
    this.#bytesTotal = different.reduce((sum, { bytes }) => sum + bytes.length, 0);
    await this.#prepare(different, unit.freeBytes, unit.blockBytes);
    for (const [i, file] of different.entries()) await this.#stage(file, i, different.length);
    const held = await this.#replaceAll(different);
    return this.#all.map((file) => {
      const sent = held.get(file.path);
      return {
        path: file.path,
        size: sent?.size ?? file.bytes.length,
        sha256: sent?.sha256 ?? file.sha256,
        sent: sent !== undefined,
      };
    });
  }

  /** Files that the unit does not hold yet, as it finds itself. */
  async #compare(): Promise<UnitFile[]> {
    const different: UnitFile[] = [];
    for (const [i, file] of this.#all.entries()) {
      this.#tell('checking', file, i, this.#all.length);
      const held = await this.#files.hash(file.path, this.#during(`checking ${file.path}`));
      if (held.sha256 !== file.sha256) different.push(file);
    }
    return different;
  }

  /** Old leftovers out, room checked, folders made. */
  async #prepare(files: readonly UnitFile[], freeBytes: number, blockBytes: number): Promise<void> {
    const { during, signal } = this.#during('making room');
    for (const { path } of this.#all) await this.#repl.exec(remove(temporary(path)), { during, signal });
    const needed =
      files.reduce((sum, file) => sum + footprint(file, blockBytes), 0) + spareBlocks * blockBytes;
    if (files.length > 0 && needed > freeBytes)
      throw new Failure('NO_SPACE', { during, needed, free: freeBytes });
    const folders = foldersOf(files);
    for (const folder of folders) await this.#repl.exec(makeFolder(folder), { during, signal });
    for (const folder of folders) await this.#repl.exec(removeLeftovers(folder), { during, signal });
  }

  /** Written and proven under its temporary name; once more from the start where the line garbled it. */
  async #stage(file: UnitFile, index: number, count: number): Promise<void> {
    const before = this.#bytesDone;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#stageOnce(file, index, count);
        return;
      } catch (thrown) {
        if (attempt === attempts || !mayBeGarbled(thrown)) throw thrown;
        this.#bytesDone = before;
        await this.#repl.enter(this.#options.signal);
        await demandUnit(this.#repl, this.#port, this.#options.expected, this.#options.signal);
        await this.#repl.exec(helpers, this.#during('preparing the unit'));
      }
    }
  }

  async #stageOnce(file: UnitFile, index: number, count: number): Promise<void> {
    const path = temporary(file.path);
    const before = this.#bytesDone;
    this.#leaves = 'staged';
    this.#tell('staging', file, index, count);
    await this.#files.write(path, file.bytes, this.#during(`writing ${path}`), (done) => {
      this.#bytesDone = before + done;
      this.#tell('staging', file, index, count);
    });
    this.#tell('verifying', file, index, count);
    const held = await this.#files.hash(path, this.#during(`verifying ${path}`));
    this.#demandHash(path, file, held);
  }

  /** From the first rename on nothing is cancelled: stopping between two of them helps nobody. */
  async #replaceAll(files: readonly UnitFile[]): Promise<Map<string, HeldFile>> {
    throwIfCancelled(this.#options.signal, 'pushing files');
    const held = new Map<string, HeldFile>();
    for (const [i, file] of files.entries()) {
      this.#tell('replacing', file, i, files.length);
      this.#leaves = 'indeterminate';
      await this.#repl.exec(replace(temporary(file.path), file.path), { during: `replacing ${file.path}` });
      const now = await this.#files.hash(file.path, { during: `verifying ${file.path}` });
      this.#demandHash(file.path, file, now);
      held.set(file.path, now);
    }
    return held;
  }

  #demandHash(path: string, file: UnitFile, { sha256 }: HeldFile): void {
    if (sha256 === file.sha256) return;
    throw new Failure('VERIFY_FAILED', { path, expected: file.sha256, found: sha256 ?? 'nothing' });
  }

  /** True once no temporary file is left, as the unit says. Done without the caller's signal: it may be why. */
  async #cleanUp(): Promise<boolean> {
    try {
      await this.#repl.enter();
      await demandUnit(this.#repl, this.#port, this.#options.expected);
      await this.#repl.exec(helpers, { during: 'preparing the unit' });
      for (const { path } of this.#all)
        await this.#repl.exec(remove(temporary(path)), { during: 'cleaning up' });
      return true;
    } catch {
      // The first failure is the one to report; that this one came after it shows in the state, `staged`.
      return false;
    }
  }

  #during(during: string): { during: string; signal: AbortSignal | undefined } {
    return { during, signal: this.#options.signal };
  }

  #tell(step: PushProgress['step'], { path }: UnitFile, done: number, total: number): void {
    const bytes = { bytesDone: this.#bytesDone, bytesTotal: this.#bytesTotal };
    this.#options.onProgress?.({ step, file: path, done, total, ...bytes });
  }
}
