import { z } from 'zod';
import { handle, languageSchema } from './common.ts';

/** `POST /v1/pairings`: the origin is taken from the request header, never from the body. */
export const pairingRequestSchema = z.strictObject({
  /** The site's own name for itself. Shown as a claim beside the origin, which alone is certain. */
  title: z
    .string()
    .min(1)
    .max(60)
    .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u)
    .optional(),
  language: languageSchema.optional(),
});

export type PairingRequest = z.infer<typeof pairingRequestSchema>;

export const pairingCreatedSchema = z.object({
  pairingId: handle,
  /** A page of the bridge, to be opened in a window of its own. It refuses to be framed. */
  approvalUrl: z.url(),
  expiresAt: z.iso.datetime(),
});

export type PairingCreated = z.infer<typeof pairingCreatedSchema>;

/** `GET /v1/pairings/:id?wait=seconds`. The secret is told once, to the origin that asked. */
export const pairingStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('pending') }),
  z.object({ state: z.literal('approved'), secret: handle }),
  z.object({ state: z.literal('collected') }),
  z.object({ state: z.literal('refused') }),
  z.object({ state: z.literal('expired') }),
]);

export type PairingState = z.infer<typeof pairingStateSchema>;
