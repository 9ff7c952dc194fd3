import { z } from 'zod';

export const OCSP_MODES = ['normal', 'down', 'stale', 'unsigned', 'wrong-certificate'] as const;
export type OcspMode = (typeof OCSP_MODES)[number];

/** Misbehaviour on purpose, for demo and tests. */
export type Faults = { readonly delayMs: number; readonly ocspMode: OcspMode };

export const faultsSchema = z.strictObject({
  delayMs: z.int().min(0).max(120_000),
  ocspMode: z.enum(OCSP_MODES),
});

/** Timers of Node hold 24 days at most. */
const seconds = (fallback: number, most = 2_000_000) =>
  z.coerce.number().int().min(1).max(most).default(fallback);

export const optionsSchema = z
  .strictObject({
    dataDir: z.string().min(1),
    /** Stands in the authority's certificates. */
    name: z.string().trim().min(1).max(60),
    nameEn: z.string().max(120).default(''),
    phone: z.string().max(40).default(''),
    passphrase: z.string().min(8),
    /** Both or neither: socket of the vault process that holds the keys, and this authority's token for it. */
    vaultSocket: z.string().min(1).optional(),
    vaultTokenFile: z.string().min(1).optional(),
    adminToken: z.string().min(16),
    algorithm: z.enum(['sm2', 'rsa', 'p256']).default('sm2'),
    vendor: z.enum(['a', 'b', 'c']).default('a'),
    host: z.string().default('127.0.0.1'),
    port: z.coerce.number().int().min(0).max(65_535).default(0),
    /** Written into certificates; the listening address when absent. */
    baseUrl: z.url().optional(),
    crlSeconds: seconds(3_600),
    crlValidSeconds: seconds(86_400, 31_536_000),
    ocspValidSeconds: seconds(3_600),
    /** Work of PBKDF2 for the key files; less is enough for a passphrase that is random itself. */
    keyIterations: z.coerce.number().int().min(10_000).max(2_000_000).default(600_000),
    delayMs: z.coerce.number().int().min(0).max(120_000).default(0),
  })
  .refine(
    ({ vaultSocket, vaultTokenFile }) => (vaultSocket === undefined) === (vaultTokenFile === undefined),
    {
      path: ['vaultTokenFile'],
    },
  );

/** What an authority is started with; see README.md for the meaning of each. */
export type AuthorityOptions = z.input<typeof optionsSchema>;
export type Options = z.output<typeof optionsSchema>;

const VARIABLES: Readonly<Record<keyof Options, string>> = {
  dataDir: 'CA_DATA',
  name: 'CA_NAME',
  nameEn: 'CA_NAME_EN',
  phone: 'CA_PHONE',
  passphrase: 'CA_PASSPHRASE',
  vaultSocket: 'CA_VAULT_SOCKET',
  vaultTokenFile: 'CA_VAULT_TOKEN_FILE',
  adminToken: 'CA_ADMIN_TOKEN',
  algorithm: 'CA_ALGORITHM',
  vendor: 'CA_VENDOR',
  host: 'CA_HOST',
  port: 'CA_PORT',
  baseUrl: 'CA_BASE_URL',
  crlSeconds: 'CA_CRL_SECONDS',
  crlValidSeconds: 'CA_CRL_VALID_SECONDS',
  ocspValidSeconds: 'CA_OCSP_VALID_SECONDS',
  keyIterations: 'CA_KEY_ITERATIONS',
  delayMs: 'CA_DELAY_MS',
};

/** Options from environment variables; the values are checked by `startAuthority`. */
export const optionsFromEnvironment = (environment: Readonly<Record<string, string | undefined>>): unknown =>
  Object.fromEntries(
    Object.entries(VARIABLES).flatMap(([option, variable]) => {
      const value = environment[variable];
      return value === undefined || value === '' ? [] : [[option, value]];
    }),
  );
