/**
 * The table of CONTRIBUTING.md as data: which room may import which. A room may always import itself, and `shared`
 * stands for every room under shared/. Rooms are told apart by the longest folder that fits.
 */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  'shared/contract': ['shared'],
  'shared/metrology': ['shared'],
  'shared/rules': ['shared'],
  'shared/wizard': ['shared'],
  'shared/units': ['shared'],
  'shared/report': ['shared'],
  'shared/configuration': ['shared'],
  'shared/chain': ['shared'],
  'shared/dossier': ['shared'],

  'electron/setup': [],
  'electron/shell': ['electron/host', 'shared'],
  'electron/web': ['electron/host', 'shared'],
  'electron/cli': ['electron/host', 'electron/files', 'shared'],
  'electron/host': [
    'electron/transport',
    'electron/discovery',
    'electron/drivers',
    'electron/provisioning',
    'electron/live',
    'electron/calibration',
    'electron/rules',
    'electron/recordings',
    'electron/lab',
    'electron/report',
    'electron/store',
    'electron/secrets',
    'electron/bench',
    'electron/files',
    'shared',
  ],
  'electron/transport': ['shared'],
  'electron/discovery': ['electron/transport', 'shared'],
  'electron/drivers': ['electron/transport', 'shared'],
  'electron/provisioning': ['electron/drivers', 'electron/secrets', 'electron/store', 'shared'],
  'electron/live': ['electron/drivers', 'electron/store', 'shared'],
  'electron/calibration': ['electron/drivers', 'electron/live', 'electron/store', 'shared'],
  'electron/rules': ['electron/drivers', 'electron/live', 'electron/store', 'shared'],
  'electron/recordings': ['electron/files', 'shared'],
  'electron/lab': [
    'electron/drivers',
    'electron/live',
    'electron/recordings',
    'electron/store',
    'electron/files',
    'shared',
  ],
  'electron/report': ['electron/store', 'electron/files', 'shared'],
  'electron/store': ['shared'],
  'electron/secrets': ['electron/files', 'shared'],
  'electron/bench': ['electron/transport', 'electron/files', 'shared'],
  'electron/files': ['shared'],

  'renderer/app': ['renderer/features', 'renderer/live', 'renderer/ui', 'shared'],
  'renderer/features': ['renderer/ui', 'renderer/live', 'shared'],
  'renderer/live': ['renderer/ui', 'shared'],
  'renderer/verifier': ['renderer/ui', 'shared'],
  'renderer/ui': [],
};

/** Packages that a room may use; a room that is not named may use any but `electron`. `node:` is Node's own. */
export const packages: readonly { room: string; only: RegExp }[] = [
  // Runs in the page as well as in the host. A dossier is verified by the same lines everywhere, from file:// too,
  // where browsers may lack WebCrypto: there the signature's arithmetic comes along.
  { room: 'shared', only: /^(?:zod|@noble\/.*)$/ },
  ...['chain', 'configuration', 'contract', 'metrology', 'report', 'rules', 'units', 'wizard'].map(
    (name) => ({
      room: `shared/${name}`,
      only: /^zod$/,
    }),
  ),
  // Runs before anything is installed.
  { room: 'electron/setup', only: /^node:/ },
  { room: 'renderer', only: /^(?!node:|electron$|serialport$|ws$|pino$|pdfkit$|commander$)/ },
];

/** The only room that may import the package `electron`. */
export const electronRoom = 'electron/shell';

/** The only file with a TLS handshake that verifies nothing: it sends nothing and trusts nothing that it finds. */
export const certificateLook = 'electron/provisioning/broker/look.ts';

/** Tables of data that may be longer than 300 lines. */
export const dataTables: readonly string[] = ['shared/contract/failure.ts'];
