import type { Frame, RuleEvent } from '../../../shared/contract/devices.ts';

/** A body of the line protocol, taken apart. `words` and `json` are the device's own: untrusted. */
export type AgentMessage =
  | { kind: 'frame'; frame: Omit<Frame, 'at'> }
  | { kind: 'event'; event: RuleEvent }
  | { kind: 'announcement'; json: unknown }
  | { kind: 'answer'; id: number; ok: true; json: unknown }
  | { kind: 'answer'; id: number; ok: false; code: string; words: string };

const nothing = Symbol('no JSON');

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return nothing;
  }
}

/** A whole number as text, exact; undefined beyond 2^53. */
function integer(text: string | undefined): number | undefined {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

const nullable = (text: string | undefined): number | null | undefined =>
  text === undefined || text === 'null' ? null : integer(text);

/**
 * What the rules took in with a frame and is no channel of the unit's: `$week`, the time of the week in ms; `$ack`, a
 * rule that was acknowledged; `$shelve`, a rule and until when it is shelved.
 */
const reading = /^(\$week|\$ack|\$shelve|[A-Za-z_][\w.-]{0,31})=(null|-?\d{1,16})(?::(null|-?\d{1,16}))?$/;

function channel(text: string): Frame['channels'][number] | undefined {
  const match = reading.exec(text);
  const id = match?.[1];
  const value = nullable(match?.[2]);
  const raw = nullable(match?.[3]);
  return id === undefined || value === undefined || raw === undefined ? undefined : { id, value, raw };
}

function parseFrame(body: string): AgentMessage | undefined {
  const [head, time, ...rest] = body.split(' ');
  const seq = integer(head?.slice(1));
  const t = integer(time);
  const channels = rest.map(channel);
  if (seq === undefined || t === undefined || !channels.every((each) => each !== undefined)) return undefined;
  return { kind: 'frame', frame: { seq, t, channels } };
}

/** A 1 at the end marks the first of its group. */
function parseEvent(body: string): AgentMessage | undefined {
  const match = /^!(\d{1,15}) (\d{1,15}) (\d{1,4}) (ON|OFF|RTN|REP)( 1)?$/.exec(body);
  if (!match) return undefined;
  return {
    kind: 'event',
    event: {
      seq: Number(match[1]),
      t: Number(match[2]),
      rule: Number(match[3]),
      kind: match[4] as RuleEvent['kind'],
      ...(match[5] === undefined ? {} : { first: true }),
    },
  };
}

function parseAnswer(body: string): AgentMessage | undefined {
  const ok = /^=(\d{1,6}) ok(?: (.*))?$/.exec(body);
  if (ok) {
    const json = fromJson(ok[2] ?? '{}');
    return json === nothing ? undefined : { kind: 'answer', id: Number(ok[1]), ok: true, json };
  }
  const no = /^=(\d{1,6}) no ([a-z][a-z0-9-]{0,30})(?: (.*))?$/.exec(body);
  if (!no) return undefined;
  const words = fromJson(no[3] ?? '""');
  return {
    kind: 'answer',
    id: Number(no[1]),
    ok: false,
    code: no[2] ?? '',
    words: typeof words === 'string' ? words : '',
  };
}

/** What a body says; undefined for what is none of the agent's messages (a request's echo, say). */
export function parseMessage(body: string): AgentMessage | undefined {
  switch (body.charAt(0)) {
    case '~':
      return /^~\d{1,15} \d{1,15}( |$)/.test(body) ? parseFrame(body) : undefined;
    case '!':
      return parseEvent(body);
    case '=':
      return parseAnswer(body);
    case '#': {
      const json = fromJson(body.slice(1));
      return json === nothing ? undefined : { kind: 'announcement', json };
    }
    default:
      return undefined;
  }
}
