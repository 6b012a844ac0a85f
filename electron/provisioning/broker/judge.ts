import type { Frame } from '../../../shared/contract/devices.ts';
import { deviceText } from '../../drivers/device-text.ts';
import type { BrokerMessage } from './session.ts';
import { Answer, Birth, Data, readMessage } from './unit-messages.ts';

/** What a message at the broker is good for: it is the sight (in words), or why it is not, or nothing yet. */
export type Judgement = { seen: string } | { remark: string } | null;

/** The unit as it says itself, over its own line, that it is. */
export interface Expected {
  unit: string;
  manifest: string | null;
  tag: string;
  boot: number;
  /** Engine time, ms: at the start of the proof, or when the unit was cut off. */
  t: number;
}

const short = (hash: string | null): string => (hash === null ? 'none' : `${hash.slice(0, 12)}…`);

/** A birth of this very start of this very unit with its new identity. One that was kept may not be from later. */
export function judgeBirth({ payload, retained }: BrokerMessage, expected: Expected): Judgement {
  const birth = readMessage(Birth, payload);
  if (!birth) return { remark: 'what came is not a birth message' };
  const { unit, manifest, tag, boot, t } = expected;
  if (birth.unit !== unit) return { remark: `a birth of another unit, ${birth.unit}` };
  if (birth.boot !== boot) {
    return { remark: `a birth of start ${birth.boot}, the unit is at start ${boot}` };
  }
  if (birth.sw !== manifest) {
    return { remark: `a birth of the software ${short(birth.sw)}, not of ${short(manifest)}` };
  }
  if (birth.tag !== tag) return { remark: `a birth with the tag ${deviceText(birth.tag, 60)}, not ${tag}` };
  if (retained && birth.t > t) return { remark: 'a kept birth of an earlier start with the same number' };
  const kept = retained ? ', kept by the broker' : '';
  return { seen: `tag ${tag}, software ${short(manifest)}, start ${boot}${kept}` };
}

/** The birth after the cut: fresh, and of the same start going on. */
export function judgeReturn(message: BrokerMessage, expected: Expected): Judgement {
  if (message.retained) return { remark: 'only a birth that the broker had kept' };
  const judged = judgeBirth(message, expected);
  if (!judged || 'remark' in judged) return judged;
  const birth = readMessage(Birth, message.payload);
  if (birth && birth.t < expected.t) return { remark: 'a birth from before the unit was cut off' };
  return judged;
}

/** Data whose values are those of the frame with the same number on the unit's own line. */
export function judgeData(
  { payload, retained }: BrokerMessage,
  { boot }: Expected,
  frameOf: (seq: number) => Frame | undefined,
): Judgement {
  if (retained) return { remark: 'data that the broker had kept' };
  const data = readMessage(Data, payload);
  if (!data) return { remark: 'what came is no data message' };
  if (data.boot !== boot) return { remark: `data of start ${data.boot}, the unit is at start ${boot}` };
  const frame = frameOf(data.seq);
  if (!frame) return null;
  const own = new Map(frame.channels.map(({ id, value }) => [id, value]));
  const ids = Object.keys(data.v);
  const same =
    data.t === frame.t && ids.length > 0 && ids.every((id) => own.has(id) && own.get(id) === data.v[id]);
  if (!same) return { remark: `data number ${data.seq} that differ from what the unit measured` };
  const values = ids.map((id) => `${id} = ${data.v[id] ?? 'bad'}`).join(', ');
  return { seen: deviceText(`frame ${data.seq} as on the line: ${values}`, 300) };
}

/** The answer to the one command that bears this number. */
export function judgeAnswer(
  { payload, retained }: BrokerMessage,
  { unit, boot }: Expected,
  id: number,
): Judgement {
  if (retained) return { remark: 'an answer that the broker had kept' };
  const answer = readMessage(Answer, payload);
  if (!answer) return { remark: 'what came is not an answer' };
  if (answer.id !== id) return { remark: `an answer to command ${answer.id}, not to ${id}` };
  if ('no' in answer) return { remark: `it refused: ${deviceText(answer.no.join(', '), 120)}` };
  if (answer.ok.unit !== unit) return { remark: `an answer of another unit, ${answer.ok.unit}` };
  if (answer.ok.boot !== boot) return { remark: `an answer of start ${answer.ok.boot}` };
  return { seen: `command ${id} answered by start ${boot}` };
}

/** `online` or `offline`, said now. */
export function judgeState({ payload, retained }: BrokerMessage, state: 'online' | 'offline'): Judgement {
  if (retained) return { remark: 'a state that the broker had kept' };
  return payload.toString('latin1') === state ? { seen: `the broker says ${state}` } : null;
}
