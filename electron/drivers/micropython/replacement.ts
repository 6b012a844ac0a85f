import { Failure } from '../../../shared/contract/failure.ts';
import type { UnitFile } from '../driver.ts';
import type { HeldFile } from './files.ts';
import { isFat, mend, raw, remove, replace, save } from './programs.ts';
import { Transfer } from './transfer.ts';
import type { UnitWork } from './work.ts';

export const temporary = (path: string): string => `${path}.new`;

/**
 * On FAT a file is replaced in two renames; power that goes between them leaves `/main.py` missing, and then this puts
 * the old one back before anything else is started.
 */
const bootPath = '/boot.py';
const bootMark = '# Plumbline:';
const bootSource = `${bootMark} puts main.py back where a power cut came between two renames.
import os

try:
    os.stat('/main.py')
except OSError:
    try:
        os.rename('/main.py.old', '/main.py')
    except OSError:
        pass
`;

/** One file outside of the slots, replaced so that a cut leaves the old or the new one. Its hash must be known to differ. */
export class Replacement {
  readonly #work: UnitWork;
  readonly #file: UnitFile;

  constructor(work: UnitWork, file: UnitFile) {
    this.#work = work;
    this.#file = file;
  }

  /** Under its temporary name, as the unit reads it back. */
  async stage(onBytes: (done: number) => void): Promise<void> {
    const { bytes, sha256 } = this.#file;
    const path = temporary(this.#file.path);
    const during = `writing ${path}`;
    await this.#work.run(`${mend(this.#file.path)}\n${remove(path)}`, during);
    const transfer = new Transfer(this.#work.repl, this.#work.port, this.#work.expected);
    await transfer.send([{ path, bytes, sha256 }], { ...this.#work.during(during), onBytes });
    this.#demand(path, await this.hash(path));
  }

  /** In its place: from here on nothing is cancelled, stopping half-way helps nobody. */
  async finish(): Promise<HeldFile> {
    const { path, sha256 } = this.#file;
    const work = this.#work.uncancelled();
    return work.again(async () => {
      const staged = await this.hash(temporary(path));
      // Done already where an answer was lost on its way.
      if (staged.sha256 === sha256) await work.run(replace(temporary(path), path), `replacing ${path}`);
      const now = await this.hash(path);
      this.#demand(path, now);
      return now;
    });
  }

  /** The temporary file gone, as the unit says. */
  async discard(): Promise<void> {
    await this.#work.run(remove(temporary(this.#file.path)), 'cleaning up');
  }

  hash(path: string = this.#file.path): Promise<HeldFile> {
    return this.#work.files.hash(path, this.#work.during(`verifying ${path}`));
  }

  #demand(path: string, { sha256 }: HeldFile): void {
    const expected = this.#file.sha256;
    if (sha256 === expected) return;
    throw new Failure('VERIFY_FAILED', { path, expected, found: sha256 ?? 'nothing' });
  }
}

/** Where the unit has FAT and no `/boot.py` of somebody else's: ours, whole. */
export async function guardMain(work: UnitWork): Promise<void> {
  const during = `writing ${bootPath}`;
  if ((await work.run(isFat, during)).trim() !== 'True') return;
  const start = (await work.run(raw(bootPath), during)).trim();
  const ours = Buffer.from(start, 'hex').toString('latin1').startsWith(bootMark);
  if (start !== '-' && !ours) return;
  const held = await work.files.hash(bootPath, work.during(during));
  if (held.size === bootSource.length && ours) return;
  await work.run(
    `${save(temporary(bootPath), bootSource)}\n${replace(temporary(bootPath), bootPath)}`,
    during,
  );
}
