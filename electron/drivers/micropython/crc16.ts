const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  return crc & 0xffff;
});

/** CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xFFFF, nothing reflected; "123456789" gives 0x29B1. */
export function crc16(bytes: Uint8Array, from = 0, to = bytes.length): number {
  let crc = 0xffff;
  for (let i = from; i < to; i += 1) {
    crc = ((crc << 8) & 0xffff) ^ (table[(crc >> 8) ^ (bytes[i] ?? 0)] ?? 0);
  }
  return crc;
}
