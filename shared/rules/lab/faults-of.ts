import { Failure } from '../../contract/failure.ts';
import type { DataFault } from '../../contract/recordings.ts';
import { NumberError, toQuanta } from '../../units/units.ts';
import type { CompileChannel } from '../compile-channel.ts';
import type { Fault } from './faults.ts';

type FaultChannel = Pick<CompileChannel, 'id' | 'quantum'>;

/** Largest count of an input (rule N3 of the model). */
const top = 2 ** 31;
/** Both sides of nothing, so that the spread still fits. */
const widest = 2 ** 30;

/** A field of a fault, by its place in the list. */
interface Field {
  fault: number;
  name: string;
}

const refused = ({ fault, name }: Field, detail: string): Failure =>
  new Failure('TRIAL_INVALID', {
    detail: `fault ${fault + 1}, ${name}: ${detail}`,
    path: `faults.${fault}.${name}`,
  });

function quantaOf(text: string, quantum: string, field: Field, most: number): number {
  try {
    const count = toQuanta(text, quantum);
    if (Math.abs(count) <= most) return count;
  } catch (thrown) {
    if (!(thrown instanceof NumberError)) throw thrown;
    throw refused(field, thrown.message);
  }
  throw refused(field, `${text} is too large`);
}

function faultOf(fault: DataFault, place: number, channels: readonly FaultChannel[], startMs: number): Fault {
  if (fault.kind === 'clock') return { ...fault, at: startMs + Math.round(fault.at) };
  const at = (name: string): Field => ({ fault: place, name });
  const channel = channels.find(({ id }) => id === fault.input);
  if (!channel) throw refused(at('input'), `there is no channel ${fault.input}`);
  const { input } = fault;
  const count = (text: string, name: string, most = top): number =>
    quantaOf(text, channel.quantum, at(name), most);
  if (fault.kind === 'spike') {
    return {
      kind: 'spike',
      input,
      at: startMs + Math.round(fault.at),
      height: count(fault.height, 'height'),
    };
  }
  if (fault.to <= fault.from) throw refused(at('to'), 'it ends before it begins');
  const during = { input, from: startMs + Math.round(fault.from), to: startMs + Math.round(fault.to) };
  switch (fault.kind) {
    case 'stuck':
      return { kind: 'stuck', ...during };
    case 'dropout':
      return { kind: 'dropout', ...during, how: fault.how };
    case 'drift':
      return { kind: 'drift', ...during, perHour: count(fault.perHour, 'perHour') };
    case 'noise': {
      const amplitude = count(fault.amplitude, 'amplitude', widest);
      if (amplitude < 0) throw refused(at('amplitude'), 'it is below zero');
      return { kind: 'noise', ...during, amplitude };
    }
  }
}

/**
 * Faults as a person gives them in the numbers of the engine; `startMs` is the time of the first row. Fails with
 * TRIAL_INVALID, which names the field: a value that is not a whole number of the channel's steps is not rounded.
 */
export const faultsOf = (
  faults: readonly DataFault[],
  channels: readonly FaultChannel[],
  startMs: number,
): Fault[] => faults.map((fault, i) => faultOf(fault, i, channels, startMs));
