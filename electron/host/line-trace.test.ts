import { pino } from 'pino';
import { expect, test } from 'vitest';
import { Redactor, Secret } from '../secrets/secrets.ts';
import { lineTrace } from './line-trace.ts';

test('a line is traced without secrets, and only where the log takes that much', () => {
  const redactor = new Redactor();
  redactor.add(new Secret('wifi-canary-42'));
  const lines: string[] = [];
  const to = (level: string) => pino({ level }, { write: (line: string) => lines.push(line) });
  expect(lineTrace(to('debug'), redactor)).toBeUndefined();
  const listener = lineTrace(to('trace'), redactor)?.('bench:1');
  const sent = `f.write(b'{"wifi":"wifi-canary-42"}')`;
  for (const char of sent) listener?.bytes('out', Buffer.from(char));
  listener?.bytes('in', Buffer.from('OK14'));
  listener?.end();
  const text = lines.map((line) => JSON.parse(line) as { direction: string; text: string });
  const said = (direction: string): string =>
    text.flatMap((line) => (line.direction === direction ? [line.text] : [])).join('');
  expect(said('out')).toBe(`f.write(b'{"wifi":"«redacted»"}')`);
  expect(said('in')).toBe('OK14');
  expect(lines.join('')).not.toContain('canary');
});
