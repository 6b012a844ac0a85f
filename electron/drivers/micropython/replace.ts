import { type DeviceState, Failure } from '../../../shared/contract/failure.ts';
import { throwIfCancelled } from '../../transport/deadline.ts';
import type { PushedFile, PushOptions, PushProgress, UnitFile } from '../driver.ts';
import { makeFolder, mend } from './programs.ts';
import { Replacement } from './replacement.ts';
import { foldersOf } from './slot-plan.ts';
import type { UnitWork } from './work.ts';

/**
 * Single files outside of the slots: all of them staged under temporary names and proven by hash before the first one
 * is renamed into its place.
 */
export class Replace {
  readonly #work: UnitWork;
  readonly #files: readonly UnitFile[];
  readonly #options: PushOptions;
  #leaves: DeviceState = 'unchanged';
  #bytesDone = 0;
  #bytesTotal = 0;

  constructor(work: UnitWork, files: readonly UnitFile[], options: PushOptions) {
    this.#work = work;
    this.#files = files;
    this.#options = options;
  }

  async run(): Promise<PushedFile[]> {
    try {
      return await this.#steps();
    } catch (thrown) {
      if (this.#leaves === 'staged' && (await this.#cleanUp())) this.#leaves = 'unchanged';
      throw Failure.from(thrown).leaving(this.#leaves);
    }
  }

  async #steps(): Promise<PushedFile[]> {
    await this.#work.begin();
    const different = await this.#work.again(() => this.#compare());
    this.#bytesTotal = different.reduce((sum, { bytes }) => sum + bytes.length, 0);
    for (const [i, file] of different.entries()) {
      this.#leaves = 'staged';
      const before = this.#bytesDone;
      this.#tell('staging', file, i, different.length);
      const onBytes = (done: number): void => {
        this.#bytesDone = before + done;
        this.#tell('staging', file, i, different.length);
      };
      await this.#work.again(() => new Replacement(this.#work, file).stage(onBytes));
      this.#bytesDone = before + file.bytes.length;
    }
    throwIfCancelled(this.#work.signal, 'pushing files');
    for (const [i, file] of different.entries()) {
      this.#tell('replacing', file, i, different.length);
      this.#leaves = 'indeterminate';
      await new Replacement(this.#work, file).finish();
    }
    const sent = new Set(different.map(({ path }) => path));
    return this.#files.map(({ path, bytes, sha256 }) => ({
      path,
      size: bytes.length,
      sha256,
      sent: sent.has(path),
    }));
  }

  /** Files that the unit does not hold yet, as it finds itself. */
  async #compare(): Promise<UnitFile[]> {
    const different: UnitFile[] = [];
    for (const folder of foldersOf(this.#files.map(({ path }) => path)))
      await this.#work.run(makeFolder(folder), 'making room');
    for (const [i, file] of this.#files.entries()) {
      this.#tell('checking', file, i, this.#files.length);
      await this.#work.run(mend(file.path), `checking ${file.path}`);
      const held = await this.#work.files.hash(file.path, this.#work.during(`checking ${file.path}`));
      if (held.sha256 !== file.sha256) different.push(file);
    }
    return different;
  }

  /** True once no temporary file is left, as the unit says. */
  async #cleanUp(): Promise<boolean> {
    const work = this.#work.uncancelled();
    try {
      await work.begin();
      for (const file of this.#files) await work.again(() => new Replacement(work, file).discard());
      return true;
    } catch {
      // The first failure is the one to report; that this one came after it shows in the state, `staged`.
      return false;
    }
  }

  #tell(step: PushProgress['step'], { path }: UnitFile, done: number, total: number): void {
    this.#options.onProgress?.({
      step,
      file: path,
      done,
      total,
      bytesDone: this.#bytesDone,
      bytesTotal: this.#bytesTotal,
    });
  }
}
