import { randomBytes } from 'node:crypto';
import { Failure } from '../../../shared/contract/failure.ts';
import type { UnitFile } from '../driver.ts';
import { deviceFailure, errnoOf, lastLine, noSuchFile } from './device-error.ts';
import { demandUnit } from './identity.ts';
import type { ExecOptions, RawRepl } from './raw-repl.ts';
import { type Answer, answersIn } from './transfer-answers.ts';
import { Course, type CourseListener, type Held, Pace } from './transfer-course.ts';
import { type Leg, runBlocks, Stopped, streamBlocks } from './transfer-legs.ts';
import { begin, drop, holds, install, installPacked, state } from './transfer-programs.ts';

export interface TransferOptions extends ExecOptions, CourseListener {}

type Able = Extract<Answer, { kind: 'abilities' }>;

/** Attempts in a row that bring nothing over, before the line is given up. */
const attempts = 5;
/** From here on the programs on the unit are sent anew: they may have arrived garbled. */
const distrust = 2;
/** Times that a file which the unit holds otherwise than it was sent is sent again. */
const rounds = 2;

/**
 * Files onto one unit, each written under the path that is given, closed, and read back by the unit from its file
 * system: the hash that counts is of what it holds, not of what went by. A receiving program takes the files as a
 * stream of checked, deflated blocks; what is garbled or lost is sent again from the last block that the unit confirmed.
 * The REPL must have been entered and the unit must be the expected one.
 */
export class Transfer {
  readonly #repl: RawRepl;
  readonly #port: string;
  readonly #expected: string;
  readonly #pace = new Pace();
  #abilities: Able | null = null;
  #streams = true;
  /** Nobody can have changed the unit since it was asked who it is. */
  #proven = true;
  #doubt = false;

  constructor(repl: RawRepl, port: string, expected: string) {
    this.#repl = repl;
    this.#port = port;
    this.#expected = expected;
  }

  /**
   * Resolves with what the unit holds under each path; it is what was sent. The REPL is at its prompt afterwards, and
   * also after a failure wherever the unit still answers.
   * @throws NO_SPACE, UNIT_REFUSED, VERIFY_FAILED, WRONG_UNIT, NO_REPLY, REPLY_UNREADABLE, PORT_LOST, CANCELLED
   */
  async send(files: readonly UnitFile[], options: TransferOptions): Promise<Map<string, Held>> {
    const course = new Course(files, options);
    try {
      for (let round = 1; course.missing().length > 0; round += 1) {
        await this.#untilAllHeard(course, options);
        const [wrong] = course.takeWrong();
        if (wrong && round === rounds) {
          const { file, found } = wrong;
          throw new Failure('VERIFY_FAILED', {
            path: file.path,
            expected: file.sha256,
            found: found.sha256,
          });
        }
      }
      return course.result();
    } catch (thrown) {
      const failure = thrown instanceof Stopped ? deviceFailure(thrown.traceback, options) : thrown;
      await this.#leaveTidy(failure);
      throw failure;
    }
  }

  async #untilAllHeard(course: Course, options: TransferOptions): Promise<void> {
    let failures = 0;
    for (;;) {
      const before = course.confirmed;
      try {
        await this.#attempt(course, options);
        return;
      } catch (thrown) {
        const advanced = course.confirmed > before;
        failures = advanced ? 1 : failures + 1;
        if (failures >= attempts || !this.#canHeal(thrown, course)) throw thrown;
        this.#proven = false;
        await this.#repl.enter(options.signal);
        if (failures < distrust) continue;
        course.word = null;
        this.#doubt = true;
        // Standard input that has not taken a single block is no way for bytes, whatever it says of itself.
        if (course.confirmed === 0) this.#streams = false;
      }
    }
  }

  async #attempt(course: Course, options: TransferOptions): Promise<void> {
    const { inflates, bytesIn } = await this.#ready(course, options);
    const leg: Leg = {
      repl: this.#repl,
      port: this.#port,
      course,
      pace: this.#pace,
      inflates,
      options,
    };
    if (this.#streams && bytesIn) await streamBlocks(leg);
    else await runBlocks(leg);
    for (const { path } of course.missing()) {
      const { path: read, sha256, size } = await this.#ask(holds(path), 'held', options);
      if (read !== path) throw this.#unreadable(options, 'an answer about another file');
      course.hear(path, { sha256, size });
    }
  }

  /** The unit has the programs and stands where `course` does. */
  async #ready(course: Course, options: ExecOptions): Promise<Able> {
    if (course.word !== null) await this.#findPlace(course, options);
    if (this.#abilities && course.word !== null) return this.#abilities;
    if (!this.#proven) await demandUnit(this.#repl, this.#port, this.#expected, options.signal);
    this.#proven = true;
    const word = randomBytes(6).toString('hex');
    const able = (await this.#begin(word, options)) ?? (await this.#install(word, options));
    this.#pace.allowHeap(able.freeHeap);
    this.#abilities = able;
    course.begin(word);
    return able;
  }

  /** A unit that knows the word of this transfer is the same unit and has not been reset; any other is asked anew. */
  async #findPlace(course: Course, options: ExecOptions): Promise<void> {
    const { output, error } = await this.#repl.run(state, options);
    const [answer] = answersIn(output);
    const knows = error === '' && answer?.kind === 'state' && answer.word === course.word;
    if (!knows || answer.half || !course.resume(answer.next)) course.word = null;
  }

  /** Undefined where the programs are not there: an earlier transfer may have left them; in doubt they are sent anew. */
  async #begin(word: string, options: ExecOptions): Promise<Able | undefined> {
    if (this.#doubt) return undefined;
    const { output, error } = await this.#repl.run(begin(this.#expected, word), options);
    return error === '' ? this.#begun(word, output, options) : undefined;
  }

  async #install(word: string, options: ExecOptions): Promise<Able> {
    const packed = this.#doubt ? undefined : await this.#repl.run(installPacked, options);
    if (packed?.error !== '') for (const program of install) await this.#exec(program, options);
    this.#doubt = false;
    return this.#begun(word, await this.#exec(begin(this.#expected, word), options), options);
  }

  #begun(word: string, output: string, options: ExecOptions): Able {
    const [state, able] = answersIn(output);
    const begun = state?.kind === 'state' && state.word === word && state.next === 0;
    if (!begun || able?.kind !== 'abilities') throw this.#unreadable(options, 'no answer to a question');
    return able;
  }

  async #exec(program: string, options: ExecOptions): Promise<string> {
    const { output, error } = await this.#repl.run(program, options);
    if (error !== '') throw new Stopped(error);
    return output;
  }

  async #ask<Kind extends Answer['kind']>(
    program: string,
    kind: Kind,
    options: ExecOptions,
  ): Promise<Extract<Answer, { kind: Kind }>> {
    const output = await this.#exec(program, options);
    const found = answersIn(output).find((answer) => answer.kind === kind);
    if (!found) throw this.#unreadable(options, 'no answer to a question');
    return found as Extract<Answer, { kind: Kind }>;
  }

  /** True where another attempt may succeed: what arrived garbled, or did not arrive, or was too large for the heap. */
  #canHeal(thrown: unknown, course: Course): boolean {
    if (thrown instanceof Stopped) {
      const errno = errnoOf(thrown.traceback);
      if (errno !== undefined && errno !== noSuchFile) return false;
      if (!lastLine(thrown.traceback).startsWith('MemoryError')) {
        this.#pace.failed();
        return true;
      }
      course.word = null;
      return this.#pace.outOfMemory();
    }
    if (!(thrown instanceof Failure)) return false;
    this.#pace.failed();
    return maybeGarbled.has(thrown.code);
  }

  /** The receiving program stopped, its file closed. Without the caller's signal: it may be why. */
  async #leaveTidy(failure: unknown): Promise<void> {
    if (!(failure instanceof Failure) || !stillAnswers.has(failure.code)) return;
    try {
      await this.#repl.enter();
      await this.#repl.run(drop(this.#expected), { during: 'cleaning up' });
    } catch {
      // The first failure is the one to report; whoever goes on with this unit enters the REPL again.
    }
  }

  #unreadable({ during }: ExecOptions, detail: string): Failure {
    return new Failure('REPLY_UNREADABLE', { port: this.#port, during, detail });
  }
}

/** UNIT_UNSUPPORTED: what it said of itself when it was asked again. */
const maybeGarbled: ReadonlySet<string> = new Set(['NO_REPLY', 'REPLY_UNREADABLE', 'UNIT_UNSUPPORTED']);
const stillAnswers: ReadonlySet<string> = new Set(['CANCELLED', 'NO_SPACE', 'UNIT_REFUSED', 'VERIFY_FAILED']);
