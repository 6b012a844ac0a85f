import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './build.mjs';
import { command } from './command.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { enter } from './node.mjs';
import { root, SetupProblem, say } from './places.mjs';
import { run } from './run.mjs';
import { windowObstacle, windowProgram } from './window.mjs';

const help = `npm start [-- options]
  --no-bench    real hardware only, without the simulated bench
  --job FILE    the job to open (made if it is not there)
  --browser     serve the app to a browser on this computer instead of a window
  --port N      the port to serve it on`;

// A window that dies within this time never was one: the app is served to the browser instead.
const bornDeadMs = 10_000;

// `npm start`
await command(async (args) => {
  const options = readOptions(args);
  if (options.help) return void process.stdout.write(`${help}\n`);
  await ensureDependencies();
  const { browser, port, ...common } = options;
  const wanted = browser || port !== undefined ? 'asked for' : await openWindow(asFlags(common));
  if (wanted === null) return;
  if (wanted !== 'asked for') say(`no window: ${wanted}; the app is served to a browser on this computer`);
  await ensureBuilt('page');
  await enter('electron/web/main.ts', asFlags({ ...common, port }));
});

function readOptions(args) {
  const flag = { type: 'boolean' };
  const text = { type: 'string' };
  try {
    const options = { 'no-bench': flag, browser: flag, job: text, port: text, help: flag };
    const { values } = parseArgs({ args, options });
    // npm runs scripts in the checkout; a file is meant from where the person stands.
    if (values.job) values.job = resolve(process.env.INIT_CWD ?? '.', values.job);
    return values;
  } catch (error) {
    throw new SetupProblem(`${error.message}\n${help}`);
  }
}

function asFlags(values) {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return given.map(([name, value]) => (value === true ? `--${name}` : `--${name}=${value}`));
}

/** Shows the app's window and waits for its end; resolves to why there was none. */
async function openWindow(flags) {
  const obstacle = await windowObstacle();
  if (obstacle !== null) return obstacle;
  await ensureBuilt('window');
  const started = Date.now();
  const code = await run(windowProgram(), [root, ...flags]);
  const bornDead = code !== 0 && code !== 130 && code !== 143 && Date.now() - started < bornDeadMs;
  if (bornDead) return `the window program ended at once with code ${code}`;
  process.exitCode = code;
  return null;
}
