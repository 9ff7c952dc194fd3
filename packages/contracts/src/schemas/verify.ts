import { z } from 'zod';
import { Timestamp } from './common.ts';

const Said = z.object({ zh: z.string(), en: z.string() });

/** MSG-17 「签名有效」 is VALID and VALID_EXTENDED, MSG-20 「签名无效」 INVALID and INVALID_CHANGED. */
export const HeadlineCode = z
  .enum(['VALID', 'VALID_EXTENDED', 'INVALID_CHANGED', 'INVALID', 'INDETERMINATE', 'UNSIGNED', 'UNREADABLE'])
  .meta({ id: 'HeadlineCode' });
export type HeadlineCode = z.infer<typeof HeadlineCode>;

export const VerdictStatus = z.enum(['valid', 'invalid', 'indeterminate']);

/** A reason with its words. `code` is stable. */
const Reason = Said.extend({ code: z.string() });

/** One check of the full tree. */
const Check = z.object({
  check: z.string(),
  status: z.enum(['passed', 'failed', 'unknown', 'note']),
  reason: Reason.nullable(),
  detail: z.string().nullable(),
});
const Block = z.object({
  block: z.string(),
  status: z.enum(['passed', 'failed', 'unknown', 'note']),
  checks: z.array(Check),
});

/** Where a seal or signature stands: parts of the page's width and height as shown, from its upper left corner. */
const Outline = z.object({
  kind: z.enum(['signature', 'stamp']),
  /** From 1. */
  page: z.int(),
  left: z.number(),
  top: z.number(),
  width: z.number(),
  height: z.number(),
});

/** Level two: one signature, seal or time stamp; its `blocks` are level three. */
export const VerifiedSignature = z
  .object({
    id: z.string(),
    kind: z.enum(['signature', 'seal', 'time-stamp']),
    status: VerdictStatus,
    reasons: z.array(Reason),
    /** PAdES baseline level that its parts add up to. */
    level: z.string().nullable(),
    signer: z
      .object({
        subject: z.string(),
        issuer: z.string(),
        serial: z.string(),
        sha256: z.string(),
        validFrom: Timestamp,
        validTo: Timestamp,
        key: z.string(),
      })
      .nullable(),
    /** The electronic seal (GB/T 38540); the picture is a data URL. */
    seal: z
      .object({
        number: z.string(),
        name: z.string(),
        maker: z.string(),
        validFrom: Timestamp,
        validTo: Timestamp,
        picture: z.string().nullable(),
        /** In the register of this hub; null: not one of ours. */
        registerState: z.string().nullable(),
      })
      .nullable(),
    claimedAt: Timestamp.nullable(),
    /** Proven by a trusted time stamp. */
    provenAt: Timestamp.nullable(),
    /** Whether it covers the file as it is now. */
    wholeFile: z.boolean().nullable(),
    revision: z.int().nullable(),
    outlines: z.array(Outline),
    /** What came after it. */
    changes: z.array(
      z.object({
        class: z.string(),
        reason: Reason,
        path: z.string(),
        revision: z.int(),
        permitted: z.boolean(),
      }),
    ),
    blocks: z.array(Block),
  })
  .meta({ id: 'VerifiedSignature' });
export type VerifiedSignature = z.infer<typeof VerifiedSignature>;

/** Answer of 验章: everything at once, because nothing of the file is kept. */
export const VerificationReport = z
  .object({
    kind: z.enum(['pdf', 'ofd']),
    status: VerdictStatus,
    headline: Said.extend({ code: HeadlineCode }),
    reasons: z.array(Reason),
    verifiedAt: Timestamp,
    size: z.int(),
    sha256: z.string(),
    sm3: z.string(),
    /** Length in bytes of each revision, oldest first. */
    revisions: z.array(z.int()),
    checks: z.array(Check),
    signatures: z.array(VerifiedSignature),
    /** As shown, mm. */
    pages: z.array(z.object({ number: z.int(), width: z.number(), height: z.number() })),
    /** Small pictures (PNG data URLs) of pages with seals and of the first; the page of others is in the user's file. */
    previews: z.array(z.object({ page: z.int(), image: z.string() })),
    /** Pixels that look different after a revision, by page; only pages that do. */
    differences: z.array(
      z.object({
        /** Index of the later revision in `revisions`. */
        revision: z.int(),
        pages: z.array(
          z.object({ page: z.int(), changedPixels: z.int(), pixels: z.int(), image: z.string().nullable() }),
        ),
      }),
    ),
    /** Previews or differences that were not made, e.g. because the file took too long to draw. */
    limits: z.array(z.enum(['PREVIEW_FAILED', 'PREVIEW_TIMEOUT', 'PREVIEWS_LIMITED', 'DIFFERENCES_LIMITED'])),
  })
  .meta({ id: 'VerificationReport' });
export type VerificationReport = z.infer<typeof VerificationReport>;
