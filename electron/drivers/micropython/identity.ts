import { z } from 'zod';
import { HardwareId, type UnitIdentity } from '../../../shared/contract/devices.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { deviceText } from '../device-text.ts';
import { newest, nextStart } from './pointer.ts';
import { whoAreYou } from './programs.ts';
import type { RawRepl } from './raw-repl.ts';

export interface UnitFacts extends UnitIdentity {
  /** Allocation unit of its file system, bytes. */
  blockBytes: number;
}

const count = z.number().int().nonnegative();
const text = z.string().transform((value) => deviceText(value));
const word = text.nullable().catch(null);
const record = z
  .string()
  .regex(/^([0-9a-f]{2}){0,80}$/)
  .transform((hex) => Buffer.from(hex, 'hex'))
  .nullable();
const tagAndAgent = z.tuple([word, word]);
/** In the order of the program `whoAreYou`. */
const Answer = z.tuple([
  text,
  z.array(z.number().int()).length(3),
  text,
  text,
  z.string(),
  count,
  count,
  count,
  z.tuple([record, record]),
  tagAndAgent,
  tagAndAgent,
]);

const implementations = ['micropython', 'circuitpython'];
/** Raw-paste mode and `sys.implementation._machine` are there from here on; older firmware is not tested. */
const oldest = [1, 20] as const;

const unsupported = (port: string, detail: string): Failure =>
  new Failure('UNIT_UNSUPPORTED', { port, detail });

function parseJson(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    return undefined;
  }
}

/** The printed answer of `whoAreYou` as facts. @throws Failure UNIT_UNSUPPORTED */
export function readFacts(output: string, port: string): UnitFacts {
  const answer = Answer.safeParse(parseJson(output));
  if (!answer.success) throw unsupported(port, `it describes itself as "${deviceText(output, 80)}"`);
  const [implementation, version, platform, machine, id, blockBytes, free, total, records, inA, inB] =
    answer.data;
  const name = implementation.toLowerCase();
  if (!implementations.includes(name)) throw unsupported(port, `it runs "${implementation.slice(0, 40)}"`);
  const [major = 0, minor = 0] = version;
  const tooOld = major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
  if (name === 'micropython' && tooOld) throw unsupported(port, `it runs MicroPython ${version.join('.')}`);
  const hardwareId = HardwareId.safeParse(id.toLowerCase());
  if (!hardwareId.success) throw unsupported(port, 'it has no hardware id of its own');
  const { active } = nextStart(newest(records).record);
  const [tag, agent] = active === null ? [null, null] : active === 'a' ? inA : inB;
  return {
    hardwareId: hardwareId.data,
    family: 'micropython',
    implementation: name,
    version: version.join('.'),
    platform,
    machine,
    freeBytes: free * blockBytes,
    totalBytes: total * blockBytes,
    tag,
    agent,
    blockBytes,
  };
}

/** Asks the unit who it is. The REPL must have been entered. */
export async function askIdentity(repl: RawRepl, port: string, signal?: AbortSignal): Promise<UnitFacts> {
  return readFacts(await repl.exec(whoAreYou, { during: 'asking the unit who it is', signal }), port);
}

/** As `askIdentity`, for work that is meant for one unit only; a stranger is asked twice. @throws Failure WRONG_UNIT */
export async function demandUnit(
  repl: RawRepl,
  port: string,
  expected: string,
  signal?: AbortSignal,
): Promise<UnitFacts> {
  const facts = await askIdentity(repl, port, signal);
  if (facts.hardwareId === expected) return facts;
  const again = await askIdentity(repl, port, signal);
  if (again.hardwareId === expected) return again;
  throw new Failure('WRONG_UNIT', { port, expected, found: again.hardwareId });
}
