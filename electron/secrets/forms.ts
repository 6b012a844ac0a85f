import { isUtf8 } from 'node:buffer';

/** Code points outside of printable ASCII as Python's `ascii()` and JSON writers with ASCII output have them. */
const asciiEscapes = (text: string): string =>
  text.replace(/[^\x20-\x7e]/g, (unit) => `\\u${hex(unit.charCodeAt(0), 4)}`);

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

/**
 * A Python literal without its quotes, of text or (as Latin-1) of bytes (CPython Objects/bytesobject.c PyBytes_Repr,
 * Objects/unicodeobject.c unicode_repr). `kept` are the characters that it shows as they are.
 */
const pythonLiteral = (text: string, quote: string, kept: RegExp): string =>
  text.replace(/[\s\S]/gu, (char) => {
    if (char === quote) return `\\${char}`;
    if (named[char] !== undefined) return named[char];
    return kept.test(char) ? char : pythonEscape(char.codePointAt(0) ?? 0);
  });
const printableAscii = /[ -~]/;
/** str.isprintable: neither "Other" nor "Separator" but the space. */
const printable = /[^\p{C}\p{Z}]| /u;

function pythonEscape(code: number): string {
  if (code < 0x100) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}
const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');
const unquoted = (json: string): string => json.slice(1, -1);
const percent = (bytes: Buffer): string =>
  [...bytes].map((byte) => `%${hex(byte, 2).toUpperCase()}`).join('');

/** What the encoders of the field leave as it is: JavaScript, HTML forms, Python's quote, RFC 3986 to the letter. */
const unescaped = [/[\w.!~*'()-]/, /[\w.*-]/, /[\w.~/-]/, /[\w.~-]/];

function urlForms(text: string): string[] {
  const encoded = unescaped.map((kept) =>
    text.replace(/[\s\S]/gu, (char) => (kept.test(char) ? char : percent(Buffer.from(char)))),
  );
  return [
    ...encoded,
    ...encoded.map((form) => form.replaceAll('%20', '+')),
    percent(Buffer.from(text)),
  ].flatMap((form) => [form, form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())]);
}

/** Bytes that are no UTF-8, such as a key, have no text but their Latin-1. */
const textOf = (bytes: Buffer): string => bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');

/** As text in messages, JSON (also JSON in JSON), Python source and addresses. */
function textForms(bytes: Buffer): string[] {
  const text = textOf(bytes);
  const latin1 = bytes.toString('latin1');
  const json = unquoted(JSON.stringify(text));
  const escaped = [...bytes].map(pythonEscape).join('');
  const literals = ['', "'", '"'].flatMap((quote) => [
    pythonLiteral(latin1, quote, printableAscii),
    pythonLiteral(text, quote, printableAscii),
    pythonLiteral(text, quote, printable),
  ]);
  return [
    text,
    latin1,
    json,
    asciiEscapes(json),
    unquoted(JSON.stringify(json)),
    unquoted(JSON.stringify(asciiEscapes(json))),
    ...literals,
    ...literals.map((literal) => unquoted(JSON.stringify(literal))),
    ...urlForms(text),
    escaped,
    escaped.toUpperCase().replaceAll('\\X', '\\x'),
  ];
}

/**
 * Base64 of the bytes wherever they begin in what is encoded: after 0, 1 or 2 bytes that are not known. Of the
 * characters at both ends that are mixed with neighbours, those without neighbours are there too (whole encoding).
 */
function base64Forms(bytes: Buffer): string[] {
  const whole = bytes.toString('base64');
  const shifted = [0, 1, 2].map((before) => {
    const all = Buffer.concat([Buffer.alloc(before), bytes]);
    const first = Math.ceil((before * 8) / 6);
    return all.toString('base64').slice(first, Math.floor((all.length * 8) / 6));
  });
  return [whole, whole.replace(/=+$/, ''), ...shifted].flatMap((form) => [
    form,
    form.replaceAll('+', '-').replaceAll('/', '_'),
  ]);
}

const byteForms = (bytes: Buffer): string[] => {
  const digits = bytes.toString('hex');
  const spaced = digits.replace(/..(?=.)/g, '$& ');
  return [digits, spaced, spaced.replaceAll(' ', ':')]
    .flatMap((form) => [form, form.toUpperCase()])
    .concat(base64Forms(bytes));
};

/** Lines of a secret of several lines (a PEM key) that are secret themselves: each may stand alone in a log. */
function linesOf(bytes: Buffer): Buffer[] {
  const lines = bytes.toString('latin1').split(/\r?\n/);
  if (lines.length < 2) return [];
  return lines.filter((line) => !line.startsWith('-----')).map((line) => Buffer.from(line, 'latin1'));
}

/** Every way in which a secret may turn up: itself, as text of the field's notations, and each of these encoded. */
export function formsOf(secret: Uint8Array): string[] {
  const whole = Buffer.from(secret);
  const forms = new Set<string>();
  for (const bytes of [whole, ...linesOf(whole)]) {
    for (const text of textForms(bytes)) forms.add(text);
    // What is encoded is the file or message that the secret stands in, in its notation there.
    const json = unquoted(JSON.stringify(textOf(bytes)));
    for (const inner of [bytes, Buffer.from(json), Buffer.from(asciiEscapes(json))]) {
      for (const form of byteForms(inner)) forms.add(form);
    }
  }
  forms.delete('');
  return [...forms];
}
