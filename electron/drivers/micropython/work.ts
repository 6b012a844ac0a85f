import { Failure } from '../../../shared/contract/failure.ts';
import { noSuchFile } from './device-error.ts';
import { UnitFiles } from './files.ts';
import { demandUnit, type UnitFacts } from './identity.ts';
import { helpers, lockedTo } from './programs.ts';
import type { ExecOptions, RawRepl } from './raw-repl.ts';

export interface WorkOptions {
  /** Hardware id of the unit that the work is for. */
  expected: string;
  signal?: AbortSignal | undefined;
}

/** Attempts at one step; each begins with what the one before it has brought about. */
const attempts = 16;

/**
 * A program of ours that fails by anything but an OSError, or by one about a name that is not there, has most likely
 * arrived other than it was sent.
 */
function mayBeGarbled(thrown: unknown): boolean {
  if (!(thrown instanceof Failure)) return false;
  const { errno } = thrown.params;
  if (thrown.code === 'UNIT_REFUSED') return errno === undefined || errno === noSuchFile;
  return ['REPLY_UNREADABLE', 'NO_REPLY', 'VERIFY_FAILED', 'UNIT_UNSUPPORTED'].includes(thrown.code);
}

/**
 * Work through the REPL for one unit. Its hardware id is read before the work and once more by every program that
 * writes; what the line garbled is done again, after asking anew who is there.
 */
export class UnitWork {
  readonly repl: RawRepl;
  readonly port: string;
  readonly files: UnitFiles;
  readonly expected: string;
  readonly signal: AbortSignal | undefined;

  constructor(repl: RawRepl, port: string, { expected, signal }: WorkOptions) {
    this.repl = repl;
    this.port = port;
    this.files = new UnitFiles(repl, port);
    this.expected = expected;
    this.signal = signal;
  }

  /** Interrupts what runs, asks who it is, and gives it the programs that the work is done with. */
  async begin(): Promise<UnitFacts> {
    const { repl, port, expected, signal } = this;
    await repl.enter(signal);
    const facts = await this.#untilHeard(() => demandUnit(repl, port, expected, signal));
    for (const helper of helpers)
      await this.#untilHeard(() => repl.exec(helper, this.during('preparing the unit')));
    return facts;
  }

  /** `step`, until it succeeds, as long as the line may be to blame. */
  again<T>(step: () => Promise<T>): Promise<T> {
    return this.#untilHeard(step, async () => {
      if (!(await this.#isReady())) await this.begin();
    });
  }

  async #untilHeard<T>(step: () => Promise<T>, prepare?: () => Promise<void>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        if (attempt > 1) await prepare?.();
        return await step();
      } catch (thrown) {
        if (attempt === attempts || !mayBeGarbled(thrown)) throw thrown;
      }
      // A unit that is gone fails here, and that is final.
      await this.repl.enter(this.signal);
    }
  }

  /** It is the same unit, it was not reset, and it has the programs. */
  async #isReady(): Promise<boolean> {
    try {
      return (await this.run("print('ready')", 'preparing the unit')).trim() === 'ready';
    } catch (thrown) {
      if (!mayBeGarbled(thrown)) throw thrown;
      await this.repl.enter(this.signal);
      return false;
    }
  }

  /** Runs a program that is carried out on this unit only, and only as it was sent. Gives what it printed. */
  run(source: string, during: string): Promise<string> {
    return this.repl.exec(lockedTo(this.expected, source), this.during(during));
  }

  during(during: string): ExecOptions {
    return { during, signal: this.signal };
  }

  /** The same work without the caller's signal, which may be why it has to be tidied up. */
  uncancelled(): UnitWork {
    return new UnitWork(this.repl, this.port, { expected: this.expected });
  }

  unreadable(during: string, detail: string): Failure {
    return new Failure('REPLY_UNREADABLE', { port: this.port, during, detail });
  }
}
