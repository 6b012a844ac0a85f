import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { pathOf, resources, version } from './places.ts';

it('means a path from where the person stands, also under npm', () => {
  const npm = { npm_lifecycle_event: 'plumb', INIT_CWD: '/somewhere/else' };
  expect(pathOf('a.json', npm)).toBe(resolve('/somewhere/else/a.json'));
  expect(pathOf('/b.json', npm)).toBe(resolve('/b.json'));
  // INIT_CWD of an `npm test` around us says nothing about our own arguments.
  expect(pathOf('a.json', { npm_lifecycle_event: 'test', INIT_CWD: '/somewhere/else' })).toBe(
    resolve('a.json'),
  );
});

it('finds the resources and the version', () => {
  expect(existsSync(resources)).toBe(true);
  expect(version).toMatch(/^\d+\.\d+\.\d+/);
});
