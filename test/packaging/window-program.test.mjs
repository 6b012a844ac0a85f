import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ensureBuilt } from '../../electron/setup/build.mjs';
import { root } from '../../electron/setup/places.mjs';

/** `import … from 'electron'` leads to the stand-in. */
const hooks = `
  import { registerHooks } from 'node:module';
  registerHooks({
    resolve: (name, context, next) =>
      name === 'electron' ? { url: process.env.PLUMBLINE_STAND_IN, shortCircuit: true } : next(name, context),
  });`;

it('the built window program serves its page, hands it a channel and runs the boards of the bench', async () => {
  await ensureBuilt('window');
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-program-'));
  const program = join(root, 'out', 'main', 'main.js');
  const importHooks = `data:text/javascript,${encodeURIComponent(hooks)}`;
  const job = `--job=${join(folder, 'job.plumb')}`;
  const result = spawnSync(process.execPath, ['--import', importHooks, program, job], {
    encoding: 'utf8',
    timeout: 50_000,
    env: {
      ...process.env,
      PLUMBLINE_ROOT: root,
      PLUMBLINE_FOLDER: folder,
      PLUMBLINE_STAND_IN: new URL('stand-in-electron.mjs', import.meta.url).href,
    },
  });
  rmSync(folder, { recursive: true });
  expect(result.stderr).toBe('');
  const facts = Object.assign(
    {},
    ...result.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  );
  expect(facts).toMatchObject({
    page: 200,
    text: expect.stringContaining('<div id="root">'),
    info: { bench: true, door: 'window' },
    failure: null,
    unit: { implementation: 'micropython', hardwareId: expect.stringMatching(/^[0-9a-f]{16}$/) },
  });
  expect(result.status).toBe(0);
});
