import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isSamePort, portMistake } from './port-names.ts';

it.each(['', ' ', 'tcp:', 'tcp:host', 'tcp:host:0', 'tcp:host:70000', 'tcp::5025', 'tcp:ho st:1'])(
  '"%s" is no port',
  (port) => {
    expect(portMistake(port)).toMatch(/^must /);
  },
);

it.each(['/dev/ttyACM0', 'COM3', 'bench:1', 'tcp:host:5025', 'tcp:[::1]:5025'])(
  '%s may be a port',
  (port) => {
    expect(portMistake(port)).toBeNull();
  },
);

it.each<[string, string, boolean]>([
  ['bench:1', 'bench:1', true],
  ['bench:1', 'bench:2', false],
  ['tcp:HOST:05025', 'tcp:host:5025', true],
  ['tcp:host:5025', 'tcp:host:5026', false],
  ['/dev/not-there', '/dev/not-there', true],
])('%s and %s: one port: %s', (one, other, same) => {
  expect(isSamePort(one, other)).toBe(same);
});

it('a link and what it leads to are one port', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-ports-'));
  const [port, link] = [join(folder, 'ttyACM0'), join(folder, 'by-id')];
  writeFileSync(port, '');
  symlinkSync(port, link);
  expect(isSamePort(port, link)).toBe(true);
  rmSync(folder, { recursive: true });
});
