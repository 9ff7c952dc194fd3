import { z } from 'zod';
import { BoundCertificate } from './certificate.ts';
import { Id, PageQuery, Text, Timestamp } from './common.ts';

/** 单位印章 (round, 40 mm) and 法定代表人章 (square, 20 mm). */
export const SealKind = z.enum(['ENTERPRISE', 'LEGAL_REPRESENTATIVE']).meta({ id: 'SealKind' });
export type SealKind = z.infer<typeof SealKind>;

/** 待审核, 有效, 已冻结, 已撤销, 已过期, 已换发, 未通过. */
export const SealState = z
  .enum(['APPLIED', 'ACTIVE', 'FROZEN', 'REVOKED', 'EXPIRED', 'REPLACED', 'REJECTED'])
  .meta({ id: 'SealState' });
export type SealState = z.infer<typeof SealState>;

/** What can be put on a seal beside the name, e.g. 投标专用章; absent on the enterprise's main seal. */
const SealWord = Text(10);
const SealCode = z.string().regex(/^\d{13}$/);

/** What is drawn. The name comes from the record, never from the form. */
export const SealDesign = z
  .object({
    kind: SealKind,
    word: SealWord.nullable().default(null),
    /** The 13 digits under which the police register the seal (印章编码). */
    code: SealCode.nullable().default(null),
  })
  .meta({ id: 'SealDesign' });
export type SealDesign = z.infer<typeof SealDesign>;

/** SIGN-012. A picture (PNG), if one is uploaded instead of drawn, is the part `picture` of the multipart request. */
export const SealForm = z.object({
  kind: SealKind,
  word: SealWord.optional(),
  code: SealCode.optional(),
  /** Which of the enterprise's bound certificates may sign with it, ids or fingerprints joined by commas; absent: all that can. */
  certificates: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}(,[A-Za-z0-9_-]{1,64}){0,19}$/)
    .optional(),
});

export const SealView = z
  .object({
    id: Id,
    /** esID of GB/T 38540: the seal's number in the register. */
    number: z.string(),
    kind: SealKind,
    /** What stands on it, e.g. 内蒙古某某建设有限公司 投标专用章. */
    name: z.string(),
    word: z.string().nullable(),
    code: z.string().nullable(),
    state: SealState,
    /** Drawn from the record, or an uploaded picture. */
    source: z.enum(['DRAWN', 'UPLOADED']),
    /** Made by a demonstration: marked 样章, no seal of anybody. */
    sample: z.boolean(),
    /** Millimetres. */
    width: z.int(),
    height: z.int(),
    /** SHA-256 of the picture; the picture itself is at `…/picture`. */
    pictureSha256: z.string(),
    /** Advice on an uploaded picture, e.g. LOW_RESOLUTION (SIGN-012). */
    warnings: z.array(z.string()),
    /** SHA-256 (hexadecimal) of the certificates that may sign with it. */
    fingerprints: z.array(z.string()),
    /** Whether the certificate of this login may sign with it now. */
    usable: z.boolean(),
    makerName: z.string().nullable(),
    appliedAt: Timestamp,
    validFrom: Timestamp.nullable(),
    validTo: Timestamp.nullable(),
    /** Why it is frozen, revoked or was not granted. */
    note: z.string().nullable(),
    replaces: Id.nullable(),
    version: z.int(),
  })
  .meta({ id: 'SealView' });
export type SealView = z.infer<typeof SealView>;

export const DeskSeal = SealView.omit({ usable: true })
  .extend({
    enterprise: z.object({ id: Id, unitName: z.string(), uscc: z.string() }),
    certificates: z.array(BoundCertificate),
    checkedBy: z.string().nullable(),
    history: z.array(
      z.object({
        at: Timestamp,
        event: z.string(),
        state: SealState,
        note: z.string().nullable(),
        by: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'DeskSeal' });
export type DeskSeal = z.infer<typeof DeskSeal>;

export const DeskSealQuery = PageQuery.extend({
  state: SealState.optional(),
  kind: SealKind.optional(),
});

/** What the assistant shows of a seal beside a test signature (AST-008). */
export const ProvenSeal = z
  .object({
    number: z.string(),
    kind: SealKind,
    name: z.string(),
    word: z.string().nullable(),
    state: SealState,
    sample: z.boolean(),
    /** Whether this key may seal with it now. */
    usable: z.boolean(),
    /** Millimetres. */
    width: z.int(),
    height: z.int(),
    validFrom: Timestamp.nullable(),
    validTo: Timestamp.nullable(),
    /** PNG. */
    picture: z.base64(),
  })
  .meta({ id: 'ProvenSeal' });
export type ProvenSeal = z.infer<typeof ProvenSeal>;
