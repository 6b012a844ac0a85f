import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type App, expect, pictureFile } from './app.ts';

const run = promisify(execFile);

interface Row {
  nominal: string;
  errorRounded: string;
  expandedUncertainty: string;
}

/** Each figure of the record stands in the table of the PDF, on the line of its nominal value. */
export async function expectPrinted(folder: string): Promise<void> {
  const record = JSON.parse(await readFile(join(folder, 'certificate.json'), 'utf8')) as {
    number: string;
    results: Record<'asFound' | 'asLeft', { evaluation: { points: Row[] } }>;
  };
  const { stdout } = await run('pdftotext', ['-layout', join(folder, 'certificate.pdf'), '-']);
  expect(stdout).toContain(record.number);
  const { asFound, asLeft } = record.results;
  const rows = [...asLeft.evaluation.points, ...asFound.evaluation.points];
  expect(rows).toHaveLength(6);
  const lines = stdout.split('\n').map((line) => line.trim().split(/\s+/));
  for (const { nominal, errorRounded, expandedUncertainty } of rows) {
    const signed = /^-|^0\.?0*$/.test(errorRounded) ? errorRounded : `+${errorRounded}`;
    const found = lines.some(
      (cells) => cells[0] === nominal && cells.includes(signed) && cells.includes(expandedUncertainty),
    );
    expect(found, `${nominal}: ${signed} ± ${expandedUncertainty}`).toBe(true);
  }
}

/** A key file as an engineer has one. */
export async function keyFile(app: App): Promise<string> {
  const cwd = dirname(app.job);
  const request = 'req -x509 -newkey rsa:2048 -nodes -days 30 -keyout key.pem -out certificate.pem';
  await run('openssl', [...request.split(' '), '-subj', '/CN=E. Engineer'], { cwd });
  const bundle = 'pkcs12 -export -inkey key.pem -in certificate.pem -out engineer.p12';
  await run('openssl', [...bundle.split(' '), '-passout', 'pass:a passphrase of eight'], { cwd });
  return join(cwd, 'engineer.p12');
}

/** The certificate that took the place of `old`: its PDF is signed, its DCC is one by the schema. */
export async function expectSigned(certificates: string, old: string): Promise<void> {
  const number = (await readdir(certificates)).find((name) => name !== old) ?? '';
  const { stdout } = await run('pdfsig', ['-nocert', join(certificates, number, 'certificate.pdf')]);
  expect(stdout).toContain('Signature is Valid.');
  const schemas = process.env.PLUMBLINE_DCC_SCHEMAS ?? join(import.meta.dirname, '../../../shared/data/dcc');
  // PTB's schemas are not part of this project; the peer tests say where they are looked for.
  if (!existsSync(schemas)) return;
  await run(
    'xmllint',
    [
      '--nonet',
      '--noout',
      '--schema',
      join(schemas, 'original/dcc-3.3.0.xsd'),
      join(certificates, number, 'dcc.xml'),
    ],
    { env: { ...process.env, XML_CATALOG_FILES: join(schemas, 'offline/catalog.xml') } },
  );
}

/** Page 1 of a certificate as a picture for the README. */
export async function firstPage(folder: string, name: string): Promise<void> {
  const file = pictureFile(name);
  if (file === null) return;
  const page = ['-f', '1', '-l', '1', '-singlefile', '-r', '96', '-png'];
  await run('pdftoppm', [...page, join(folder, 'certificate.pdf'), file.replace(/\.png$/, '')]);
}
