import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stamp } from './build.mjs';

it('changes with any edit, new, removed or touched file, and not with tests', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-build-'));
  const write = (file, text) => writeFileSync(join(folder, 'renderer', file), text);
  const now = () => stamp(['renderer', 'absent.ts'], folder);
  mkdirSync(join(folder, 'renderer', 'app'), { recursive: true });
  write('app/main.tsx', 'one');
  const seen = [now()];
  expect(now()).toBe(seen[0]);
  write('app/main.test.tsx', 'a test');
  expect(now()).toBe(seen[0]);
  const steps = [
    () => write('app/main.tsx', 'three'),
    () => write('app/new.tsx', ''),
    () => utimesSync(join(folder, 'renderer', 'app', 'new.tsx'), 1, 1),
    () => rmSync(join(folder, 'renderer', 'app', 'main.tsx')),
  ];
  for (const step of steps) {
    step();
    expect(seen).not.toContain(now());
    seen.push(now());
  }
  rmSync(folder, { recursive: true });
});
