import { command } from './command.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { enter } from './node.mjs';

// `npm run plumb -- …`
await command(async (args) => {
  await ensureDependencies();
  await enter('electron/cli/main.ts', args);
});
