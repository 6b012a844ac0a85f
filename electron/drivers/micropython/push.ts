import { type DeviceState, Failure } from '../../../shared/contract/failure.ts';
import type { SlotName } from '../../../shared/contract/provision.ts';
import { throwIfCancelled } from '../../transport/deadline.ts';
import type { PushedFile, PushOptions, PushProgress, SlotImage, UnitFile } from '../driver.ts';
import { noSuchFile } from './device-error.ts';
import { nextStart, type Pointer, type PointerRecord, trialBoots } from './pointer.ts';
import { copy, makeFolder, remove, removeEmptyFolders } from './programs.ts';
import { guardMain, Replacement } from './replacement.ts';
import { foldersOf, inSlot, planSlot, roomFor, type SlotPlan } from './slot-plan.ts';
import { type HeldTree, otherSlot, UnitSlots } from './slots.ts';
import { Transfer } from './transfer.ts';
import type { UnitWork } from './work.ts';

/** Where the unit may hold what is wanted: both slots, and what it made itself. */
const folders = ['/a', '/b', '/plumbline/made'];
/** Times that the slot is looked at until it holds the image: a copy out of what is in the way takes one more. */
const rounds = 6;

function refuseOddPaths(image: SlotImage): void {
  const paths = [...image.files, image.manifest, image.trampoline, ...image.data].map(({ path }) => path);
  const odd = paths.find((path) => !/^(\/[\w-][\w.-]{0,60}){1,6}$/.test(path));
  if (odd) throw new Failure('INTERNAL', { detail: `${odd.slice(0, 80)} is no path for a unit` });
}

/**
 * One push: the spare slot filled and proven by the unit's own hashes, what lies beside the slots replaced, and only
 * then the pointer flipped. What runs now is not touched before the unit starts anew.
 */
export class Push {
  readonly #work: UnitWork;
  readonly #slots: UnitSlots;
  readonly #image: SlotImage;
  readonly #options: PushOptions;
  /** What the unit is left with if the next step fails. */
  #leaves: DeviceState = 'unchanged';
  readonly #sent = new Set<string>();
  #bytesDone = 0;
  #bytesTotal = 0;

  constructor(work: UnitWork, image: SlotImage, options: PushOptions) {
    refuseOddPaths(image);
    this.#work = work;
    this.#slots = new UnitSlots(work);
    this.#image = image;
    this.#options = options;
  }

  async run(): Promise<{ slot: SlotName; files: PushedFile[] }> {
    try {
      return await this.#steps();
    } catch (thrown) {
      throw Failure.from(thrown).leaving(this.#leaves);
    }
  }

  async #steps(): Promise<{ slot: SlotName; files: PushedFile[] }> {
    const { blockBytes } = await this.#work.begin();
    const { slot, pointer, inForce } = await this.#work.again(() => this.#choose());
    this.#options.before?.('staging', slot);
    const beside = await this.#work.again(() => this.#differing());
    const held = await this.#stage(slot, beside, blockBytes);
    // Without a record ours starts nothing: there whatever was started before stays until a record names the slot.
    const afterwards =
      pointer.record === null ? beside.filter((file) => file === this.#image.trampoline) : [];
    for (const [index, file] of beside.entries())
      if (!afterwards.includes(file)) await this.#replace(file, index, beside.length);
    throwIfCancelled(this.#work.signal, 'pushing files');
    if (!inForce) {
      this.#options.before?.('flipping', slot);
      await this.#flip(slot, pointer);
    }
    for (const file of afterwards) await this.#replace(file, beside.length - 1, beside.length);
    return { slot, files: await this.#work.again(() => this.#report(slot, held)) };
  }

  /** The slot to fill, and the records as they are. Nothing has to be flipped where it runs and is confirmed. */
  async #choose(): Promise<{ slot: SlotName; pointer: Pointer; inForce: boolean }> {
    this.#tell('checking', '/plumbline', 0, 1);
    const pointer = await this.#slots.pointer();
    const { record } = pointer;
    if (!record) return { slot: 'a', pointer, inForce: false };
    const now = nextStart(record).active ?? record.slot;
    const held = await this.#slots.hash(inSlot(now, this.#image.manifest.path));
    if (held.sha256 === this.#image.manifest.sha256 && (await this.#slots.unsound(now)) === null)
      return { slot: now, pointer, inForce: now === record.slot && record.bootsLeft === null };
    const { other } = record;
    if (record.bootsLeft === null || other === null) return { slot: otherSlot(now), pointer, inForce: false };
    // Software that never proved itself is nothing to fall back to, what ran before it is.
    const keep = (await this.#slots.unsound(other)) === null ? other : now;
    if (keep === now) return { slot: otherSlot(now), pointer, inForce: false };
    this.#leaves = 'staged';
    const put = { slot: keep, bootsLeft: null, other: null, fellBack: null };
    return { slot: otherSlot(keep), pointer: await this.#slots.point(pointer, put), inForce: false };
  }

  /** The files beside the slots that the unit does not hold as they are to be; the one that starts it comes last. */
  async #differing(): Promise<UnitFile[]> {
    const { data, trampoline } = this.#image;
    const different: UnitFile[] = [];
    for (const file of [...data, trampoline]) {
      if ((await this.#slots.hash(file.path)).sha256 !== file.sha256) different.push(file);
    }
    return different;
  }

  async #stage(slot: SlotName, beside: readonly UnitFile[], blockBytes: number): Promise<HeldTree> {
    for (let round = 1; ; round += 1) {
      const held = await this.#work.again(() => this.#slots.tree(folders));
      const plan = planSlot(this.#image, slot, held);
      if (plan.complete) {
        await this.#work.again(() => this.#removeEmptyFolders(slot));
        return held;
      }
      const [missing] = plan.missing;
      if (missing !== undefined) throw new Failure('NOT_FOUND', { thing: 'file on the unit', id: missing });
      if (round > rounds) throw this.#notHeld(plan, held);
      // A name in the list may have changed on the line: what then is not there is looked for in a new list.
      await this.#fill(slot, plan, { beside, held, blockBytes }).catch((thrown: unknown) => {
        if (!isMissing(thrown)) throw thrown;
      });
    }
  }

  /**
   * Room first; then what is in the way goes, what the unit has is copied, the rest is sent, the manifest last. Each
   * step by itself is done again where the line garbled it, for all of them together would hardly ever come through.
   */
  async #fill(
    slot: SlotName,
    plan: SlotPlan,
    { beside, held, blockBytes }: { beside: readonly UnitFile[]; held: HeldTree; blockBytes: number },
  ): Promise<void> {
    const { needed, freed } = roomFor(plan, beside, held, blockBytes);
    await this.#work.again(() => this.#demandRoom(needed - freed));
    for (const path of plan.remove) await this.#write(remove(path), `removing ${path}`);
    await this.#work.again(() => this.#removeEmptyFolders(slot));
    if (freed > 0) await this.#work.again(() => this.#demandRoom(needed));
    const targets = [...plan.send, plan.manifest].map(({ path }) => path);
    const all = foldersOf([...targets, ...plan.copy.map(({ to }) => to), '/plumbline/x']);
    for (const folder of all) await this.#write(makeFolder(folder), 'making room');
    for (const [i, { from, to }] of plan.copy.entries()) {
      this.#tell('staging', to, i, plan.copy.length);
      await this.#write(copy(from, to), `writing ${to}`);
    }
    await this.#work.again(() => this.#send(slot, [...plan.send, plan.manifest]));
  }

  async #send(slot: SlotName, files: readonly UnitFile[]): Promise<void> {
    const before = this.#bytesDone;
    this.#bytesTotal = before + files.reduce((sum, { bytes }) => sum + bytes.length, 0);
    let index = 0;
    const transfer = new Transfer(this.#work.repl, this.#work.port, this.#work.expected);
    const tell = (path: string): void => this.#tell('staging', path, index, files.length);
    await this.#change(() =>
      transfer.send(files, {
        ...this.#work.during(`filling slot ${slot}`),
        onFile: (path) => {
          this.#sent.add(path);
          tell(path);
          index += 1;
        },
        onBytes: (done) => {
          this.#bytesDone = before + done;
          this.#tell(
            'staging',
            files[Math.max(0, index - 1)]?.path ?? '',
            Math.max(0, index - 1),
            files.length,
          );
        },
      }),
    );
    this.#tell('verifying', inSlot(slot, ''), files.length, files.length);
  }

  async #replace(file: UnitFile, index: number, count: number): Promise<void> {
    const replacement = new Replacement(this.#work, file);
    const before = this.#bytesDone;
    this.#bytesTotal = before + file.bytes.length;
    this.#tell('replacing', file.path, index, count);
    const onBytes = (done: number): void => {
      this.#bytesDone = before + done;
      this.#tell('replacing', file.path, index, count);
    };
    await this.#change(() => this.#work.again(() => replacement.stage(onBytes)));
    if (file === this.#image.trampoline) await this.#work.again(() => guardMain(this.#work));
    throwIfCancelled(this.#work.signal, 'pushing files');
    await replacement.finish();
    this.#sent.add(file.path);
  }

  /** The one write that matters: where its answer is lost, the unit is asked which record counts. */
  async #flip(slot: SlotName, pointer: Pointer): Promise<void> {
    const active = pointer.record?.slot ?? null;
    const unsound = (at: SlotName): Promise<string | null> => this.#work.again(() => this.#slots.unsound(at));
    const sound = active !== null && active !== slot && (await unsound(active)) === null ? active : null;
    // Put on trial once more: what it falls back to stays.
    const other = active === slot ? (pointer.record?.other ?? null) : sound;
    const change = { slot, bootsLeft: trialBoots, other, fellBack: null };
    const work = this.#work.uncancelled();
    const slots = new UnitSlots(work);
    const before = this.#leaves;
    this.#leaves = 'indeterminate';
    try {
      await work.again(async () => {
        const now = await slots.pointer();
        if (now.record?.n === pointer.record?.n) await slots.point(now, change);
        else if (!isTrial(now.record, slot))
          throw work.unreadable('choosing the slot for the next start', 'another record');
      });
    } catch (thrown) {
      const failure = Failure.from(thrown);
      const record = await work
        .begin()
        .then(() => work.again(() => slots.pointer()))
        .catch(() => undefined);
      if (record) this.#leaves = before === 'unchanged' ? 'staged' : before;
      if (!record || !isTrial(record.record, slot)) throw failure;
    }
    this.#leaves = 'staged';
  }

  /** What the unit holds of the image, as it reports it itself. */
  async #report(slot: SlotName, held: HeldTree): Promise<PushedFile[]> {
    const { files, manifest, data, trampoline } = this.#image;
    const report: PushedFile[] = [];
    for (const { path, sha256 } of [...files, manifest]) {
      const at = inSlot(slot, path);
      const found = held.get(at);
      report.push({
        path: at,
        size: found?.size ?? 0,
        sha256: found?.sha256 ?? sha256,
        sent: this.#sent.has(at),
      });
    }
    for (const { path, sha256 } of [...data, trampoline]) {
      const found = await this.#slots.hash(path);
      if (found.sha256 !== sha256)
        throw new Failure('VERIFY_FAILED', { path, expected: sha256, found: found.sha256 ?? 'nothing' });
      report.push({ path, size: found.size, sha256, sent: this.#sent.has(path) });
    }
    return report;
  }

  #notHeld(plan: SlotPlan, held: HeldTree): Failure {
    const file = plan.send[0] ?? plan.manifest;
    const found = held.get(file.path)?.sha256 ?? 'nothing';
    return new Failure('VERIFY_FAILED', { path: file.path, expected: file.sha256, found });
  }

  /** A change to the spare slot. A unit that says it is read-only has not been changed by it. */
  async #change<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#leaves;
    this.#leaves = 'staged';
    try {
      return await work();
    } catch (thrown) {
      const refused = thrown instanceof Failure && thrown.code === 'UNIT_REFUSED';
      if (refused && thrown.params.errno === readOnly) this.#leaves = before;
      throw thrown;
    }
  }

  /** No byte of any file changes. */
  async #removeEmptyFolders(slot: SlotName): Promise<void> {
    await this.#work.run(removeEmptyFolders(inSlot(slot, '')), 'making room');
  }

  #write(source: string, during: string): Promise<string> {
    return this.#change(() => this.#work.again(() => this.#work.run(source, during)));
  }

  async #demandRoom(needed: number): Promise<void> {
    const during = 'making room';
    const [block = 0, free = 0] = (await this.#work.run(freeBlocks, during)).trim().split(' ').map(Number);
    if (!Number.isSafeInteger(block * free)) throw this.#work.unreadable(during, 'no count of free blocks');
    if (needed > block * free) throw new Failure('NO_SPACE', { during, needed, free: block * free });
  }

  #tell(step: PushProgress['step'], file: string, done: number, total: number): void {
    const bytes = { bytesDone: this.#bytesDone, bytesTotal: this.#bytesTotal };
    this.#options.onProgress?.({ step, file, done, total, ...bytes });
  }
}

const isMissing = (thrown: unknown): boolean =>
  thrown instanceof Failure && thrown.code === 'UNIT_REFUSED' && thrown.params.errno === noSuchFile;

const readOnly = 30;
const freeBlocks = "_s=os.statvfs('/')\nprint(_s[1],_s[3])";

const isTrial = (record: PointerRecord | null, slot: SlotName): boolean =>
  record?.slot === slot && record.bootsLeft === trialBoots;
