import { execFileSync } from 'node:child_process';
import { inspect } from 'node:util';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Redactor, redactedText } from './redactor.ts';
import { Secret } from './secret.ts';

const knowing = (...secrets: (string | Uint8Array)[]): Redactor => {
  const redactor = new Redactor();
  for (const secret of secrets) redactor.add(new Secret(secret));
  return redactor;
};

/** Encodings written down here a second time, so that a mistake in the forms is not tested against itself. */
const encodings: Record<string, (bytes: Buffer) => string> = {
  raw: (bytes) => bytes.toString('utf8'),
  hex: (bytes) => bytes.toString('hex'),
  HEX: (bytes) => bytes.toString('hex').toUpperCase(),
  'hex with colons': (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':'),
  base64: (bytes) => bytes.toString('base64'),
  base64url: (bytes) => bytes.toString('base64url'),
  'base64 after one byte': (bytes) =>
    Buffer.concat([Buffer.from('"'), bytes])
      .toString('base64')
      .slice(2, -4),
  'base64 after two bytes': (bytes) =>
    Buffer.concat([Buffer.from('="'), bytes])
      .toString('base64')
      .slice(3, -4),
  JSON: (bytes) => JSON.stringify(bytes.toString('utf8')).slice(1, -1),
  'JSON in JSON': (bytes) => JSON.stringify(JSON.stringify(bytes.toString('utf8'))).slice(3, -3),
  'JSON in base64': (bytes) =>
    btoa(unescape(encodeURIComponent(JSON.stringify(bytes.toString('utf8'))))).slice(2, -4),
  URL: (bytes) => encodeURIComponent(bytes.toString('utf8')),
  form: (bytes) => new URLSearchParams([['', bytes.toString('utf8')]]).toString().slice(1),
  'escaped bytes': (bytes) => [...bytes].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join(''),
};

const secretText = fc.oneof(
  fc.string({ unit: 'binary', minLength: 8, maxLength: 63 }).filter((text) => Buffer.byteLength(text) >= 8),
  fc.string({ unit: 'grapheme-ascii', minLength: 8, maxLength: 63 }),
);

const isText = (bytes: Buffer): boolean =>
  bytes.every((byte) => byte >= 1 && byte <= 0x7e && !(byte > 0x0d && byte < 0x20));

/** Longest run of the needle's characters that stands anywhere in the text. */
function longestCommon(text: string, needle: string): number {
  let longest = 0;
  for (let at = 0; at < needle.length; at += 1) {
    while (at + longest < needle.length && text.includes(needle.slice(at, at + longest + 1))) longest += 1;
  }
  return longest;
}

describe('no form of a secret survives', () => {
  it.each(Object.entries(encodings))('%s', (_name, encode) => {
    fc.assert(
      fc.property(secretText, fc.string(), fc.string(), (text, before, after) => {
        const form = encode(Buffer.from(text, 'utf8'));
        const cleaned = knowing(text).redact(`${before}${form}${after}`);
        if (form.length >= 8) expect(cleaned).not.toContain(form);
        if (form.length >= 8) expect(cleaned).toContain(redactedText);
      }),
    );
  });

  it.each(Object.entries(encodings))('%s, cut anywhere on the line', (_name, encode) => {
    const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(secretText, cuts, (text, sizes) => {
        const form = Buffer.from(encode(Buffer.from(text, 'utf8')), 'utf8');
        const stream = knowing(text).stream();
        const line = Buffer.concat([Buffer.from('print('), form, Buffer.from(')\r\n')]);
        let shown = '';
        let at = 0;
        for (let i = 0; at < line.length; i += 1) {
          const size = sizes[i % sizes.length] ?? 1;
          shown += stream.push(line.subarray(at, at + size));
          at += size;
        }
        shown += stream.end();
        expect(shown).not.toContain(form.toString('latin1'));
        // Around bytes that are no text more is withheld.
        if (form.length >= 6 && isText(form)) expect(shown.replaceAll(redactedText, '')).toBe('print()\r\n');
      }),
    );
  });

  it('a Python literal, as Python itself writes it', () => {
    const texts = fc.sample(secretText, { numRuns: 150, seed: 5 });
    const program =
      'import sys,json\nfor t in json.load(sys.stdin):\n b=t.encode()\n print(json.dumps([repr(t),ascii(t),repr(b),repr(t+chr(34)+chr(39))]))';
    const given = texts.filter((text) => text.isWellFormed());
    const output = execFileSync('python3', ['-c', program], { input: JSON.stringify(given) });
    const lines = output.toString('utf8').trim().split('\n');
    expect(lines).toHaveLength(given.length);
    for (const [i, line] of lines.entries()) {
      const redactor = knowing(given[i] ?? '');
      for (const literal of JSON.parse(line) as string[]) {
        const body = literal.replace(/^b?['"]/, '').slice(0, -1);
        expect(longestCommon(redactor.redact(`x=${literal}`), body)).toBeLessThan(8);
      }
    }
  });

  it('a text that was cut through it leaves less than eight characters', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9]{16,40}$/), fc.nat({ max: 30 }), (text, cut) => {
        const cleaned = knowing(text).redact(`wrong: ${text}`.slice(0, cut + 7));
        expect(longestCommon(cleaned.replace('wrong: ', ''), text)).toBeLessThan(8);
      }),
    );
  });

  it('a file pushed in blocks of base64: where it is cut less than eight characters are left', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Za-z0-9]{20,63}$/),
        fc.integer({ min: 30, max: 70 }),
        (text, block) => {
          const file = Buffer.from(`{"v":1,"wifi":"${text}"}`);
          const stream = knowing(text).stream();
          let shown = '';
          for (let at = 0; at < file.length; at += block) {
            const part = file.subarray(at, at + block).toString('base64');
            shown += stream.push(Buffer.from(`print(_f.write(binascii.a2b_base64(b'${part}')))\x04OK`));
          }
          shown += stream.end();
          expect(shown).toContain(redactedText);
          for (const [, part = ''] of shown.matchAll(/b'([^']*)'/g)) {
            for (const rest of part.split(redactedText)) {
              for (const skip of [0, 1, 2, 3]) {
                const decoded = Buffer.from(rest.slice(skip), 'base64').toString('latin1');
                expect(longestCommon(decoded, text)).toBeLessThan(8);
              }
            }
          }
        },
      ),
    );
  });
});

describe('on the wire', () => {
  it('what is packed is withheld, because a secret in it cannot be found', () => {
    const file = Buffer.from(`{"v":1,"wifi":"wifi-canary-42"}${'plumbline '.repeat(300)}`);
    const deflated = deflateRawSync(file);
    for (const sent of [deflated, Buffer.from(deflated.toString('base64'))]) {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 50 }), (size) => {
          const stream = new Redactor().stream();
          const line = Buffer.concat([
            Buffer.from('hello '.repeat(9)),
            sent,
            Buffer.from('\r\nbye '.repeat(9)),
          ]);
          let shown = '';
          for (let at = 0; at < line.length; at += size) shown += stream.push(line.subarray(at, at + size));
          shown += stream.end();
          expect(shown).toMatch(/^hello hello .*bye \r\nbye $/s);
          expect(longestCommon(shown, sent.toString('latin1'))).toBeLessThan(5);
        }),
      );
    }
  });

  it('hashes, numbers and text are shown', () => {
    const text = `["/a/plumbline/agent.py","${'0123456789abcdef'.repeat(4)}"] ~123 45678 t1=23512:252176*9A0F\r\n`;
    const stream = new Redactor().stream();
    expect(stream.push(Buffer.from(text)) + stream.end()).toBe(text);
  });
});

describe('the redactor', () => {
  it('leaves alone what is no secret', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', ' ', '{', '"', ':', '0', '\r', '\n') }),
        (text) => {
          const redactor = knowing('Zp9#kQ7!xW2$');
          expect(redactor.redact(text)).toBe(text);
          const stream = redactor.stream();
          expect(stream.push(Buffer.from(text)) + stream.end()).toBe(text);
        },
      ),
    );
  });

  it('takes the lines of a key one by one, and leaves its head', () => {
    const pem = `-----BEGIN PRIVATE KEY-----\n${'MIGHAgEAMBMG'.repeat(5)}\nAZERTYuiop0987\n-----END PRIVATE KEY-----\n`;
    const redactor = knowing(pem);
    expect(redactor.redact('-- AZERTYuiop0987 --')).toBe(`-- ${redactedText} --`);
    const whole = redactor.redact(`the file ${pem} was read`);
    expect(whole).not.toMatch(/MIGH|AZERTY/);
  });

  it('leaves a line of the log JSON, whatever the secret is made of', () => {
    fc.assert(
      fc.property(secretText, fc.string({ unit: 'binary' }), (text, around) => {
        const line = `${JSON.stringify({ level: 30, msg: `${around}${text}${around}`, n: 1 })}\n`;
        const { msg, ...rest } = JSON.parse(knowing(text).redactLine(line)) as { msg: string };
        expect(rest).toEqual({ level: 30, n: 1 });
        expect(msg).toContain(redactedText);
        expect(msg).not.toContain(text);
      }),
    );
    expect(knowing('hunter2-hunter2').redactLine('no JSON: hunter2-hunter2\n')).toBe(
      `no JSON: ${redactedText}\n`,
    );
  });

  it('takes replacement characters for no key', () => {
    const key = Buffer.from('80818283848586878889'.repeat(3), 'hex');
    expect(knowing(key).redact('\ufffd'.repeat(30))).toBe('\ufffd'.repeat(30));
    expect(knowing(key).redact(key.toString('base64'))).toBe(redactedText);
  });

  it('walks through values of every shape, names too', () => {
    const redactor = knowing('hunter2-hunter2');
    const value = { a: ['x hunter2-hunter2 y', 1, null, true], 'hunter2-hunter2': { b: 'fine' } };
    expect(redactor.redactValue(value)).toEqual({
      a: [`x ${redactedText} y`, 1, null, true],
      [redactedText]: { b: 'fine' },
    });
  });
});

describe('a secret', () => {
  it('shows itself to nobody', () => {
    const secret = new Secret('hunter2');
    const shown = [String(secret), [secret].join(), JSON.stringify({ secret }), inspect({ secret })];
    for (const text of shown) {
      expect(text).toContain(redactedText);
      expect(text).not.toContain('hunter2');
    }
    expect(inspect(secret, { showHidden: true, depth: 9, customInspect: false })).not.toContain('hunter2');
    expect(JSON.stringify(structuredClone(secret))).toBe('{}');
  });

  it('is zero once it is disposed of, and gives nothing any more', () => {
    const secret = new Secret('hunter2');
    const bytes = secret.reveal();
    expect(secret.revealText()).toBe('hunter2');
    secret.dispose();
    expect([...bytes].every((byte) => byte === 0)).toBe(true);
    expect(() => secret.reveal()).toThrow(/wiped/);
  });
});
