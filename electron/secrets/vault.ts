import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { SecretRef } from '../../shared/contract/connection.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { Redactor } from './redactor.ts';
import { Secret } from './secret.ts';
import { locked, type SecretStore } from './secrets-file.ts';

/** What may be known of a secret. */
export interface SecretLabel {
  ref: SecretRef;
  label: string;
}

interface Kept {
  label: string;
  secret: Secret;
}

const Content = z.strictObject({
  v: z.literal(1),
  secrets: z
    .array(z.strictObject({ ref: SecretRef, label: z.string().max(200), base64: z.base64() }))
    .max(10_000),
});

export interface VaultOptions {
  /** Learns every secret before anybody gets it. */
  redactor?: Redactor;
  /** Null: secrets are forgotten when the program ends. */
  store?: SecretStore | null;
  /** Looks up `env:` and `file:` names; only the terminal has such. */
  outside?: (ref: SecretRef) => Promise<Secret | null>;
}

/** The project's secrets by their names. Everything else of the program holds names only. */
export class Vault {
  readonly redactor: Redactor;
  readonly #store: SecretStore | null;
  readonly #outside: VaultOptions['outside'];
  #kept: Promise<Map<SecretRef, Kept>> | undefined;
  /** Changes are made one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor({ redactor = new Redactor(), store = null, outside }: VaultOptions = {}) {
    this.redactor = redactor;
    this.#store = store;
    this.#outside = outside;
  }

  /** Whether what is put here is there again at the next start. */
  get isKept(): boolean {
    return this.#store !== null;
  }

  /** Keeps a secret (a copy) under a new name made of the label. SECRETS_LOCKED, FILE_UNWRITABLE. */
  async put(label: string, value: string | Uint8Array): Promise<SecretRef> {
    const secret = new Secret(value);
    this.redactor.add(secret);
    const ref = nameFor(label);
    await this.#change((kept) => kept.set(ref, { label: label.slice(0, 200), secret }));
    return ref;
  }

  /** The secret itself; do not dispose of it, the vault does. SECRET_UNKNOWN, SECRETS_LOCKED, FILE_UNREADABLE. */
  async resolve(ref: SecretRef): Promise<Secret> {
    const secret = ref.startsWith('secret:')
      ? (await this.#all()).get(ref)?.secret
      : await this.#outside?.(ref);
    if (!secret) throw new Failure('SECRET_UNKNOWN', { name: ref });
    this.redactor.add(secret);
    return secret;
  }

  /** Never the secrets themselves. */
  async list(): Promise<SecretLabel[]> {
    return [...(await this.#all())].map(([ref, { label }]) => ({ ref, label }));
  }

  async forget(ref: SecretRef): Promise<void> {
    const known = (await this.#all()).get(ref);
    if (!known) return;
    await this.#change((kept) => kept.delete(ref));
    known.secret.dispose();
  }

  /** Wipes what is in memory; what is kept stays kept. */
  async close(): Promise<void> {
    await this.#last;
    const kept = await this.#kept?.catch(() => null);
    this.#kept = undefined;
    for (const { secret } of kept?.values() ?? []) secret.dispose();
  }

  /** Read when it is first needed: that is when a passphrase is asked. A failure is not remembered. */
  #all(): Promise<Map<SecretRef, Kept>> {
    this.#kept ??= this.#load().catch((thrown: unknown) => {
      this.#kept = undefined;
      throw thrown;
    });
    return this.#kept;
  }

  async #load(): Promise<Map<SecretRef, Kept>> {
    const plain = await this.#store?.load();
    if (!plain) return new Map();
    const kept = readContent(plain);
    plain.fill(0);
    for (const { secret } of kept.values()) this.redactor.add(secret);
    return kept;
  }

  #change(edit: (kept: Map<SecretRef, Kept>) => void): Promise<void> {
    const changing = this.#last.then(() => this.#changeNow(edit));
    this.#last = changing.catch(() => undefined);
    return changing;
  }

  /** On the disk first: a name that was given out is there after a crash. */
  async #changeNow(edit: (kept: Map<SecretRef, Kept>) => void): Promise<void> {
    const next = new Map(await this.#all());
    edit(next);
    await this.#save(next);
    this.#kept = Promise.resolve(next);
  }

  async #save(kept: Map<SecretRef, Kept>): Promise<void> {
    if (!this.#store) return;
    const secrets = [...kept].map(([ref, { label, secret }]) => ({
      ref,
      label,
      base64: Buffer.from(secret.reveal()).toString('base64'),
    }));
    const plain = Buffer.from(JSON.stringify({ v: 1, secrets }));
    await this.#store.save(plain);
    plain.fill(0);
  }
}

function readContent(plain: Uint8Array): Map<SecretRef, Kept> {
  const parsed = Content.safeParse(jsonOf(plain));
  if (!parsed.success) throw locked('what was kept is not a list of secrets');
  return new Map(
    parsed.data.secrets.map(({ ref, label, base64 }) => [
      ref,
      { label, secret: new Secret(Buffer.from(base64, 'base64')) },
    ]),
  );
}

function jsonOf(plain: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(plain).toString('utf8'));
  } catch {
    // The message of such an error quotes the text, which is secret.
    return undefined;
  }
}

/** Readable, never the same twice. */
function nameFor(label: string): SecretRef {
  const words = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return `secret:${words === '' ? 'secret' : words}-${randomBytes(6).toString('hex')}`;
}
