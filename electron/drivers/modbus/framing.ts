import { modbusCrc } from './crc.ts';

/** A question for registers: function 3 (holding) or 4 (input). */
export interface RegisterRequest {
  unitId: number;
  fn: 3 | 4;
  /** Zero-based. */
  address: number;
  count: number;
}

/** `end` counts the bytes up to and including the answer; all before them was something else. */
export type Answer = { end: number } & ({ data: Buffer } | { exception: number });

/** How requests and answers lie on the line; one for serial lines, one for TCP. */
export interface Framing {
  frame(request: RegisterRequest, transaction: number): Buffer;
  /** The answer to this request anywhere in what was heard: noise, echoes and answers to others are passed over. */
  find(heard: Buffer, request: RegisterRequest, transaction: number): Answer | undefined;
}

const pduOf = ({ fn, address, count }: RegisterRequest): Buffer => {
  const pdu = Buffer.alloc(5);
  pdu.writeUInt8(fn, 0);
  pdu.writeUInt16BE(address, 1);
  pdu.writeUInt16BE(count, 3);
  return pdu;
};

/** The answer's PDU (without unit id) at `at`, where it is one to this request and all of it has come. */
function pduAt(heard: Buffer, at: number, { fn, count }: RegisterRequest): Answer | undefined {
  const [first, second] = [heard[at], heard[at + 1]];
  if (first === undefined || second === undefined) return undefined;
  if (first === (fn | 0x80)) return { end: at + 2, exception: second };
  const end = at + 2 + 2 * count;
  if (first !== fn || second !== 2 * count || heard.length < end) return undefined;
  return { end, data: Buffer.from(heard.subarray(at + 2, end)) };
}

/** MODBUS over serial line, RTU: unit id, PDU, CRC. An answer counts only with its checksum. */
export const rtuFraming: Framing = {
  frame: (request) => {
    const body = Buffer.concat([Buffer.from([request.unitId]), pduOf(request)]);
    return Buffer.concat([body, crcBytes(body)]);
  },
  find: (heard, request) => {
    for (let at = heard.indexOf(request.unitId); at >= 0; at = heard.indexOf(request.unitId, at + 1)) {
      const answer = pduAt(heard, at + 1, request);
      if (!answer || heard.length < answer.end + 2) continue;
      const sum = heard.subarray(answer.end, answer.end + 2);
      if (crcBytes(heard.subarray(at, answer.end)).equals(sum)) return { ...answer, end: answer.end + 2 };
    }
    return undefined;
  },
};

function crcBytes(body: Uint8Array): Buffer {
  const sum = Buffer.alloc(2);
  sum.writeUInt16LE(modbusCrc(body));
  return sum;
}

/** MODBUS/TCP: the MBAP header with transaction, protocol 0, length and unit id, then the PDU. */
export const tcpFraming: Framing = {
  frame: (request, transaction) => {
    const pdu = pduOf(request);
    return Buffer.concat([headerOf(transaction, pdu.length + 1, request.unitId), pdu]);
  },
  find: (heard, request, transaction) => {
    for (const length of [3, 3 + 2 * request.count]) {
      const header = headerOf(transaction, length, request.unitId);
      for (let at = heard.indexOf(header); at >= 0; at = heard.indexOf(header, at + 1)) {
        const answer = pduAt(heard, at + header.length, request);
        if (answer && answer.end === at + header.length + length - 1) return answer;
      }
    }
    return undefined;
  },
};

function headerOf(transaction: number, length: number, unitId: number): Buffer {
  const header = Buffer.alloc(7);
  header.writeUInt16BE(transaction, 0);
  header.writeUInt16BE(length, 4);
  header.writeUInt8(unitId, 6);
  return header;
}
