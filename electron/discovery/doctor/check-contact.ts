import { type Check, notApplicable, ok, plain, possible, problem } from './check.ts';

// What happened when the port was opened, listened to and asked one harmless question.

export const opens: Check = {
  id: 'opens',
  judge: ({ contact, port }) => {
    if (contact.state === 'not-tried') return notApplicable(`not opened: ${contact.why}`);
    if (contact.state === 'open') return ok(`${port.port} opens, and nobody else has it`);
    const { code, what, next } = contact.failure;
    const unseen =
      code === 'PORT_BUSY' && port.hidden > 0
        ? ' The program is another user’s: "sudo plumb doctor" with the same port names it.'
        : '';
    return problem(`${what} (${code})`, `${next}${unseen}`);
  },
};

/** Our own question, come back: MicroPython's prompt echoes it and, at a line feed, does not yet read it. */
const echo = /\?\d{1,6} hello\*[0-9A-F]{4}/;

/** How much of it is text; a wrong speed shows as anything but. */
const textShare = (bytes: Uint8Array): number =>
  bytes.filter((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x1b)
    .length / bytes.length;

export const answers: Check = {
  id: 'answers',
  judge: ({ contact }) => {
    if (contact.state !== 'open') return notApplicable('the port was not open');
    const { heard, asked, greeting } = contact;
    if (greeting) {
      const tag = greeting.tag ? `, commissioned as ${greeting.tag}` : '';
      return ok(`the agent ${greeting.agent} of unit ${greeting.unit} answers${tag}`);
    }
    const words = plain(Buffer.from(heard).toString('latin1'), 200);
    if (words.includes('>>>')) return ok(`a Python prompt answers; no agent runs: ${words}`);
    if (echo.test(words)) {
      return ok(`it echoes the question, as a Python prompt does; no agent runs: ${words}`);
    }
    if (heard.length > 0 && textShare(heard) > 0.9)
      return ok(`something talks, but no agent answers: ${words}`);
    if (heard.length > 0) {
      return possible(
        `${heard.length} bytes came that are no text: ${Buffer.from(heard.subarray(0, 16)).toString('hex')}`,
        'Check the speed of the line (115200 baud), the ground wire, and that it is a unit.',
      );
    }
    if (!asked) return ok('silent, and not asked anything: it looks like a reference');
    return possible(
      'silent, and the question "hello" had no answer',
      'It may sleep, be without power, wait in a program of its own, or be another kind of device. Press its reset button and look again; "plumb identify" interrupts its program to ask.',
    );
  },
};
