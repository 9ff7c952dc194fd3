import { fromBase64, fromUtf8, toBase64, utf8 } from '@hufu/kernel';
import { z } from 'zod';
import { softTokenError } from './errors.ts';

const bytes = (maximum: number) =>
  z.codec(
    z.base64().max(Math.ceil(maximum / 3) * 4),
    z.custom<Uint8Array>((value) => value instanceof Uint8Array),
    {
      decode: (text) => fromBase64(text),
      encode: (data) => toBase64(data),
    },
  );

const sealed = z.strictObject({ nonce: bytes(12), ciphertext: bytes(20_000) });

const keySchema = z.strictObject({
  keyId: z.string().regex(/^[0-9a-f]{32}$/),
  usage: z.enum(['sign', 'encrypt']),
  algorithm: z.enum(['sm2-sm3', 'ecdsa-p256-sha256', 'rsa-pkcs1-sha256']),
  publicKey: bytes(2_000),
  certificate: bytes(60_000).optional(),
  sealed,
});

/** Bounds keep a hostile file from making the key derivation eat the machine: at most 1 GiB. */
const scryptSchema = z.strictObject({
  name: z.literal('scrypt'),
  salt: bytes(64),
  N: z
    .int()
    .min(2)
    .max(1_048_576)
    .refine((n) => (n & (n - 1)) === 0),
  r: z.int().min(1).max(8),
  p: z.int().min(1).max(4),
});

const fileSchema = z
  .strictObject({
    format: z.literal('hufu-soft-token'),
    version: z.literal(1),
    tokenId: z.string().regex(/^[0-9a-f]{32}$/),
    label: z.string().min(1).max(100),
    mediaNumber: z.string().regex(/^[A-Za-z0-9-]{4,64}$/),
    kdf: scryptSchema,
    pin: z.strictObject({
      maximumAttempts: z.int().min(1).max(255),
      attemptsUsed: z.int().min(0).max(255),
    }),
    masterKey: sealed,
    keys: z.array(keySchema).max(32),
  })
  .refine((file) => new Set(file.keys.map((key) => key.keyId)).size === file.keys.length);

/** The file's content: one JSON object, binary members in base64. See docs/keybridge-protocol.md, "Software token". */
export type TokenFile = z.output<typeof fileSchema>;

export type TokenFileKey = TokenFile['keys'][number];

/** @throws CodedError SOFT_TOKEN_FILE_INVALID */
export function readTokenFile(data: Uint8Array): TokenFile {
  let parsed: z.ZodSafeParseResult<TokenFile>;
  try {
    parsed = z.safeDecode(fileSchema, JSON.parse(fromUtf8(data)));
  } catch (cause) {
    throw softTokenError('SOFT_TOKEN_FILE_INVALID', {}, cause);
  }
  if (!parsed.success) throw softTokenError('SOFT_TOKEN_FILE_INVALID');
  return parsed.data;
}

export const writeTokenFile = (file: TokenFile): Uint8Array =>
  utf8(`${JSON.stringify(z.encode(fileSchema, file), null, 2)}\n`);

/** What each sealed part is bound to, so that parts cannot be swapped within a file or between files. */
export const masterKeyContext = (file: Pick<TokenFile, 'tokenId'>): Uint8Array =>
  utf8(`hufu-soft-token/1/master/${file.tokenId}`);

export const keyContext = (tokenId: string, key: Pick<TokenFileKey, 'keyId' | 'usage'>): Uint8Array =>
  utf8(`hufu-soft-token/1/key/${tokenId}/${key.keyId}/${key.usage}`);
