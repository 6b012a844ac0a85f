import { describe } from 'vitest';

/** A program of the system that a test runs against; `npm test` looks for them and names what is missing. */
export type Program =
  | 'chromium'
  | 'socat'
  | 'pyserial'
  | 'pymodbus'
  | 'paho'
  | 'pdftotext'
  | 'qpdf'
  | 'minisign'
  | 'mosquitto'
  | 'openssl'
  | 'promtool'
  | 'xmllint';

const missing = new Set((process.env.PLUMBLINE_WITHOUT ?? '').split(','));

/**
 * `describe` for tests that need these programs: skipped where `npm test` found one missing. Run without `npm test`
 * nothing is skipped, and a missing program fails its test.
 */
export const needs = (...programs: [Program, ...Program[]]): ((name: string, tests: () => void) => void) =>
  programs.some((program) => missing.has(program)) ? describe.skip : describe;

/** A Python that has pyserial. */
export const python = process.env.PLUMBLINE_PYTHON || '/usr/bin/python3';

/** A Python that has paho-mqtt. */
export const pythonWithPaho = process.env.PLUMBLINE_PYTHON_PAHO || '/usr/bin/python3';

/** A Python that has pymodbus. */
export const pythonWithModbus = process.env.PLUMBLINE_PYTHON_MODBUS || '/usr/bin/python3';
