import { Failure } from '../../../shared/contract/failure.ts';
import { deviceText } from '../device-text.ts';
import type { ExecOptions, RawRepl } from './raw-repl.ts';
import type { Conversation } from './raw-reply.ts';
import { type Answer, answersIn, readAnswer } from './transfer-answers.ts';
import { frameOf, longestBlock } from './transfer-blocks.ts';
import type { Course, Flight, Pace } from './transfer-course.ts';
import { longestLiteral, stream, takeBlock } from './transfer-programs.ts';

/** The receiving program ended with this traceback. */
export class Stopped extends Error {
  readonly traceback: string;
  constructor(traceback: string) {
    super(traceback);
    this.traceback = traceback;
  }
}

export interface Leg {
  repl: RawRepl;
  port: string;
  course: Course;
  pace: Pace;
  inflates: boolean;
  options: ExecOptions;
}

const unreadable = ({ port, options }: Leg, said: string): Failure =>
  new Failure('REPLY_UNREADABLE', { port, during: options.during, detail: `"${deviceText(said, 60)}"` });

/**
 * Blocks into the standard input of one program. While the unit works on a block, as much of the next as it can keep
 * is on the line already; the rest follows its answer, so that nothing is lost on a line without flow control.
 */
export async function streamBlocks(leg: Leg): Promise<void> {
  const { repl, course, pace, inflates, options } = leg;
  const { timing } = repl;
  const talk = await repl.converse(stream, options);
  await confirmation(leg, talk, course.sequence, timing.execMs);
  const limits = () => ({ raw: pace.size, packed: longestBlock, inflates });
  let before: (Flight & { bytes: number; sentAt: number }) | undefined;
  const confirmed = async (): Promise<void> => {
    if (!before) return;
    await confirmation(leg, talk, before.sequence + 1, pace.deadlineFor(before.bytes, timing));
    pace.answered(performance.now() - before.sentAt);
  };
  for (let flight = course.launch(limits()); flight; flight = course.launch(limits())) {
    const frame = frameOf(course.word ?? '', flight.sequence, flight.block);
    const deadlineMs = pace.deadlineFor(frame.length, timing);
    const ahead = before ? Math.min(talk.ahead, frame.length) : 0;
    if (ahead > 0) await talk.write(frame.subarray(0, ahead), { ...options, deadlineMs });
    await confirmed();
    const sentAt = performance.now();
    await talk.write(frame.subarray(ahead), { ...options, deadlineMs });
    before = { ...flight, bytes: frame.length, sentAt };
  }
  await confirmed();
  const { error } = await talk.end({ ...options, deadlineMs: timing.replyMs });
  if (error !== '') throw new Stopped(error);
}

/** Waits until the unit asks for block `next`, and hears what else it says until then. */
async function confirmation(leg: Leg, talk: Conversation, next: number, deadlineMs: number): Promise<void> {
  for (;;) {
    const said = await talk.line({ ...leg.options, deadlineMs });
    if ('error' in said) throw new Stopped(said.error);
    if (said.line === '') continue;
    const answer = readAnswer(said.line);
    if (!answer) throw unreadable(leg, said.line);
    hear(leg, answer);
    if (answer.kind === 'taken' && answer.next === next) return;
  }
}

/** A program for each block, where standard input takes no bytes. */
export async function runBlocks(leg: Leg): Promise<void> {
  const { repl, course, pace, inflates, options } = leg;
  const limits = () => ({ raw: pace.size, packed: longestLiteral, inflates });
  for (let flight = course.launch(limits()); flight; flight = course.launch(limits())) {
    const sentAt = performance.now();
    const { output, error } = await repl.run(
      takeBlock(course.word ?? '', flight.sequence, flight.block),
      options,
    );
    const answers = answersIn(output);
    for (const answer of answers) hear(leg, answer);
    if (error !== '') throw new Stopped(error);
    if (course.sequence !== flight.sequence + 1) throw unreadable(leg, output);
    pace.answered(performance.now() - sentAt);
  }
}

function hear(leg: Leg, answer: Answer): void {
  const { course } = leg;
  const fits =
    (answer.kind === 'held' && course.hear(answer.path, { sha256: answer.sha256, size: answer.size })) ||
    (answer.kind === 'taken' && course.taken(answer.next));
  if (!fits) throw unreadable(leg, JSON.stringify(answer));
}
