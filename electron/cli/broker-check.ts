import { X509Certificate } from 'node:crypto';
import { open } from 'node:fs/promises';
import { BrokerSettings, Pem } from '../../shared/contract/connection.ts';
import { HardwareId } from '../../shared/contract/devices.ts';
import { type BrokerCheck, type BrokerCheckOptions, checkBroker } from '../host/broker-check.ts';
import { pathText } from '../host/recipe-order.ts';
import { outsideSecrets } from '../host/tools.ts';
import type { Command, Context, ExitCode, Input } from './command.ts';
import { mistakeLines } from './output.ts';
import { pathOf } from './places.ts';
import { refuseUsage } from './usage.ts';

export const brokerCheckCommand: Command = {
  name: 'broker check',
  summary:
    'prove without a unit that a broker is reached, that its certificate is good and that the login works',
  arguments: [
    { name: 'settings', description: 'the settings of the broker, a JSON file; secrets by name only' },
  ],
  options: [
    { flags: '--unit <hardware id>', description: 'also try what the login of this unit may do there' },
    {
      flags: '--authority <file>',
      description:
        'certificate (PEM) of the authority that vouches for the broker, where the settings name none',
    },
    { flags: '--certificate <file>', description: 'for a login by certificate: the certificate (PEM)' },
    { flags: '--key <file>', description: 'for a login by certificate: its private key (PEM)' },
  ],
  example: 'plumb broker check broker.json --json',
  run: async (input, context) => {
    const asked = await wish(input).catch((thrown: unknown) => {
      if (thrown instanceof WrongUsage) return { usage: thrown.message };
      throw thrown;
    });
    if ('usage' in asked) return refuseUsage(asked.usage, context);
    if ('mistakes' in asked) return refuseSettings(asked.mistakes, context);
    const { settings, ...options } = asked;
    const checked = await checkBroker(settings, {
      ...options,
      resolve: outsideSecrets(process.env, (given) => pathOf(given)),
      signal: context.signal,
    });
    context.answer({ ok: true, ...checked }, words(checked));
    return 0;
  },
};

interface Mistake {
  path: string;
  message: string;
}

class WrongUsage extends Error {}

type Wish = { settings: BrokerSettings } & Pick<BrokerCheckOptions, 'unit' | 'authority' | 'certificate'>;

/** What was asked for, read and checked; nothing is opened but files. @throws WrongUsage */
async function wish({ arguments: [file = ''], options }: Input): Promise<Wish | { mistakes: Mistake[] }> {
  const unit = HardwareId.nullable().safeParse(options.unit ?? null);
  if (!unit.success) throw new WrongUsage('--unit must be a hardware id, in hex');
  if ((options.certificate === undefined) !== (options.key === undefined)) {
    throw new WrongUsage('--certificate and --key go together');
  }
  const optional = (path: Input['options'][string]): Promise<string> | null =>
    path === undefined ? null : textOf(String(path));
  const text = await textOf(file);
  const authority = await optional(options.authority);
  const [certificate, key] = [await optional(options.certificate), await optional(options.key)];
  const settings = settingsOf(text, file);
  if ('mistakes' in settings) return settings;
  if (authority !== null && !isCertificate(authority)) {
    throw new WrongUsage('--authority holds no certificate (PEM)');
  }
  if (settings.tls && settings.tls.authority === null && authority === null) {
    throw new WrongUsage(
      'the settings leave the authority to the project; name its certificate with --authority',
    );
  }
  const own = certificate !== null && key !== null ? { certificate, key } : null;
  return { settings, unit: unit.data, authority, certificate: own };
}

function settingsOf(text: string, file: string): BrokerSettings | { mistakes: Mistake[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { mistakes: [{ path: file, message: 'is not JSON' }] };
  }
  const parsed = BrokerSettings.safeParse(value);
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.map(({ path, message }) => ({
    path:
      path.length > 0 ? pathText(path.map((part) => (typeof part === 'number' ? part : String(part)))) : file,
    message,
  }));
  return { mistakes };
}

/** Bytes; a certificate with its chain has a tenth of it. */
const longest = 100_000;

/** @throws WrongUsage */
async function textOf(given: string): Promise<string> {
  try {
    await using file = await open(pathOf(given));
    const facts = await file.stat();
    if (facts.isFile() && facts.size <= longest) return await file.readFile('utf8');
  } catch {
    throw new WrongUsage(`${given} cannot be read`);
  }
  throw new WrongUsage(`${given} is no file that can be meant`);
}

function isCertificate(pem: string): boolean {
  try {
    return Pem.safeParse(pem.trim()).success && new X509Certificate(pem).subject !== undefined;
  } catch {
    return false;
  }
}

function refuseSettings(mistakes: Mistake[], { wrong }: Pick<Context, 'wrong'>): ExitCode {
  wrong({ usage: { message: 'the settings cannot be used' }, mistakes }, [
    'The settings of the broker cannot be used; mistakes in them:',
    ...mistakeLines(mistakes),
  ]);
  return 2;
}

function words({ host, port, protocol, certificate, users, tried }: BrokerCheck): string[] {
  const shown = certificate
    ? `Its certificate is for ${certificate.names.join(', ')}, from ${certificate.issuer}, until ${certificate.to}.`
    : 'The connection is not secure: passwords and data can be read on the way.';
  return [
    `The broker ${host} port ${port} was reached and speaks MQTT ${protocol}.`,
    shown,
    `It let in: ${users.join(', ')}.`,
    ...(tried ? ['What the unit will do there is allowed.'] : []),
  ];
}
