import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

const run = promisify(execFile);

/** A port that nobody listens on right now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

export interface Issued {
  certificate: string;
  key: string;
}

/** Certificates as an administrator makes them, with openssl. */
export class Authority {
  readonly #folder: string;
  readonly name: string;
  #issued = 0;

  private constructor(folder: string, name: string) {
    this.#folder = folder;
    this.name = name;
  }

  static async make(folder: string, name: string): Promise<Authority> {
    const own = join(folder, name.replaceAll(' ', '-'));
    await mkdir(own);
    const config = `[ca]\ndefault_ca=c\n[c]\ndir=${own}\ndatabase=${own}/index\nnew_certs_dir=${own}\nserial=${own}/serial
default_md=sha256\npolicy=p\ncopy_extensions=copy\nunique_subject=no\n[p]\ncommonName=supplied\n`;
    await writeFile(join(own, 'ca.conf'), config);
    await writeFile(join(own, 'index'), '');
    await writeFile(join(own, 'serial'), '1000\n');
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    const files = ['-keyout', join(own, 'ca.key'), '-out', join(own, 'ca.pem')];
    await run('openssl', ['req', '-x509', ...curve, ...files, '-subj', `/CN=${name}`, '-days', '30']);
    return new Authority(own, name);
  }

  get file(): string {
    return join(this.#folder, 'ca.pem');
  }

  pem(): Promise<string> {
    return readFile(this.file, 'utf8');
  }

  /** Paths. `names` as openssl writes them (`DNS:a,IP:b`); dates as ASN.1 has them (`20200101000000Z`). */
  async issue(
    commonName: string,
    { names, from, to }: { names?: string; from?: string; to?: string } = {},
  ): Promise<Issued> {
    this.#issued += 1;
    const at = (ending: string): string => join(this.#folder, `leaf${this.#issued}.${ending}`);
    const extension = names === undefined ? [] : ['-addext', `subjectAltName=${names}`];
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    await run('openssl', [
      'req',
      ...curve,
      '-keyout',
      at('key'),
      '-out',
      at('csr'),
      '-subj',
      `/CN=${commonName}`,
      ...extension,
    ]);
    const dates = from && to ? ['-startdate', from, '-enddate', to] : ['-days', '10'];
    const own = ['-cert', this.file, '-keyfile', join(this.#folder, 'ca.key')];
    const config = ['-config', join(this.#folder, 'ca.conf')];
    await run('openssl', [
      'ca',
      '-batch',
      '-notext',
      ...config,
      ...own,
      ...dates,
      '-in',
      at('csr'),
      '-out',
      at('pem'),
    ]);
    // mosquitto gives up being root before it reads its key.
    await chmod(at('key'), 0o644);
    return { certificate: at('pem'), key: at('key') };
  }
}

/** Debian's mosquitto with these lines of configuration for its one listener; ended with the test. */
export async function mosquitto(folder: string, ...lines: string[]): Promise<number> {
  const port = await freePort();
  const path = join(folder, `mosquitto-${port}.conf`);
  await writeFile(path, [`listener ${port} 127.0.0.1`, ...lines, ''].join('\n'));
  await serving('mosquitto', ['-c', path], 'running');
  return port;
}

/** A server of TLS that is no broker, as `openssl s_server` is told to be. */
export async function opensslServer(...more: string[]): Promise<number> {
  const port = await freePort();
  await serving('openssl', ['s_server', '-accept', `127.0.0.1:${port}`, ...more], 'ACCEPT');
  return port;
}

/** Runs a program until the test has ended; resolves once it has said that it is ready. */
async function serving(program: string, args: readonly string[], readyWords: string): Promise<void> {
  // openssl leaves at the end of its input.
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
  });
  let said = '';
  const ready = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes(readyWords)) ready.resolve();
    });
  }
  void ended.then(() => ready.reject(new Error(`${program} ended: ${said}`)));
  await ready.promise;
}

/** A password file and an access list, made with mosquitto's own program. */
export async function accounts(
  folder: string,
  users: Readonly<Record<string, string>>,
  acl?: string,
): Promise<string[]> {
  const passwords = join(folder, `passwords-${Math.random().toString(36).slice(2)}`);
  await writeFile(passwords, '');
  for (const [user, password] of Object.entries(users)) {
    await run('mosquitto_passwd', ['-b', passwords, user, password]);
  }
  await chmod(passwords, 0o644);
  const lines = ['allow_anonymous false', `password_file ${passwords}`];
  if (acl === undefined) return lines;
  const list = `${passwords}-acl`;
  await writeFile(list, acl);
  return [...lines, `acl_file ${list}`];
}
