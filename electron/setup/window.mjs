import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { modernNode } from './node.mjs';
import { root, say } from './places.mjs';
import { run } from './run.mjs';

const limitMs = 5 * 60_000;
const askAgainAfterMs = 24 * 3_600_000;
const folder = join(root, 'node_modules', 'electron');
const failureStamp = join(root, '.cache', 'window-program-missing');

/** Why no window can be shown here, in words; null where one can. Fetches Electron's program if it is not there yet. */
export async function windowObstacle() {
  if (process.platform === 'linux') {
    if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
      return 'there is no display (DISPLAY is not set)';
    // Chromium's sandbox does not run for root, and it is not switched off for anyone.
    if (process.getuid() === 0) return 'a window cannot be opened as root';
  }
  if (windowProgram() !== null) return null;
  if (failedLately())
    return 'the window program (Electron) could not be downloaded; it is tried again after a day';
  await download();
  return windowProgram() === null ? 'the window program (Electron) could not be downloaded' : null;
}

/** Path of Electron's binary of the installed version, or null. */
export function windowProgram() {
  const pathFile = join(folder, 'path.txt');
  const versionFile = join(folder, 'dist', 'version');
  if (!existsSync(pathFile) || !existsSync(versionFile)) return null;
  if (readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') !== version()) return null;
  const program = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(program) ? program : null;
}

const version = () => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;

async function download() {
  say('downloading the window program (Electron), once');
  const options = { stdio: ['ignore', 2, 'ignore'], limitMs };
  const code = await run(modernNode(), [join(folder, 'install.js')], options);
  if (code === 0) return rmSync(failureStamp, { force: true });
  mkdirSync(dirname(failureStamp), { recursive: true });
  writeFileSync(failureStamp, `${version()} ${Date.now()}`);
}

/** A start without network must stay fast: the same download is not asked for again within a day. */
function failedLately() {
  if (!existsSync(failureStamp)) return false;
  const [failed, at] = readFileSync(failureStamp, 'utf8').split(' ');
  return failed === version() && Date.now() - Number(at) < askAgainAfterMs;
}
