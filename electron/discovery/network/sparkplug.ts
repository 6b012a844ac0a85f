/** Metrics whose names are told; a birth may hold thousands. */
const MOST_NAMES = 5;
const LONGEST_NAME = 60;

interface Field {
  number: number;
  bytes: Uint8Array;
}

/**
 * Names of the metrics in a Sparkplug B birth (Eclipse Sparkplug 3.0, 6.4: payload field 2 holds metrics, of which
 * field 1 is the name), at most five, and how many metrics there are. Null where it is no such payload: nothing
 * beyond field numbers and lengths is read.
 */
export function metricNames(payload: Uint8Array): { names: string[]; count: number } | null {
  const fields = lengthFields(payload);
  if (!fields) return null;
  const metrics = fields.filter(({ number }) => number === 2);
  // A birth of a node holds bdSeq at least; some other texts happen to be protobuf without a field that counts.
  if (metrics.length === 0) return null;
  const names: string[] = [];
  for (const { bytes } of metrics.slice(0, MOST_NAMES)) {
    const name = lengthFields(bytes)?.find(({ number }) => number === 1);
    if (!name) return null;
    names.push(Buffer.from(name.bytes.subarray(0, LONGEST_NAME)).toString('utf8'));
  }
  return { names, count: metrics.length };
}

/** The length-delimited fields of one protobuf message (wire type 2); the others are skipped. */
function lengthFields(bytes: Uint8Array): Field[] | null {
  const fields: Field[] = [];
  let at = 0;
  /** Base 128, lowest digit first, at most ten digits; larger than any length here is as good as wrong. */
  const varint = (): number | null => {
    let value = 0;
    for (let digit = 0; digit < 10; digit += 1) {
      const byte = bytes[at];
      if (byte === undefined) return null;
      at += 1;
      value += (byte & 0x7f) * 128 ** digit;
      if (byte < 0x80) return value;
    }
    return null;
  };
  while (at < bytes.length) {
    const key = varint();
    if (key === null) return null;
    const kind = key % 8;
    if (kind === 0) {
      if (varint() === null) return null;
    } else if (kind === 1 || kind === 5) at += kind === 1 ? 8 : 4;
    else if (kind === 2) {
      const length = varint();
      if (length === null || at + length > bytes.length) return null;
      fields.push({ number: Math.floor(key / 8), bytes: bytes.subarray(at, at + length) });
      at += length;
    } else return null;
  }
  return at === bytes.length ? fields : null;
}
