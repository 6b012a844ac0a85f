import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { Secret } from './secret.ts';
import { locked, readSecretsFile, type SecretStore, writeSecretsFile } from './secrets-file.ts';

/** scrypt's parameters (RFC 7914): block size 8, CPU and memory cost 2^`log`. */
interface Cost {
  log: number;
  parallel: number;
}

/** 128 MiB and some tenths of a second a guess (OWASP Password Storage Cheat Sheet, scrypt). */
export const usualCost: Cost = { log: 17, parallel: 1 };
/** A file that asks for more was not written here; it would only keep the machine busy. */
const mostCost: Cost = { log: 20, parallel: 4 };
const blockSize = 8;

const [saltLength, nonceLength, tagLength] = [32, 12, 16];
const headOf = ({ log, parallel }: Cost): string =>
  `plumbline-secrets 1 scrypt-aes-256-gcm log2N=${log} r=${blockSize} p=${parallel}`;

/**
 * A file beside the project, closed with a passphrase: scrypt makes the key, AES-256-GCM closes and proves the content
 * together with the head line that names the parameters. After the head: salt, nonce, tag, ciphertext.
 */
export class EncryptedFileStore implements SecretStore {
  readonly #path: string;
  readonly #ask: () => Promise<Uint8Array>;
  readonly #cost: Cost;
  #passphrase: Secret | undefined;

  /** `ask` is called once, when the passphrase is needed; `cost` is for tests. */
  constructor(path: string, ask: () => Promise<Uint8Array>, cost: Cost = usualCost) {
    this.#path = path;
    this.#ask = ask;
    this.#cost = cost;
  }

  async load(): Promise<Uint8Array | null> {
    const file = await readSecretsFile(this.#path);
    if (!file) return null;
    const cost = readCost(file.head);
    if (file.bytes.length < saltLength + nonceLength + tagLength) throw locked('the file is cut short');
    const [salt, nonce, tag, closed] = parts(file.bytes);
    const key = await keyOf((await this.#known()).reveal(), salt, cost);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
    decipher.setAAD(Buffer.from(file.head)).setAuthTag(tag);
    try {
      return Buffer.concat([decipher.update(closed), decipher.final()]);
    } catch (cause) {
      this.#passphrase?.dispose();
      this.#passphrase = undefined;
      throw locked('the passphrase is wrong, or the file was altered', cause);
    } finally {
      key.fill(0);
    }
  }

  async save(plain: Uint8Array): Promise<void> {
    const head = headOf(this.#cost);
    const salt = randomBytes(saltLength);
    const nonce = randomBytes(nonceLength);
    const key = await keyOf((await this.#known()).reveal(), salt, this.#cost);
    const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
    cipher.setAAD(Buffer.from(head));
    const closed = Buffer.concat([cipher.update(plain), cipher.final()]);
    key.fill(0);
    await writeSecretsFile(this.#path, head, Buffer.concat([salt, nonce, cipher.getAuthTag(), closed]));
  }

  async #known(): Promise<Secret> {
    if (this.#passphrase) return this.#passphrase;
    const given = await this.#ask();
    if (given.length === 0) throw locked('the passphrase is empty');
    this.#passphrase = new Secret(given);
    given.fill(0);
    return this.#passphrase;
  }
}

function readCost(head: string): Cost {
  const match = /^plumbline-secrets 1 scrypt-aes-256-gcm log2N=(\d{1,2}) r=8 p=(\d{1,2})$/.exec(head);
  if (!match) throw locked('the file is closed in a way that is not known here');
  const cost = { log: Number(match[1]), parallel: Number(match[2]) };
  const sensible = cost.log >= 1 && cost.log <= mostCost.log;
  if (sensible && cost.parallel >= 1 && cost.parallel <= mostCost.parallel) return cost;
  throw locked('the file asks for more time or memory than is ever needed');
}

function parts(bytes: Buffer): [Buffer, Buffer, Buffer, Buffer] {
  const [nonceAt, tagAt] = [saltLength, saltLength + nonceLength];
  const closedAt = tagAt + tagLength;
  return [
    bytes.subarray(0, nonceAt),
    bytes.subarray(nonceAt, tagAt),
    bytes.subarray(tagAt, closedAt),
    bytes.subarray(closedAt),
  ];
}

/** Away from the thread that serves the page. */
function keyOf(passphrase: Uint8Array, salt: Uint8Array, { log, parallel }: Cost): Promise<Buffer> {
  const N = 2 ** log;
  const options = { N, r: blockSize, p: parallel, maxmem: 128 * blockSize * (N + parallel + 4) };
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, 32, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
