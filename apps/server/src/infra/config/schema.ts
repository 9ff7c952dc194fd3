import { z } from 'zod';
import { ATTACHMENT_SETTINGS } from './attachment-settings.ts';
import { COUNTER_SETTINGS } from './counter-settings.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== ''),
);
const ports = list
  .pipe(
    z
      .array(z.string().regex(/^\d{1,5}$/))
      .min(1)
      .max(10),
  )
  .transform((texts) => texts.map(Number));

/** One value from outside: its name in the environment is its name in the file, too. */
export type Setting = {
  readonly schema: z.ZodType;
  readonly about: string;
  /** Never printed, whatever its value. */
  readonly secret?: true;
};

/**
 * Everything that can be set. The descriptions are the operator's manual: docs/configuration.md is made from
 * them. Defaults are what `npm start` on a laptop needs.
 */
export const SETTINGS = {
  HUFU_MODE: {
    schema: z.enum(['demo', 'configured']).default('configured'),
    about:
      'What this installation is. A demo makes its own keys, certificates and mailbox and says so on every page; a database that one mode has founded refuses the other.',
  },
  HUFU_HOST: { schema: z.string().default('127.0.0.1'), about: 'Address to listen on.' },
  HUFU_PORT: { schema: port.default(8700), about: 'Port to listen on.' },
  HUFU_BASE_URL: {
    schema: z
      .url({ protocol: /^https?$/ })
      .transform((text) => text.replace(/\/+$/, ''))
      .optional(),
    about: 'Address by which browsers reach the hub. Without it: http://localhost:<HUFU_PORT>.',
  },
  HUFU_DATA: {
    schema: z.string().min(1).default('./var'),
    about: 'Directory for everything that the server writes.',
  },
  HUFU_TRUST_PROXY: {
    schema: z.string().default('false'),
    about:
      'Whether X-Forwarded-For is believed: false, true, or the addresses of the proxies (comma separated, CIDR allowed).',
  },
  HUFU_KEYBRIDGE_PORTS: {
    schema: ports.default([8709]),
    about: 'Loopback ports on which the certificate assistant may be found, in the order of trying.',
  },
  HUFU_VAULT_PASSPHRASE: {
    schema: z.string().min(12).optional(),
    secret: true,
    about:
      'Opens the key vault (12 characters or more). Required when configured; a demo makes one and keeps it below HUFU_DATA.',
  },
  HUFU_SIGNER_SOCKET: {
    schema: z.string().min(1).optional(),
    about:
      'Socket (or named pipe) of the vault process, which then holds every key: this server can ask for a use and read none. Phone certificates need it. Without it: the encrypted file below HUFU_DATA/vault. See docs/runbooks/signer.md.',
  },
  HUFU_SIGNER_TOKEN_FILE: {
    schema: z.string().min(1).optional(),
    about:
      'File with the server’s token for the vault process. Without it: clients/server.token beside the socket.',
  },
  HUFU_REGION_PROFILE: {
    schema: z.string().optional(),
    about:
      'JSON file with the region: its names, cities, platforms, telephone numbers. Without it: the built-in profile.',
  },
  HUFU_RATE_LIMITS: {
    schema: z
      .string()
      .transform((text, context) => {
        try {
          return JSON.parse(text) as unknown;
        } catch {
          context.addIssue({ code: 'custom', message: 'not JSON' });
          return z.NEVER;
        }
      })
      .pipe(
        z.record(
          z.string(),
          z.object({
            requests: z.number().int().min(1),
            seconds: z.number().positive(),
            burst: z.number().int().min(1).optional(),
          }),
        ),
      )
      .default({}),
    about:
      'Overrides of named rate limits, as JSON: {"request":{"requests":600,"seconds":60,"burst":200}}. The names are those of the limits that the features declare.',
  },
  HUFU_LOG_LEVEL: {
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    about: 'How much is logged. No level logs personal data, tokens or query strings.',
  },
  HUFU_SESSION_SECONDS: {
    schema: z.coerce.number().int().min(300).max(86_400).default(28_800),
    about: 'Longest life of a login session.',
  },
  HUFU_ANSWER_AT_ONCE_MS: {
    schema: z.coerce.number().int().min(0).max(30_000).default(400),
    about:
      'Milliseconds for which a login or a binding is held open while its authority is asked. What takes longer is answered at once with its progress, and the page asks after it.',
  },
  HUFU_MAIL_FROM: {
    schema: z.string().default('hufu@localhost'),
    about: 'Sender of mails.',
  },
  HUFU_SMTP_URL: {
    schema: z.url({ protocol: /^smtps?$/ }).optional(),
    secret: true,
    about:
      'Mail server, with user and password: smtps://user:password@mail.example:465. Without it mails are kept as files below HUFU_DATA/mail.',
  },
  DATABASE_URL: {
    schema: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    secret: true,
    about: 'PostgreSQL 15 or newer. Without it: the embedded database below HUFU_DATA/db.',
  },
  HUFU_DATABASE_POOL: {
    schema: z.coerce.number().int().min(2).max(200).default(20),
    about: 'Connections to PostgreSQL.',
  },
  HUFU_DATABASE_QUERY_SECONDS: {
    schema: z.coerce.number().min(1).max(600).default(30),
    about: 'Time after which a query is given up.',
  },
  HUFU_PORTAL_DIRECTORY: {
    schema: z.string().optional(),
    about: 'Folder with the built web application. Without it: the one beside the server’s bundle.',
  },
  HUFU_OIDC_PAIRWISE_SALT: {
    schema: z.string().min(16).optional(),
    secret: true,
    about:
      'Salt of pairwise subjects. Without it a key of the vault is used; set it only to keep the subjects of an earlier system.',
  },
  HUFU_WITNESSES: {
    schema: list
      .pipe(z.array(z.string().regex(/^https?:\/\/\S+ \S+\+[0-9a-f]{8}\+\S+$/)).max(16))
      .default([]),
    about:
      'Witnesses that cosign the evidence log, comma separated, each as its address, a space, and its verification key (vkey): "https://witness.example/w1 w1.example+0a1b2c3d+BKey…". They should be run by other organisations.',
  },
  HUFU_WITNESS_QUORUM: {
    schema: z.coerce.number().int().min(0).max(16).optional(),
    about: 'How many distinct witnesses confirm a checkpoint. Without it: more than half of them.',
  },
  HUFU_CHAIN_RPC_URL: {
    schema: z.url({ protocol: /^https?$/ }).optional(),
    secret: true,
    about:
      'JSON-RPC address of a node of the chain on which checkpoints are anchored; use a node of your own, or a key in the address. Together with HUFU_CHAIN_ID and HUFU_CHAIN_CONTRACT. Without them nothing is anchored, and pages say so.',
  },
  HUFU_CHAIN_ID: {
    schema: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
    about: 'Number of the chain (EIP-155). A node of another chain is refused.',
  },
  HUFU_CHAIN_NAME: {
    schema: z.string().min(1).max(60).optional(),
    about: 'Name of the chain as people know it, shown beside every anchor. Without it: its number.',
  },
  HUFU_CHAIN_CONTRACT: {
    schema: z
      .string()
      .regex(/^0x[0-9a-fA-F]{40}$/)
      .transform((text) => text.toLowerCase())
      .optional(),
    about: 'Address of the LedgerWitness contract (docs/runbooks/anchors.md tells how to deploy it).',
  },
  HUFU_CHAIN_CONFIRMATIONS: {
    schema: z.coerce.number().int().min(0).max(1000).default(0),
    about:
      'Blocks that must follow before an anchor counts as final: 0 on chains whose blocks are final at once (PBFT, IBFT, QBFT), more where blocks can be replaced.',
  },
  HUFU_ANCHOR_SECONDS: {
    schema: z.coerce.number().int().min(1).max(86_400).default(60),
    about: 'Shortest time between two anchors; one is made only when the ledger has grown.',
  },
  HUFU_TSA_URL: {
    schema: z.url({ protocol: /^https?$/ }).optional(),
    about:
      'RFC 3161 time-stamp service that stamps one checkpoint a day. Together with HUFU_TSA_CERTIFICATES. Without them no time-stamps are obtained, and pages say so.',
  },
  HUFU_TSA_CERTIFICATES: {
    schema: z.string().min(1).optional(),
    about:
      'PEM file with whom to trust for time-stamps: certificates of authorities below which the service must stand, or its own certificate, which is then accepted alone.',
  },
  HUFU_TSA_POLICY: {
    schema: z
      .string()
      .regex(/^[0-2](\.\d+)+$/)
      .optional(),
    about: 'Policy (OID) under which time-stamps must be made. Without it any policy of the service will do.',
  },
  HUFU_CITIZEN_ISSUER: {
    schema: z.url({ protocol: /^https?$/ }).optional(),
    about:
      'Issuer of the OpenID provider by which natural persons log in to the entity library. Together with HUFU_CITIZEN_CLIENT and HUFU_CITIZEN_SECRET. Without them natural persons enter by certificate alone.',
  },
  HUFU_CITIZEN_CLIENT: {
    schema: z.string().min(1).max(100).optional(),
    about:
      'Client identifier of this installation at that provider; its redirect address is <HUFU_BASE_URL>/api/v1/library/citizen-logins/callback.',
  },
  HUFU_CITIZEN_SECRET: {
    schema: z.string().min(16).optional(),
    secret: true,
    about: 'Secret of that client.',
  },
  HUFU_REAL_NAME_ISSUER: {
    schema: z.url({ protocol: /^https?$/ }).optional(),
    about:
      'Issuer of the OpenID provider by which users of the phone certificate prove their real names. Together with HUFU_REAL_NAME_CLIENT and HUFU_REAL_NAME_SECRET. Without them nobody can, and no phone certificate is applied for.',
  },
  HUFU_REAL_NAME_CLIENT: {
    schema: z.string().min(1).max(100).optional(),
    about:
      'Client identifier of this installation at that provider; its redirect address is <HUFU_BASE_URL>/api/v1/phone/real-names/callback.',
  },
  HUFU_REAL_NAME_SECRET: {
    schema: z.string().min(16).optional(),
    secret: true,
    about: 'Secret of that client.',
  },
  HUFU_SMS_URL: {
    schema: z.url({ protocol: /^https?$/ }).optional(),
    about:
      'Gateway that sends SMS: gets {id, to, template, facts, text} by POST with X-Hufu-Timestamp and X-Hufu-Signature (hexadecimal HMAC-SHA-256 of "timestamp.body" under HUFU_SMS_SECRET). Without it a demo shows the messages, and a configured installation lets nobody log in to the phone certificate.',
  },
  HUFU_SMS_SECRET: {
    schema: z.string().min(16).optional(),
    secret: true,
    about: 'Key of those signatures.',
  },
  HUFU_SEAL_MAKER_CERTIFICATES: {
    schema: z.string().min(1).optional(),
    about:
      'PEM file with the certificate of the seal maker (制章者), issued for the vault’s key, followed by its issuers up to the root. Without it no seals are made; a demo makes its own, and marks every seal as a sample.',
  },
  ...COUNTER_SETTINGS,
  ...ATTACHMENT_SETTINGS,
} as const satisfies Record<string, Setting>;

export type ConfigValues = {
  readonly [Name in keyof typeof SETTINGS]: z.output<(typeof SETTINGS)[Name]['schema']>;
};
