import { describe, expect, test } from 'vitest';
import { Failure } from '../../../shared/contract/failure.ts';
import { answers, opens } from './check-contact.ts';
import { look } from './facts.fixture.ts';
import type { Contact, Greeting } from './facts.ts';

const port = '/dev/ttyACM0';
const failed = (failure: Failure): Contact => ({ state: 'failed', failure: failure.toJSON() });
const busy = failed(new Failure('PORT_BUSY', { port }));
const lost = failed(new Failure('PORT_LOST', { port, during: 'listening' }));
const open = (heard: string | Uint8Array, more: { asked?: boolean; greeting?: Greeting } = {}): Contact => ({
  state: 'open',
  heard: Buffer.from(heard),
  asked: more.asked ?? true,
  greeting: more.greeting ?? null,
});
const greeting = { agent: '0.1.0', unit: 'e6614103', tag: 'TT-101' };

describe('opens', () => {
  test.each<[string, Contact, string, RegExp]>([
    ['yes', open(''), 'ok', /opens/],
    [
      'not tried',
      { state: 'not-tried', why: 'see port-held' },
      'not-applicable',
      /not opened: see port-held/,
    ],
    ['busy', busy, 'problem', /PORT_BUSY/],
    ['lost while it was listened to', lost, 'problem', /PORT_LOST/],
  ])('%s', (_name, contact, state, evidence) => {
    expect(look(opens, { contact })).toMatchObject({ state, evidence: expect.stringMatching(evidence) });
  });

  test('busy by somebody who cannot be seen: says who can see', () => {
    const hidden = look(opens, { contact: busy, port: { hidden: 3 } }).remedy;
    expect(hidden).toContain('sudo plumb doctor');
    expect(look(opens, { contact: busy }).remedy).not.toContain('sudo');
  });
});

describe('answers', () => {
  test.each<[string, Contact, string, RegExp]>([
    [
      'the agent',
      open('', { greeting }),
      'ok',
      /agent 0\.1\.0 of unit e6614103 answers, commissioned as TT-101/,
    ],
    ['a prompt', open('SyntaxError: invalid syntax\r\n>>> '), 'ok', /Python prompt/],
    ['a prompt that echoes', open('\r\n?794627 hello*D744'), 'ok', /echoes the question/],
    ['a program', open('temperature 21.5\r\n'), 'ok', /talks.*temperature 21\.5/],
    ['noise', open(new Uint8Array(100).fill(0xff)), 'possible', /100 bytes came that are no text: ffff/],
    ['silence', open(''), 'possible', /silent/],
    ['silence of a reference', open('', { asked: false }), 'ok', /looks like a reference/],
    ['the port was not open', busy, 'not-applicable', /not open/],
  ])('%s', (_name, contact, state, evidence) => {
    expect(look(answers, { contact })).toMatchObject({ state, evidence: expect.stringMatching(evidence) });
  });
});
