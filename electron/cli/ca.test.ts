import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeAppKey } from '../provisioning/credentials/app-key.ts';
import { certificateRequest, pemOf } from '../provisioning/credentials/request.ts';
import { Secret } from '../secrets/secrets.ts';
import { openJob } from '../store/job-store.ts';
import { caCommands } from './ca.ts';
import { outputOf } from './output.ts';
import { redactor, withoutSecrets } from './redaction.ts';
import { runTerminal } from './terminal.ts';

let folder: string;
const at = (...names: string[]): string => join(folder, ...names);
const unit = 'e66de74fd0e82c10';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumb-ca-'));
  await writeFile(at('passphrase'), 'correct horse\n');
  await writeFile(at('wrong'), 'wrong horse\n');
});

afterEach(() => rm(folder, { recursive: true }));

async function plumb(...asked: string[]) {
  let stdout = '';
  const sink = { write: (text: string) => (stdout += text) };
  const output = withoutSecrets(outputOf(true, sink, { write: () => undefined }));
  const log = pino({ level: 'silent' });
  const signal = new AbortController().signal;
  const given = ['ca', ...asked, '--project', at('job.plumb'), '--json'];
  const code = await runTerminal(given, caCommands, { output, log, signal });
  return { code, answer: JSON.parse(stdout) };
}

const opening = (file = 'passphrase'): string[] => ['--passphrase-file', at(file)];
const make = (...more: string[]) => plumb('make', ...opening(), ...more);
const read = (...names: string[]): Promise<string> => readFile(at(...names), 'utf8');

describe('plumb ca', () => {
  it('makes an authority, its certificate in the record and its key in an encrypted file', async () => {
    const made = await make();
    expect(made).toMatchObject({ code: 0, answer: { secrets: at('job.plumb.secrets') } });
    expect((await stat(at('job.plumb.secrets'))).mode & 0o777).toBe(0o600);
    expect(JSON.stringify(made.answer)).not.toContain('PRIVATE');
    const shown = await plumb('show');
    expect(shown).toMatchObject({ code: 0, answer: { fingerprint: made.answer.fingerprint } });
    expect((await readdir(folder)).sort()).toEqual(['job.plumb', 'job.plumb.secrets', 'passphrase', 'wrong']);
  });

  it('makes no second one by mistake', async () => {
    const { answer } = await make();
    expect(await make()).toMatchObject({ code: 1, answer: { failure: { code: 'STEP_BLOCKED' } } });
    const again = await make('--again');
    expect(again.code).toBe(0);
    expect(again.answer.fingerprint).not.toBe(answer.fingerprint);
    expect((await plumb('show')).answer.fingerprint).toBe(again.answer.fingerprint);
  });

  it('issues for a request: a certificate, and no key', async () => {
    const { answer } = await make();
    await writeFile(
      at('unit.csr'),
      pemOf('CERTIFICATE REQUEST', await certificateRequest(unit, makeAppKey())),
    );
    const asked = ['--unit', unit, '--csr', at('unit.csr'), '--out', at('unit'), '--topic', 'plant'];
    const issued = await plumb('issue', ...asked, ...opening());
    expect(issued).toMatchObject({ code: 0, answer: { subject: unit } });
    expect(issued.answer.acl).toContain(`topic read plant/${unit}/cmd`);
    expect((await readdir(at('unit'))).sort()).toEqual(['ca.pem', 'cert.pem']);
    const certificate = new X509Certificate(await read('unit', 'cert.pem'));
    expect(certificate.checkIssued(new X509Certificate(answer.certificate))).toBe(true);
    const store = openJob(at('job.plumb'));
    const events = [...store.events({ kind: 'certificate.issued' })];
    store.close();
    expect(events.map(({ subject, body }) => [subject, body])).toEqual([
      [unit, { subject: unit, fingerprint: issued.answer.fingerprint, notAfter: issued.answer.notAfter }],
    ]);
    // Never over what is there.
    const once = await plumb('issue', ...asked, ...opening());
    expect(once).toMatchObject({ code: 1, answer: { failure: { code: 'FILE_UNWRITABLE' } } });
  });

  it('issues with a key made here, which only its owner reads and nobody sees', async () => {
    await make();
    for (const [name, who] of [
      ['unit', ['--unit', unit.toUpperCase()]],
      ['server', ['--server', 'broker.plant.example, 10.0.0.5']],
    ] as const) {
      const issued = await plumb('issue', ...who, '--out', at(name), ...opening());
      expect(issued.code).toBe(0);
      expect((await stat(at(name, 'key.pem'))).mode & 0o777).toBe(0o600);
      const key = await read(name, 'key.pem');
      expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
      expect(JSON.stringify(issued.answer)).not.toContain(key.split('\n')[1]);
    }
    const server = new X509Certificate(await read('server', 'cert.pem'));
    expect([server.checkHost('broker.plant.example'), server.checkIP('10.0.0.5')]).toEqual([
      'broker.plant.example',
      '10.0.0.5',
    ]);
  });

  it('does nothing with a wrong passphrase, and nothing for another unit', async () => {
    await make();
    const asked = ['issue', '--unit', unit, '--out', at('unit')];
    const wrong = await plumb(...asked, ...opening('wrong'));
    expect(wrong).toMatchObject({ code: 1, answer: { failure: { code: 'SECRETS_LOCKED' } } });
    await writeFile(
      at('other.csr'),
      pemOf('CERTIFICATE REQUEST', await certificateRequest('beef', makeAppKey())),
    );
    const other = await plumb(...asked, '--csr', at('other.csr'), ...opening());
    expect(other).toMatchObject({ code: 1, answer: { failure: { code: 'CERTIFICATE_REFUSED' } } });
    await expect(stat(at('unit'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each([
    ['show', []],
    ['issue', ['--unit', unit, '--out', 'out']],
  ])('%s without an authority is a failure in words', async (name, more) => {
    const { answer } = await make();
    expect(answer.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    await rm(at('job.plumb'));
    const { code, answer: said } = await plumb(name, ...more, ...(name === 'show' ? [] : opening()));
    expect([code, said.failure.code]).toEqual([1, 'PROJECT_INVALID']);
  });

  it.each([
    ['nobody', []],
    ['both', ['--unit', unit, '--server', 'x']],
    ['no hardware id', ['--unit', 'unit 1']],
    ['no host name', ['--server', 'a b']],
    ['all topics', ['--unit', unit, '--topic', '#']],
    ['a topic of two lines', ['--unit', unit, '--topic', 'x\ntopic readwrite #']],
  ])('issuing to %s is wrong usage', async (_what, who) => {
    expect((await plumb('issue', ...who, '--out', at('out'), ...opening())).code).toBe(2);
  });
});

describe('the terminal', () => {
  it('says no secret that it has met', () => {
    const said: string[] = [];
    const sink = { write: (text: string) => said.push(text) };
    const secret = 'terminal-canary-1';
    const output = withoutSecrets(outputOf(false, sink, sink), redactor);
    redactor.add(new Secret(secret));
    output.say(`it is ${secret}`);
    output.wrong({}, [`no: ${Buffer.from(secret).toString('hex')}`]);
    output.answer({}, [secret]);
    withoutSecrets(outputOf(true, sink, sink)).line({ failure: { toJSON: () => secret } }, 'x');
    expect(said).toHaveLength(4);
    for (const line of said) expect(line).toContain('«redacted»');
  });
});
