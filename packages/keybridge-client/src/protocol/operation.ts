import { z } from 'zod';
import { AUTH_ACTS, challengeSchema } from '../statement.ts';
import { base64, handle, languageSchema } from './common.ts';
import { signatureAlgorithmSchema } from './token.ts';

/** `POST /v1/operations`. The bridge composes the signed statement from this, the request's origin and the key. */
export const operationRequestSchema = z.strictObject({
  act: z.enum(AUTH_ACTS),
  keyId: z.string().min(1).max(400),
  payload: challengeSchema,
  /** Language of the PIN frame. Chinese when absent. */
  language: languageSchema.optional(),
  theme: z.enum(['light', 'dark']).optional(),
});

export type OperationRequest = z.infer<typeof operationRequestSchema>;

export const operationCreatedSchema = z.object({
  operationId: handle,
  /** A page of the bridge with the PIN field; only the asking origin may frame it. */
  frameUrl: z.url(),
  expiresAt: z.iso.datetime(),
});

export type OperationCreated = z.infer<typeof operationCreatedSchema>;

export const signedStatementSchema = z.object({
  /** The signed bytes (see `parseAuthStatement`). */
  statement: base64,
  /** SM2 and ECDSA: DER; RSA: PKCS#1 v1.5. SM2 uses the ID 1234567812345678. */
  signature: base64,
  algorithm: signatureAlgorithmSchema,
  /** The signing certificate's DER. */
  certificate: base64,
});

export type SignedStatement = z.infer<typeof signedStatementSchema>;

/** `GET /v1/operations/:id?wait=seconds`. */
export const operationStateSchema = z.discriminatedUnion('state', [
  /** The holder has the PIN field before them. */
  z.object({ state: z.literal('waiting') }),
  /** The key is at work. It is never interrupted (OD-05). */
  z.object({ state: z.literal('signing') }),
  z.object({ state: z.literal('done'), result: signedStatementSchema }),
  z.object({
    state: z.literal('failed'),
    code: z.string(),
    fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  }),
]);

export type OperationState = z.infer<typeof operationStateSchema>;

/** What the PIN frame posts to the page that embeds it, with that page's origin as the only target. */
export const frameMessageSchema = z.object({
  type: z.literal('hufu-keybridge'),
  operationId: handle,
  event: z.enum(['shown', 'settled', 'height']),
  /** With `height`: the frame's content height in CSS pixels. */
  height: z.number().int().min(0).max(4000).optional(),
});

export type FrameMessage = z.infer<typeof frameMessageSchema>;
