import { z } from 'zod';
import { base64 } from './common.ts';

/** What is known of the wrong-PIN counter. The token's own counter decides; the bridge only reports it (OD-38). */
export const pinStateSchema = z.object({
  state: z.enum(['ok', 'low', 'final', 'locked', 'unknown']),
  /** Only where the token tells it: PKCS#11 has flags, no number. */
  attemptsLeft: z.number().int().min(0).max(255).optional(),
});

export type PinState = z.infer<typeof pinStateSchema>;

export const tokenInfoSchema = z.object({
  tokenId: z.string().min(1).max(200),
  driver: z.string().min(1).max(40),
  label: z.string().max(200),
  /** 介质硬件号: identifies the device, not the certificate. */
  mediaNumber: z.string().max(100),
  pin: pinStateSchema,
});

export type TokenInfo = z.infer<typeof tokenInfoSchema>;

export const driverHealthSchema = z.object({
  driver: z.string().min(1).max(40),
  state: z.enum(['ready', 'absent', 'broken']),
});

export type DriverHealth = z.infer<typeof driverHealthSchema>;

/** `GET /v1/tokens?after=revision&wait=seconds`: answers at once unless `after` is the present revision. */
export const tokenListSchema = z.object({
  /** Changes whenever a token comes, goes or changes. Compare for equality only. */
  revision: z.string().min(1).max(40),
  drivers: z.array(driverHealthSchema),
  tokens: z.array(tokenInfoSchema),
});

export type TokenList = z.infer<typeof tokenListSchema>;

export const signatureAlgorithmSchema = z.enum(['sm2-sm3', 'ecdsa-p256-sha256', 'rsa-pkcs1-sha256']);

export type BridgeSignatureAlgorithm = z.infer<typeof signatureAlgorithmSchema>;

/** AST-014: what pages may know of a certificate before any PIN is entered. */
export const certificateInfoSchema = z.object({
  keyId: z.string().min(1).max(400),
  tokenId: z.string().min(1).max(200),
  tokenLabel: z.string().max(200),
  /** 介质硬件号. */
  mediaNumber: z.string().max(100),
  usage: z.enum(['sign', 'encrypt']),
  /** The certificate's DER. Everything below can be read from it and is repeated for pages without a parser. */
  certificate: base64,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Lower case hexadecimal without a leading sign octet. */
  serial: z.string().regex(/^[0-9a-f]+$/),
  /** 单位名称: organisation, else common name of the subject. */
  unitName: z.string(),
  commonName: z.string(),
  issuer: z.string(),
  notBefore: z.iso.datetime(),
  notAfter: z.iso.datetime(),
  /** Undefined for a key that this bridge cannot sign with. */
  algorithm: signatureAlgorithmSchema.optional(),
});

export type CertificateInfo = z.infer<typeof certificateInfoSchema>;

export const certificateListSchema = z.object({ certificates: z.array(certificateInfoSchema) });
