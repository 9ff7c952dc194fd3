import { z } from 'zod';
import { defineRoute, EVERYONE } from '../route.ts';
import { Base64, CertificateDer, Timestamp } from '../schemas/common.ts';
import { ProvenSeal } from '../schemas/seals.ts';

/** Seals shown to whoever holds a key that may use them, without a login (AST-008). */
export const sealProofRoutes = {
  nonce: defineRoute({
    id: 'sealProofNonce',
    method: 'POST',
    path: '/api/v1/seal-proofs/nonces',
    summary: 'A nonce for a test signature that shows the key’s seals',
    actors: EVERYONE,
    responses: {
      200: z.object({ nonce: z.string(), audience: z.string(), expiresAt: Timestamp }),
    },
  }),
  show: defineRoute({
    id: 'provenSeals',
    method: 'POST',
    path: '/api/v1/seal-proofs',
    summary: 'The seals that the key of a test signature may use, with their pictures',
    actors: EVERYONE,
    body: z.object({
      /** The signed bytes: an authentication statement of the act `test`, for our nonce. */
      statement: Base64(16_384),
      signature: Base64(4_096),
      certificate: CertificateDer,
    }),
    responses: { 200: z.array(ProvenSeal) },
  }),
} as const;
