import type { ItemRow } from './preparation-store.ts';

/** Payload of both queues. */
export type SealingJob = { readonly id: string };

/** One document, at this try of its job. */
export type Trying = { readonly item: ItemRow; readonly attempt: number };
