import { z } from 'zod';
import { Text } from './common.ts';
import { Digest, UsccCode } from './exchange-parts.ts';

/** A document that a platform asks an entity to seal (PLAT-011). */
export const SealingOrderForm = z.object({ uscc: UsccCode, title: Text(100), returnUrl: z.url().max(500) });

export const SealingOrder = z
  .object({
    id: z.string(),
    title: z.string(),
    state: z.enum(['OPEN', 'SEALED', 'ENDED']),
    /** Page on which the entity seals it; the browser goes there and comes back to `returnUrl`. */
    sealUrl: z.string(),
    returnUrl: z.string(),
    sha256: Digest,
  })
  .meta({ id: 'SealingOrder' });
export type SealingOrder = z.infer<typeof SealingOrder>;
