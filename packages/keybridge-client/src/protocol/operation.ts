import { z } from 'zod';
import { AUTH_ACTS, challengeSchema, visibleText } from '../statement.ts';
import { base64, handle, languageSchema } from './common.ts';
import { signatureAlgorithmSchema } from './token.ts';

/** `POST /v1/operations`. The bridge composes the signed statement from this, the request's origin and the key. */
const asked = {
  keyId: z.string().min(1).max(400),
  /** Language of the PIN frame. Chinese when absent. */
  language: languageSchema.optional(),
  theme: z.enum(['light', 'dark']).optional(),
};

const statementRequestSchema = z.strictObject({
  act: z.enum(AUTH_ACTS),
  payload: challengeSchema,
  ...asked,
});

export type StatementRequest = z.infer<typeof statementRequestSchema>;

/** Documents of one request; all of them are signed after one PIN, or none. */
export const MAX_DOCUMENTS = 200;

export const documentToSignSchema = z.strictObject({
  /** Shown to the holder. */
  title: visibleText(200),
  /** Of the bytes that the signature covers: SHA-256, or SM3 when the key is SM2. Shown to the holder. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  /**
   * What is signed, made from the digest and the certificate: the signed attributes of a detached CMS signature (RFC
   * 5652, GM/T 0010), or TBS_Sign of an electronic seal (GB/T 38540). A bridge signs it only after it has found the
   * digest and nothing foreign in it.
   */
  message: base64,
});

export type DocumentToSign = z.infer<typeof documentToSignSchema>;

const documentsRequestSchema = z.strictObject({
  act: z.literal('sign-documents'),
  documents: z.array(documentToSignSchema).min(1).max(MAX_DOCUMENTS),
  ...asked,
});

export type DocumentsRequest = z.infer<typeof documentsRequestSchema>;

export const operationRequestSchema = z.discriminatedUnion('act', [
  statementRequestSchema,
  documentsRequestSchema,
]);

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

export const signedDocumentsSchema = z.object({
  /** One for each document, in the order of the request. */
  signatures: z.array(base64).min(1).max(MAX_DOCUMENTS),
  algorithm: signatureAlgorithmSchema,
  /** The signing certificate's DER. */
  certificate: base64,
});

export type SignedDocuments = z.infer<typeof signedDocumentsSchema>;

/** `GET /v1/operations/:id?wait=seconds`. */
export const operationStateSchema = z.discriminatedUnion('state', [
  /** The holder has the PIN field before them. */
  z.object({ state: z.literal('waiting') }),
  /** The key is at work. It is never interrupted (OD-05). */
  z.object({ state: z.literal('signing') }),
  z.object({ state: z.literal('done'), result: z.union([signedStatementSchema, signedDocumentsSchema]) }),
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
