import path from 'node:path';
import { z } from 'zod';
import { infraError } from '../errors.ts';
import { type FileConfig, filesOf, type ObjectStoreConfig, objectStoreOf } from './attachment-settings.ts';
import { type PaymentConfig, paymentsOf } from './counter-settings.ts';
import { type ConfigValues, SETTINGS, type Setting } from './schema.ts';

/** The configuration as the server uses it: checked, with every default in place. */
export type Config = {
  readonly mode: 'demo' | 'configured';
  readonly host: string;
  readonly port: number;
  /** No slash at the end. */
  readonly baseUrl: string;
  readonly dataDirectory: string;
  readonly databaseUrl: string | undefined;
  readonly databasePool: number;
  readonly databaseQuerySeconds: number;
  readonly trustProxy: boolean | string;
  readonly keyBridgeOrigins: readonly string[];
  readonly vaultPassphrase: string | undefined;
  /** The vault process; undefined when an encrypted file serves. */
  readonly signer: SignerConfig | undefined;
  readonly regionProfile: string | undefined;
  readonly rateLimits: ConfigValues['HUFU_RATE_LIMITS'];
  readonly logLevel: ConfigValues['HUFU_LOG_LEVEL'];
  readonly sessionSeconds: number;
  readonly answerAtOnceMs: number;
  readonly mailFrom: string;
  readonly smtpUrl: string | undefined;
  readonly portalDirectory: string | undefined;
  readonly pairwiseSalt: string | undefined;
  /** Who cosigns the evidence log. */
  readonly witnesses: WitnessConfig;
  /** Where checkpoints are anchored; undefined when nowhere. */
  readonly chain: ChainConfig | undefined;
  /** Who stamps them with the time; undefined when nobody. */
  readonly timeStamps: TimeStampConfig | undefined;
  /** The OpenID provider of natural persons; undefined when none is set up. */
  readonly citizens: CitizenConfig | undefined;
  /** The OpenID provider that proves real names; undefined when none is set up. */
  readonly realNames: CitizenConfig | undefined;
  /** Undefined: messages are kept as files, for a demo to show. */
  readonly sms: SmsConfig | undefined;
  /** PEM file; undefined when no seals are made here. */
  readonly sealMakerCertificates: string | undefined;
  /** Where attachments lie; undefined for a directory of this machine. */
  readonly objectStore: ObjectStoreConfig | undefined;
  readonly files: FileConfig;
  /** JSON file; undefined when no authority issues through this installation. */
  readonly issuingAuthorities: string | undefined;
  /** Who takes certificate fees; undefined when nobody. */
  readonly payments: PaymentConfig | undefined;
};

export type SignerConfig = {
  /** Path of a Unix socket, or name of a pipe. */
  readonly socket: string;
  /** File with the server's token. */
  readonly tokenFile: string;
};

export type WitnessConfig = {
  /** The address without a slash at the end; the key as a vkey (c2sp.org/signed-note). */
  readonly list: readonly { readonly url: string; readonly vkey: string }[];
  readonly quorum: number;
};

export type ChainConfig = {
  readonly rpcUrl: string;
  /** EIP-155. */
  readonly id: number;
  readonly name: string;
  /** 0x and 40 hexadecimal digits in lower case. */
  readonly contract: string;
  readonly confirmations: number;
  readonly everySeconds: number;
};

export type TimeStampConfig = {
  readonly url: string;
  /** PEM file. */
  readonly certificates: string;
  /** OID; undefined when any will do. */
  readonly policy: string | undefined;
};

export type CitizenConfig = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
};

export type SmsConfig = { readonly url: string; readonly secret: string };

type Texts = Readonly<Record<string, string | undefined>>;

const NAMES = new Set(Object.keys(SETTINGS));

/**
 * Reads the configuration. The environment wins over the file that `HUFU_CONFIG` names, whose members carry
 * the same names. Unknown members and unknown `HUFU_…` variables are refused: a misspelt one would be ignored.
 * @throws CONFIG_INVALID naming each value that is wrong, without the value
 */
export function readConfig(environment: Texts, readFile: (file: string) => string): Config {
  const texts = { ...fileTexts(environment['HUFU_CONFIG'], readFile), ...own(environment) };
  const wrong: string[] = unknownNames(texts);
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(SETTINGS)) {
    const parsed = (setting as Setting).schema.safeParse(texts[name]);
    if (parsed.success) values[name] = parsed.data;
    else wrong.push(`${name}: ${z.prettifyError(parsed.error).replace(/\s+/g, ' ')}`);
  }
  if (wrong.length > 0) throw infraError('CONFIG_INVALID', { wrong });
  return assemble(values as ConfigValues);
}

/** Empty variables count as absent: that is how compose files and units leave one out. */
function own(environment: Texts): Texts {
  const found = Object.entries(environment).filter(
    ([name, value]) => value !== undefined && value !== '' && (NAMES.has(name) || name.startsWith('HUFU_')),
  );
  return Object.fromEntries(found);
}

/** Read by other programs of the installation, which share the environment. */
const SHARED = /^HUFU_(CONFIG$|KEYBRIDGE_(?!PORTS)|SIGNER_(?!SOCKET|TOKEN)|CA_|PLATFORM_|LAUNCHER_|TEST_)/;

function unknownNames(texts: Texts): string[] {
  return Object.keys(texts)
    .filter((name) => !NAMES.has(name) && !SHARED.test(name))
    .map((name) => `${name}: unknown`);
}

function fileTexts(file: string | undefined, readFile: (file: string) => string): Texts {
  if (!file) return {};
  try {
    const members = z.record(z.string(), z.unknown()).parse(JSON.parse(readFile(file)));
    return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, asText(value)]));
  } catch (error) {
    throw infraError('CONFIG_INVALID', { wrong: ['HUFU_CONFIG: unreadable'] }, error);
  }
}

function asText(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.join(',');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function assemble(values: ConfigValues): Config {
  const hasVault = values.HUFU_VAULT_PASSPHRASE !== undefined || values.HUFU_SIGNER_SOCKET !== undefined;
  if (values.HUFU_MODE === 'configured' && !hasVault) {
    const wrong = ['HUFU_SIGNER_SOCKET or HUFU_VAULT_PASSPHRASE: one is required when configured'];
    throw infraError('CONFIG_INVALID', { wrong });
  }
  return {
    mode: values.HUFU_MODE,
    host: values.HUFU_HOST,
    port: values.HUFU_PORT,
    baseUrl: values.HUFU_BASE_URL ?? `http://localhost:${values.HUFU_PORT}`,
    dataDirectory: path.resolve(values.HUFU_DATA),
    databaseUrl: values.DATABASE_URL,
    databasePool: values.HUFU_DATABASE_POOL,
    databaseQuerySeconds: values.HUFU_DATABASE_QUERY_SECONDS,
    trustProxy: trustProxy(values.HUFU_TRUST_PROXY),
    keyBridgeOrigins: values.HUFU_KEYBRIDGE_PORTS.map((port) => `http://127.0.0.1:${port}`),
    vaultPassphrase: values.HUFU_VAULT_PASSPHRASE,
    signer: signer(values),
    regionProfile: values.HUFU_REGION_PROFILE,
    rateLimits: values.HUFU_RATE_LIMITS,
    logLevel: values.HUFU_LOG_LEVEL,
    sessionSeconds: values.HUFU_SESSION_SECONDS,
    answerAtOnceMs: values.HUFU_ANSWER_AT_ONCE_MS,
    mailFrom: values.HUFU_MAIL_FROM,
    smtpUrl: values.HUFU_SMTP_URL,
    portalDirectory: values.HUFU_PORTAL_DIRECTORY,
    pairwiseSalt: values.HUFU_OIDC_PAIRWISE_SALT,
    chain: chain(values),
    witnesses: witnesses(values),
    timeStamps: timeStamps(values),
    citizens: provider('HUFU_CITIZEN', {
      issuer: values.HUFU_CITIZEN_ISSUER,
      clientId: values.HUFU_CITIZEN_CLIENT,
      clientSecret: values.HUFU_CITIZEN_SECRET,
    }),
    realNames: provider('HUFU_REAL_NAME', {
      issuer: values.HUFU_REAL_NAME_ISSUER,
      clientId: values.HUFU_REAL_NAME_CLIENT,
      clientSecret: values.HUFU_REAL_NAME_SECRET,
    }),
    sms: sms(values),
    sealMakerCertificates: values.HUFU_SEAL_MAKER_CERTIFICATES,
    objectStore: objectStoreOf(values),
    files: filesOf(values),
    issuingAuthorities: values.HUFU_RA_AUTHORITIES,
    payments: paymentsOf(values),
  };
}

function signer({ HUFU_SIGNER_SOCKET: socket, HUFU_SIGNER_TOKEN_FILE: tokenFile }: ConfigValues) {
  if (socket === undefined) return undefined;
  const beside = path.join(path.dirname(socket), 'clients', 'server.token');
  return { socket, tokenFile: tokenFile ?? beside };
}

function witnesses({ HUFU_WITNESSES: named, HUFU_WITNESS_QUORUM: asked }: ConfigValues): WitnessConfig {
  const list = named.map((one) => {
    const [url = '', vkey = ''] = one.split(' ');
    return { url: url.replace(/\/+$/, ''), vkey };
  });
  const quorum = asked ?? (list.length === 0 ? 0 : Math.floor(list.length / 2) + 1);
  if (quorum > list.length) throw infraError('CONFIG_INVALID', { wrong: ['HUFU_WITNESS_QUORUM: too many'] });
  return { list, quorum };
}

function chain(values: ConfigValues): ChainConfig | undefined {
  const { HUFU_CHAIN_RPC_URL: rpcUrl, HUFU_CHAIN_ID: id, HUFU_CHAIN_CONTRACT: contract } = values;
  if (rpcUrl === undefined && id === undefined && contract === undefined) return undefined;
  if (rpcUrl === undefined || id === undefined || contract === undefined) {
    const wrong = ['HUFU_CHAIN_RPC_URL, HUFU_CHAIN_ID, HUFU_CHAIN_CONTRACT: all of them or none'];
    throw infraError('CONFIG_INVALID', { wrong });
  }
  return {
    rpcUrl,
    id,
    contract,
    name: values.HUFU_CHAIN_NAME ?? String(id),
    confirmations: values.HUFU_CHAIN_CONFIRMATIONS,
    everySeconds: values.HUFU_ANCHOR_SECONDS,
  };
}

type Given<T> = { readonly [Name in keyof T]: T[Name] | undefined };

/** @param prefix of the three variables */
function provider(
  prefix: string,
  { issuer, clientId, clientSecret }: Given<CitizenConfig>,
): CitizenConfig | undefined {
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return undefined;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) {
    const wrong = [`${prefix}_ISSUER, ${prefix}_CLIENT, ${prefix}_SECRET: all of them or none`];
    throw infraError('CONFIG_INVALID', { wrong });
  }
  return { issuer, clientId, clientSecret };
}

function sms({ HUFU_SMS_URL: url, HUFU_SMS_SECRET: secret }: ConfigValues): SmsConfig | undefined {
  if (url === undefined && secret === undefined) return undefined;
  if (url === undefined || secret === undefined) {
    throw infraError('CONFIG_INVALID', { wrong: ['HUFU_SMS_URL, HUFU_SMS_SECRET: both or neither'] });
  }
  return { url, secret };
}

function timeStamps(values: ConfigValues): TimeStampConfig | undefined {
  const { HUFU_TSA_URL: url, HUFU_TSA_CERTIFICATES: certificates, HUFU_TSA_POLICY: policy } = values;
  if (url === undefined && certificates === undefined) return undefined;
  if (url === undefined || certificates === undefined) {
    throw infraError('CONFIG_INVALID', { wrong: ['HUFU_TSA_URL, HUFU_TSA_CERTIFICATES: both or neither'] });
  }
  return { url, certificates, policy };
}

function trustProxy(text: string): boolean | string {
  return text === 'true' ? true : text === 'false' ? false : text;
}
