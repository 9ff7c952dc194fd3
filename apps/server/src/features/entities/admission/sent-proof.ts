import type { LibraryProof } from '@hufu/contracts';
import type { z } from 'zod';

/** A key's answer to a challenge, as the page sent it. */
export type SentProof = z.output<typeof LibraryProof>;
