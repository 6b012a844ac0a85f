import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from '../../electron/setup/run.mjs';

/** Programs of the system that some tests run against: how each is found, and Debian's package of it. */
const programs = [
  {
    name: 'chromium',
    debian: 'chromium',
    find: () => onPath(['chromium', 'chromium-browser', 'google-chrome']),
  },
  { name: 'socat', debian: 'socat', find: () => onPath(['socat']) },
  { name: 'pyserial', debian: 'python3-serial', find: () => pythonWith('import serial') },
  // Its server needs what Debian only recommends.
  {
    name: 'pymodbus',
    debian: 'python3-pymodbus python3-serial-asyncio',
    find: () => pythonWith('import pymodbus.server'),
  },
  { name: 'paho', debian: 'python3-paho-mqtt', find: () => pythonWith('import paho.mqtt.client') },
  { name: 'pdftotext', debian: 'poppler-utils', find: () => onPath(['pdftotext']) },
  { name: 'qpdf', debian: 'qpdf', find: () => onPath(['qpdf']) },
  { name: 'minisign', debian: 'minisign', find: () => onPath(['minisign']) },
  // Debian installs it where only root's PATH looks.
  { name: 'mosquitto', debian: 'mosquitto', find: () => onPath(['mosquitto'], ['/usr/sbin']) },
  { name: 'openssl', debian: 'openssl', find: () => onPath(['openssl']) },
  { name: 'promtool', debian: 'prometheus', find: () => onPath(['promtool']) },
  { name: 'xmllint', debian: 'libxml2-utils', find: () => onPath(['xmllint']) },
];

/**
 * Finds them all, installing the missing ones where we are root on Debian.
 * Resolves to the names of those missing still, and what to hand to the tests' environment.
 */
export async function findPrograms(say) {
  const missing = () => programs.filter(({ find }) => find() === null);
  if (missing().length > 0 && process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    await install(
      missing().flatMap(({ debian }) => debian.split(' ')),
      say,
    );
  }
  const without = missing().map(({ name }) => name);
  return {
    without,
    env: {
      PLUMBLINE_WITHOUT: without.join(','),
      PLUMBLINE_CHROMIUM: programs[0].find() ?? '',
      PLUMBLINE_PYTHON: pythonWith('import serial') ?? '',
      PLUMBLINE_PYTHON_PAHO: pythonWith('import paho.mqtt.client') ?? '',
      PLUMBLINE_PYTHON_MODBUS: pythonWith('import pymodbus.server') ?? '',
    },
  };
}

async function install(packages, say) {
  say(`installing ${packages.join(', ')} with apt-get`);
  const options = {
    stdio: ['ignore', 2, 2],
    limitMs: 10 * 60_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  try {
    await run('apt-get', ['-qq', 'update'], options);
    await run('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', ...packages], options);
  } catch (error) {
    say(`apt-get could not be started: ${error.message}`);
  }
}

function onPath(names, elsewhere = []) {
  for (const name of names) {
    for (const folder of [...(process.env.PATH ?? '').split(delimiter), ...elsewhere]) {
      if (folder !== '' && existsSync(join(folder, name))) return join(folder, name);
    }
  }
  return null;
}

/** The first Python that can do this: a user's own Python often stands before the system's on PATH. */
function pythonWith(statement) {
  const candidates = [process.env.PLUMBLINE_PYTHON, 'python3', '/usr/bin/python3'].filter(Boolean);
  return candidates.find((python) => spawnSync(python, ['-c', statement]).status === 0) ?? null;
}
