// BLAKE2b (RFC 7693), unkeyed, for the two lengths that minisign uses: 64 bytes before signing, 32 bytes as the
// checksum of a secret key. Ours, because node:crypto has no BLAKE2b of 32 bytes (it is not the 64 bytes cut short:
// the length goes into the first word), and the BoringSSL under Electron has no `blake2b512` at all.

const blockBytes = 128;

/** RFC 7693 §2.6, the same as SHA-512's. */
const initial = [
  0x6a09e667f3bcc908n,
  0xbb67ae8584caa73bn,
  0x3c6ef372fe94f82bn,
  0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n,
  0x9b05688c2b3e6c1fn,
  0x1f83d9abfb41bd6bn,
  0x5be0cd19137e2179n,
];

/** RFC 7693 §2.7: the order of the message words in each round, one hexadecimal digit a word. */
const orders = [
  '0123456789abcdef',
  'ea489fd61c02b753',
  'b8c052fdae367194',
  '7931dcbe265a40f8',
  '905724afe1bc683d',
  '2c6a0b834d75fe19',
  'c51fed4a0763928b',
  'db7ec13950f4862a',
  '6fe9b308c2d714a5',
  'a2847615fb9e3cd0',
].map((order) => Array.from(order, (digit) => Number.parseInt(digit, 16)));

/** RFC 7693 §3.2: four columns, then four diagonals. */
const mixed = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
] as const;

const wrap = (value: bigint): bigint => BigInt.asUintN(64, value);
const rotated = (value: bigint, by: bigint): bigint => wrap((value >> by) | (value << (64n - by)));
const at = (words: BigUint64Array, index: number): bigint => words[index] ?? 0n;

/** RFC 7693 §3.1, the function G. */
function mix(
  v: BigUint64Array,
  [a, b, c, d]: readonly [number, number, number, number],
  x: bigint,
  y: bigint,
) {
  v[a] = at(v, a) + at(v, b) + x;
  v[d] = rotated(at(v, d) ^ at(v, a), 32n);
  v[c] = at(v, c) + at(v, d);
  v[b] = rotated(at(v, b) ^ at(v, c), 24n);
  v[a] = at(v, a) + at(v, b) + y;
  v[d] = rotated(at(v, d) ^ at(v, a), 16n);
  v[c] = at(v, c) + at(v, d);
  v[b] = rotated(at(v, b) ^ at(v, c), 63n);
}

/** RFC 7693 §3.2, the function F: takes one block into the state. `taken` counts bytes, this block's included. */
function compress(state: BigUint64Array, block: DataView, taken: number, last: boolean): void {
  const v = BigUint64Array.from([...state, ...initial]);
  v[12] = at(v, 12) ^ BigInt(taken);
  if (last) v[14] = ~at(v, 14);
  for (let round = 0; round < 12; round++) {
    const order = orders[round % 10] ?? [];
    const word = (index: number): bigint => block.getBigUint64((order[index] ?? 0) * 8, true);
    for (const [index, places] of mixed.entries()) mix(v, places, word(2 * index), word(2 * index + 1));
  }
  state.forEach((word, index) => {
    state[index] = word ^ at(v, index) ^ at(v, index + 8);
  });
}

/** BLAKE2b of `message` in `length` bytes, 1 to 64. */
export function blake2b(message: Uint8Array, length: number): Buffer {
  const state = BigUint64Array.from(initial);
  state[0] = at(state, 0) ^ 0x01010000n ^ BigInt(length);
  const blocks = Math.max(1, Math.ceil(message.length / blockBytes));
  const padded = new Uint8Array(blocks * blockBytes);
  padded.set(message);
  for (let index = 0; index < blocks; index++) {
    const last = index === blocks - 1;
    const block = new DataView(padded.buffer, index * blockBytes, blockBytes);
    compress(state, block, last ? message.length : (index + 1) * blockBytes, last);
  }
  const digest = Buffer.alloc(64);
  for (const [index, word] of state.entries()) digest.writeBigUInt64LE(word, index * 8);
  return digest.subarray(0, length);
}
