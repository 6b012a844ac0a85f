import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Sha256 } from '../../../shared/contract/devices.ts';
import type { SlotName } from '../../../shared/contract/provision.ts';
import type { UnitSoftware } from '../driver.ts';
import type { HeldFile } from './files.ts';
import {
  encodeRecord,
  following,
  newest,
  nextStart,
  type Pointer,
  type PointerRecord,
  parseRecord,
  recordPath,
} from './pointer.ts';
import { raw, save, treesOf } from './programs.ts';
import type { UnitWork } from './work.ts';

/** Every file below some folders, as the unit finds it: absolute path -> size and hash. */
export type HeldTree = ReadonlyMap<string, { size: number; sha256: string }>;

const during = 'reading what the unit holds';
const flipping = 'choosing the slot for the next start';
const Line = z.tuple([z.string().max(300), Sha256, z.number().int().nonnegative()]);
const Manifest = z.object({ files: z.array(z.tuple([z.string(), z.number().int(), Sha256])).max(1000) });

export const otherSlot = (slot: SlotName): SlotName => (slot === 'a' ? 'b' : 'a');
const manifestOf = (slot: SlotName): string => `/${slot}/manifest.json`;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The two slots of one unit and the records that choose between them. `work` must have begun. */
export class UnitSlots {
  readonly #work: UnitWork;

  constructor(work: UnitWork) {
    this.#work = work;
  }

  async pointer(): Promise<Pointer> {
    return newest([await this.#record(0), await this.#record(1)]);
  }

  /** Files below these folders, hashed now. */
  async tree(folders: readonly string[]): Promise<HeldTree> {
    const output = await this.#work.run(treesOf(folders), during);
    const held = new Map<string, { size: number; sha256: string }>();
    for (const line of output.split('\n').filter((text) => text.trim() !== '')) {
      const parsed = Line.safeParse(fromJson(line));
      if (!parsed.success) throw this.#work.unreadable(during, 'no line of a list of files');
      const [path, hash, size] = parsed.data;
      held.set(path, { size, sha256: hash });
    }
    return held;
  }

  hash(path: string): Promise<HeldFile> {
    return this.#work.files.hash(path, this.#work.during(during));
  }

  async software(): Promise<UnitSoftware> {
    const { record } = await this.pointer();
    const slots = { a: await this.#manifest('a'), b: await this.#manifest('b') };
    return { ...nextStart(record), slots };
  }

  /** Why a slot is not fit to be started; null where every file is as its manifest says. */
  async unsound(slot: SlotName): Promise<string | null> {
    const manifest = await this.#manifest(slot);
    const listed = manifest && Manifest.safeParse(fromJson(Buffer.from(manifest.text).toString('utf8')));
    if (!listed) return `slot ${slot} is empty`;
    if (!listed.success) return `the manifest of slot ${slot} cannot be read`;
    const held = await this.tree([`/${slot}`]);
    const [wrong] =
      listed.data.files.find(([path, , hash]) => held.get(`/${slot}${path}`)?.sha256 !== hash) ?? [];
    return wrong === undefined ? null : `/${slot}${wrong.slice(0, 80)} is not as its manifest says`;
  }

  /** Writes the record that counts from now on, into the file that does not count yet, and reads it back. */
  async point(pointer: Pointer, change: Omit<PointerRecord, 'n'>): Promise<Pointer> {
    const next = following(pointer, change);
    const text = encodeRecord(next.record);
    await this.#work.run(save(recordPath(next.file), text), flipping);
    const held = await this.#record(next.file);
    if (Buffer.from(held ?? []).toString('latin1') !== text || parseRecord(held) === null)
      throw this.#work.unreadable(flipping, 'another record than was written');
    return next;
  }

  async #record(file: 0 | 1): Promise<Uint8Array | null> {
    const output = (await this.#work.run(raw(recordPath(file)), during)).trim();
    if (output === '-') return null;
    if (!/^([0-9a-f]{2}){0,80}$/.test(output)) throw this.#work.unreadable(during, 'no record');
    return Buffer.from(output, 'hex');
  }

  async #manifest(slot: SlotName): Promise<{ manifest: string; text: Uint8Array } | null> {
    const text = await this.#work.files.read(manifestOf(slot), sha256, this.#work.during(during));
    return text && { manifest: sha256(text), text };
  }
}
