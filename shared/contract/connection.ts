import { z } from 'zod';
import { PlateText } from './provision-text.ts';

/**
 * Names a secret without holding it: `secret:…` is one that the host keeps, `env:…` and `file:…` are looked up by the
 * terminal before anything starts. Only names are journalled, reported and shown.
 */
export const SecretRef = z
  .string()
  .max(300)
  .regex(/^(?:secret:[a-z0-9-]{1,60}|env:[A-Za-z_]\w{0,99}|file:.{1,290})$/, {
    error: 'must name a secret (env:NAME, file:PATH), never hold it',
  });
export type SecretRef = z.infer<typeof SecretRef>;

/** Dotted quad. */
const Ip4 = z.ipv4('must be an IPv4 address, such as 192.168.0.10');
/** The broker of the simulated bench; only what is on the bench reaches it. */
export const benchBrokerHost = 'bench:broker';

/** DNS name or IP address, as it stands in a certificate; `bench:broker` is the broker of the simulated bench. */
export const HostName = z
  .string()
  .max(253)
  .regex(
    /^(?:bench:broker|[A-Za-z0-9](?:[A-Za-z0-9._:-]*[A-Za-z0-9])?)$/,
    'must be a host name or an IP address',
  );

export const IpAddress = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('dhcp') }),
  z.strictObject({ kind: z.literal('static'), ip: Ip4, netmask: Ip4, gateway: Ip4, dns: Ip4 }),
]);

/** How the unit gets onto the network. `none`: it has a network already (CPython), or needs none. */
export const NetworkSettings = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('wifi'),
    /** IEEE 802.11: at most 32 bytes. */
    ssid: z.string().min(1).max(32),
    /** Null: an open network. */
    password: SecretRef.nullable(),
    address: IpAddress,
  }),
  z.strictObject({ kind: z.literal('ethernet'), address: IpAddress }),
]);
export type NetworkSettings = z.infer<typeof NetworkSettings>;

/** PEM certificates; public, so they are kept and shown as they are. */
export const Pem = z
  .string()
  .max(20_000)
  .regex(
    /^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----\s*$/,
    'must be certificates in PEM, from BEGIN to END',
  );

/** How somebody (the unit, or the app that looks on) signs in at the broker. */
export const BrokerLogin = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('anonymous') }),
  z.strictObject({
    kind: z.literal('password'),
    /** It becomes a line of the broker's access list and password file: what ends a line must not be in it. */
    username: z
      .string()
      .min(1)
      .max(120)
      .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'must not hold control characters'),
    password: SecretRef,
  }),
  /** Client certificate of the project's own authority, made per unit. */
  z.strictObject({ kind: z.literal('certificate') }),
]);
export type BrokerLogin = z.infer<typeof BrokerLogin>;

/**
 * Who may tell the unit through the broker to acknowledge or shelve: nobody; whoever has the key; whoever the broker
 * lets. Of the key every unit gets one of its own, so it must be one that nobody guesses.
 */
export const BrokerCommands = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('off') }),
  z.strictObject({ kind: z.literal('signed'), key: SecretRef }),
  z.strictObject({ kind: z.literal('broker') }),
]);

export const BrokerSettings = z.strictObject({
  host: HostName,
  port: z.number().int().min(1).max(65_535),
  tls: z
    .strictObject({
      /** Authority that vouches for the broker; null: the project's own. */
      authority: Pem.nullable(),
      /** Name that the broker's certificate must bear; null: `host`. */
      name: HostName.nullable(),
    })
    .nullable(),
  /** The unit's. A password login may leave the username `{unit}`, so that every unit has its own. */
  login: BrokerLogin,
  /** The app's own, for the proof; null: the same way as the unit. */
  watcher: BrokerLogin.nullable(),
  /** Topics are `<topic>/<hardware id>/…`. */
  topic: z
    .string()
    .min(1)
    .max(60)
    .regex(/^[A-Za-z0-9_-]+(?:\/[A-Za-z0-9_-]+){0,3}$/, 'must be up to four names with / between them')
    .default('plumbline'),
  keepAliveSeconds: z.number().int().min(5).max(3600).default(15),
  /** Absent: off. */
  commands: BrokerCommands.optional(),
});
export type BrokerSettings = z.infer<typeof BrokerSettings>;

/** Name that the broker's certificate must bear. That of the bench is none that a certificate could bear. */
export const certificateName = ({ host, tls }: Pick<BrokerSettings, 'host' | 'tls'>): string =>
  tls?.name ?? (host === benchBrokerHost ? 'bench-broker' : host);

export const ConnectionSettings = z.strictObject({
  project: PlateText.default(''),
  /** Set the unit's clock from this computer. */
  setTime: z.boolean().default(true),
  network: NetworkSettings,
  broker: BrokerSettings.nullable(),
});
export type ConnectionSettings = z.infer<typeof ConnectionSettings>;
export const noConnection: ConnectionSettings = {
  project: '',
  setTime: true,
  network: { kind: 'none' },
  broker: null,
};

/** What the unit signs in with at the broker, as far as it may be known. */
export const CredentialFacts = z.strictObject({
  kind: z.enum(['anonymous', 'password', 'certificate']),
  /** Who the broker takes the unit for: username or common name. */
  subject: z.string().max(200),
  /** SHA-256 of the certificate, hex. */
  fingerprint: z.string().max(64).nullable(),
  notAfter: z.string().max(40).nullable(),
  keyMadeOn: z.enum(['unit', 'app']).nullable(),
  /** Lines for the broker's access list (mosquitto's form). */
  acl: z.array(z.string().max(300)).max(20),
});
export type CredentialFacts = z.infer<typeof CredentialFacts>;

/** What the app saw at the broker with its own eyes. */
export const BrokerSight = z.strictObject({
  what: z.enum(['birth', 'data', 'answer', 'will', 'return']),
  topic: z.string().max(300),
  /** Host clock, ms since 1970. */
  at: z.number().int(),
  detail: z.string().max(300),
});
export type BrokerSight = z.infer<typeof BrokerSight>;
export const brokerSights = [
  'birth',
  'data',
  'answer',
  'will',
  'return',
] as const satisfies BrokerSight['what'][];
