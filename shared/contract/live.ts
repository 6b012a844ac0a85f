/**
 * Live frames on the wire: a fixed header, then one Float64 block, channel-major. Plots only; numbers that a person
 * signs for travel as decimal text. Little endian.
 *
 * | offset | type    | meaning                                              |
 * |     0  | uint32  | stream id                                            |
 * |     4  | uint32  | sequence number of the first sample                  |
 * |     8  | uint32  | samples                                              |
 * |    12  | uint16  | columns: time, then one a channel (NaN: no value)    |
 * |    14  | uint16  | flags: bit 0 = samples were left out before this one |
 * |    16  | float64 | columns x samples values; time in ms since 1970      |
 */
export interface LiveBlock {
  stream: number;
  firstSeq: number;
  /** True where frames before this block were lost or left out. */
  gap: boolean;
  /** `columns[0]` is the time, ms since 1970; the others the channels in the order of `live.subscribe`. */
  columns: Float64Array[];
}

const HEADER_BYTES = 16;

export function encodeLiveBlock(block: LiveBlock): Uint8Array {
  const samples = block.columns[0]?.length ?? 0;
  const bytes = new ArrayBuffer(HEADER_BYTES + 8 * samples * block.columns.length);
  const header = new DataView(bytes);
  header.setUint32(0, block.stream, true);
  header.setUint32(4, block.firstSeq, true);
  header.setUint32(8, samples, true);
  header.setUint16(12, block.columns.length, true);
  header.setUint16(14, block.gap ? 1 : 0, true);
  const values = new Float64Array(bytes, HEADER_BYTES);
  for (const [index, column] of block.columns.entries()) values.set(column, index * samples);
  return new Uint8Array(bytes);
}

/** Null for anything that is not a live block: the header must account for every byte. */
export function decodeLiveBlock(data: Uint8Array): LiveBlock | null {
  if (data.byteLength < HEADER_BYTES) return null;
  const header = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const samples = header.getUint32(8, true);
  const columnCount = header.getUint16(12, true);
  if (data.byteLength !== HEADER_BYTES + 8 * samples * columnCount) return null;
  const values = new Float64Array(data.slice(HEADER_BYTES).buffer);
  const columns = Array.from({ length: columnCount }, (_, index) =>
    values.subarray(index * samples, (index + 1) * samples),
  );
  return {
    stream: header.getUint32(0, true),
    firstSeq: header.getUint32(4, true),
    gap: (header.getUint16(14, true) & 1) === 1,
    columns,
  };
}
