import { z } from 'zod';

/** Changes when a request or an answer changes so that an older side would misread it. */
export const PROTOCOL_VERSION = 1;

/** Where a bridge listens unless it was told otherwise. */
export const DEFAULT_PORT = 8709;

/** `service` in the status answer: tells a bridge from whatever else may listen on the port. */
export const SERVICE_NAME = 'hufu-keybridge';

/** Longest time, in seconds, that a bridge holds a long poll open. */
export const MAX_WAIT_SECONDS = 30;

/** base64url of at least 16 random bytes: an address that cannot be guessed. */
export const handle = z.string().regex(/^[A-Za-z0-9_-]{22,64}$/);

export const base64 = z.base64().max(200_000);

/** Problem document (RFC 9457) with the code of the error register and its typed fields. */
export const problemSchema = z.looseObject({
  type: z.string(),
  /** Chinese. */
  title: z.string(),
  titleEn: z.string(),
  status: z.number().int(),
  code: z.string().regex(/^[A-Z][A-Z0-9_]{2,60}$/),
  fields: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
    .optional(),
});

export type Problem = z.infer<typeof problemSchema>;

export const languageSchema = z.enum(['zh', 'en']);

/** Answer to `GET /v1/status`, the only one that any origin may read. */
export const statusSchema = z.object({
  service: z.literal(SERVICE_NAME),
  protocol: z.number().int().min(1),
  /** Oldest protocol version that this bridge still serves. */
  oldestProtocol: z.number().int().min(1),
  version: z.string().max(40),
  /** Whether the asking origin has been approved. */
  approved: z.boolean(),
});

export type BridgeStatus = z.infer<typeof statusSchema>;
