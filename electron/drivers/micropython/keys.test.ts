import {
  createECDH,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  verify,
} from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Bench, startBench } from '../../bench/bench.ts';
import { curve, keyFile } from './key-programs.ts';
import { makeUnitKey, signOnUnit } from './keys.ts';
import { RawRepl } from './raw-repl.ts';
import { usualTiming } from './timing.ts';
import { MicroPythonSession } from './unit-session.ts';

const port = 'bench:1';
const keyOf = (point: Uint8Array) => {
  const [x = '', y = ''] = [point.subarray(0, 32), point.subarray(32)].map((half) =>
    Buffer.from(half).toString('base64url'),
  );
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
};
const sha256 = (data: Uint8Array | string): Buffer => createHash('sha256').update(data).digest();
const verifies = (point: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean =>
  verify('sha256', data, { key: keyOf(point), dsaEncoding: 'ieee-p1363' }, signature);

/** PKCS #8 with the public key, as the unit writes it and as Node exports it. */
function pemOf(scalar: Uint8Array): { pem: string; point: Buffer } {
  const point = publicOf(scalar);
  const der = Buffer.concat([
    Buffer.from('308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420', 'hex'),
    scalar,
    Buffer.from('a144034200', 'hex'),
    point,
  ]);
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    pem: `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`,
    point: point.subarray(1),
  };
}

function publicOf(scalar: Uint8Array): Buffer {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(scalar);
  return ecdh.getPublicKey();
}

/** Passes everything on and keeps what the unit printed. */
class ListeningRepl extends RawRepl {
  readonly said: string[] = [];

  override async run(...given: Parameters<RawRepl['run']>): ReturnType<RawRepl['run']> {
    const reply = await super.run(...given);
    this.said.push(reply.output, reply.error);
    return reply;
  }
}

describe('on real MicroPython', () => {
  let bench: Bench;
  let repl: ListeningRepl;

  beforeAll(async () => {
    bench = await startBench({ boards: 1 });
    repl = new ListeningRepl(await bench.open(port), usualTiming);
    await repl.enter();
    await run("import os\nos.mkdir('/plumbline')\nos.mkdir('/plumbline/made')");
  });

  afterAll(async () => {
    await bench.close();
  });

  const run = async (program: string): Promise<string> =>
    (await repl.exec(program, { during: 'testing' })).trim();

  /** As if the unit had made this key. */
  async function place(scalar: Uint8Array): Promise<Buffer> {
    const { pem, point } = pemOf(scalar);
    await run(`with open('${keyFile}','wb') as f:\n print(f.write(b'${pem.replaceAll('\n', '\\n')}'))`);
    return point;
  }

  const signed = async (digest: Uint8Array): Promise<string> =>
    Buffer.from(await signOnUnit(repl, digest, { port })).toString('hex');

  // RFC 6979 A.2.5, ECDSA with P-256 and SHA-256.
  const rfc = Buffer.from('c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721', 'hex');
  test.each([
    [
      'sample',
      'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8',
    ],
    [
      'test',
      'f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083',
    ],
  ])('signs "%s" as RFC 6979 A.2.5 prints it', async (message, expected) => {
    await place(rfc);
    expect(await signed(sha256(message))).toBe(expected);
  });

  // FIPS 186 test vectors (NIST CAVS, P-256: d, Qx, Qy), and the ends of the range.
  test.each([
    ['one', '0000000000000000000000000000000000000000000000000000000000000001'],
    ['two', '0000000000000000000000000000000000000000000000000000000000000002'],
    ['three', '0000000000000000000000000000000000000000000000000000000000000003'],
    ['the largest', 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550'],
    ['the largest but one', 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254f'],
    ['of NIST', 'c9806898a0334916c860748880a541f093b579a9b1f32934d86c363c39800357'],
    ['the top bit alone', '8000000000000000000000000000000000000000000000000000000000000000'],
  ])('multiplies by %s', async (_what, scalar) => {
    const { point } = pemOf(Buffer.from(scalar, 'hex'));
    await run(curve);
    await run(`_pl_begin(0x${scalar})`);
    for (let left = 240; left >= 0; left -= 16) expect(await run('_pl_go(16)')).toBe(String(left));
    const program = 'x,y=_pl_xy()\nprint(binascii.hexlify(_pl_32(x)+_pl_32(y)).decode())';
    expect(await run(program)).toBe(point.toString('hex'));
  });

  test('signs anything with any key so that OpenSSL agrees', async () => {
    for (let round = 0; round < 12; round += 1) {
      const scalar = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
        format: 'jwk',
      }).d;
      const point = await place(Buffer.from(scalar ?? '', 'base64url'));
      const data = randomBytes(round * 7);
      const signature = Buffer.from(await signed(sha256(data)), 'hex');
      expect(verifies(point, data, signature), `round ${round}, key ${scalar}`).toBe(true);
      expect(verifies(point, Buffer.from('other'), signature)).toBe(false);
    }
  });

  test('signs digests at the edges', async () => {
    const point = await place(rfc);
    for (const digest of ['00'.repeat(32), 'ff'.repeat(32), `${'00'.repeat(31)}01`]) {
      expect(await signed(Buffer.from(digest, 'hex'))).toMatch(/^[0-9a-f]{128}$/);
    }
    expect(point).toHaveLength(64);
  });

  test('makes keys that are never the same, and says nothing but what is public', async () => {
    const points = new Set<string>();
    for (let round = 0; round < 3; round += 1) {
      repl.said.length = 0;
      const made = await makeUnitKey(repl, randomBytes(32), { port });
      const said = repl.said.join('\n');
      expect(made).not.toBeNull();
      const { publicKey = Buffer.alloc(0), size = 0, sha256: hash = '' } = made ?? {};
      points.add(Buffer.from(publicKey).toString('hex'));
      const hex = await run(
        `with open('${keyFile}','rb') as f:\n print(binascii.hexlify(f.read()).decode())`,
      );
      const file = Buffer.from(hex, 'hex');
      expect([file.length, sha256(file).toString('hex')]).toEqual([size, hash]);
      const held = createPrivateKey(file.toString('latin1'));
      expect(createPublicKey(held).equals(keyOf(publicKey))).toBe(true);
      const scalar = Buffer.from(held.export({ format: 'jwk' }).d ?? '', 'base64url');
      expect(said).toContain(Buffer.from(publicKey).toString('hex'));
      for (const form of ['hex', 'base64'] as const) {
        expect(said).not.toContain(scalar.toString(form).slice(0, 20));
      }
    }
    expect(points.size).toBe(3);
    const names = await run("print(os.listdir('/plumbline/made'),_pl_d,_pl_q)");
    expect(names).toBe("['key.pem'] None None");
  });

  test('a unit that would take too long makes none, and keeps no number of it', async () => {
    expect(await makeUnitKey(repl, randomBytes(32), { port, limitMs: 0 })).toBeNull();
    expect(await run('print(_pl_d,_pl_q)')).toBe('None None');
    await expect(signOnUnit(repl, sha256('x'), { port, limitMs: 0 })).rejects.toMatchObject({
      code: 'UNIT_REFUSED',
    });
  });

  test('a firmware without entropy makes none', async () => {
    await run('import os\n_u=os.urandom\ndel os.urandom');
    expect(await makeUnitKey(repl, randomBytes(32), { port })).toBeNull();
    await run('os.urandom=_u');
  });

  test('a file that is no key of ours is not signed with', async () => {
    await run(`with open('${keyFile}','wb') as f:\n f.write(b'AAAA\\n')`);
    await expect(signOnUnit(repl, sha256('x'), { port })).rejects.toMatchObject({ code: 'UNIT_REFUSED' });
  });
});

describe('a session', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({ boards: 2 });
  });
  afterEach(async () => {
    await bench.close();
  });

  test('makes a key on its unit that signs', async () => {
    const session = new MicroPythonSession(await bench.open(port), {});
    const { hardwareId: expected } = await session.identify();
    const key = await session.makeKey({ expected });
    const data = Buffer.from('to be signed');
    const signature = await key?.sign(sha256(data), {});
    expect(verifies(key?.publicKey ?? Buffer.alloc(64), data, signature ?? Buffer.alloc(64))).toBe(true);
  });

  test('makes none on another unit', async () => {
    const session = new MicroPythonSession(await bench.open(port), {});
    await expect(session.makeKey({ expected: 'beef0001' })).rejects.toMatchObject({ code: 'WRONG_UNIT' });
    expect(await session.read(keyFile, { expected: (await session.identify()).hardwareId })).toBeNull();
  });
});
