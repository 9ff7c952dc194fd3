import { z } from 'zod';
import { Id, PageQuery, Text, Timestamp } from './common.ts';
import { Uscc } from './hub.ts';
import { HeadlineCode } from './verify.ts';

/** How one signer stands to a document (SM-SIGN). WAITING: others come first. */
export const SignerState = z
  .enum(['WAITING', 'OPENED', 'PLACED', 'PREPARED', 'SEALED', 'FINISHED', 'DECLINED'])
  .meta({ id: 'SignerState' });
export type SignerState = z.infer<typeof SignerState>;

export const TaskState = z.enum(['OPEN', 'COMPLETED', 'DECLINED', 'CANCELLED']).meta({ id: 'TaskState' });
export type TaskState = z.infer<typeof TaskState>;

/** 未签章 and 已签章 are the words of the manuals; between them, sealed on the server and not finished. */
export const SealStatus = z.enum(['UNSIGNED', 'SIGNED_LOCAL', 'SIGNED']).meta({ id: 'SealStatus' });
export type SealStatus = z.infer<typeof SealStatus>;

const Millimetres = z.number().min(-1).max(5000);
const PageNumber = z.int().min(1).max(10_000);

/** 单页签章 and 多页签章: the seal at the same place of these pages. Upper left corner, mm from that of the shown page. */
export const PagesPlacement = z.object({
  kind: z.literal('pages'),
  /** From 1. */
  pages: z.union([z.literal('all'), z.array(PageNumber).min(1).max(2000)]),
  x: Millimetres,
  y: Millimetres,
});
/** 骑缝章. */
export const StraddlePlacement = z.object({
  kind: z.literal('straddle'),
  edge: z.enum(['left', 'right', 'top', 'bottom']),
  /** Distance of the seal from the top of the edge, or from the left for top and bottom; mm. */
  offset: Millimetres,
  /** First and last page, from 1; absent: all. */
  pages: z.tuple([PageNumber, PageNumber]).optional(),
});
export const Placement = z
  .discriminatedUnion('kind', [PagesPlacement, StraddlePlacement])
  .meta({ id: 'Placement' });
export type Placement = z.infer<typeof Placement>;

export const PlacementForm = z.object({
  sealId: Id,
  placements: z.array(Placement).min(1).max(50),
  /** Name of the unit and time beneath each whole seal. */
  caption: z.boolean().default(false),
  /** The task's version that the user saw. */
  version: z.int(),
});

export const TaskSigner = z.object({
  id: Id,
  /** Null: the code is not bound to the hub yet. */
  unitName: z.string().nullable(),
  uscc: z.string(),
  /** Signers of one order may seal in any order; the next ones wait for all of them. */
  order: z.int(),
  state: SignerState,
  status: SealStatus,
  mine: z.boolean(),
  sealedAt: Timestamp.nullable(),
  finishedAt: Timestamp.nullable(),
  declineReason: z.string().nullable(),
});

export const SigningTask = z
  .object({
    id: Id,
    title: z.string(),
    fileName: z.string(),
    size: z.int(),
    pages: z.int(),
    /** Of the document as it stands now. */
    sha256: z.string(),
    sm3: z.string(),
    state: TaskState,
    /** Whether the caller's enterprise sent it. */
    sentByMe: z.boolean(),
    sender: z.object({ unitName: z.string(), uscc: z.string() }),
    signers: z.array(TaskSigner),
    /** Of the caller's enterprise; null: it is only the sender. */
    mine: z
      .object({
        state: SignerState,
        status: SealStatus,
        sealId: Id.nullable(),
        placements: z.array(Placement),
        caption: z.boolean(),
        /** Pages that cannot be shown faithfully, and were not acknowledged yet. */
        unacknowledged: z.array(z.int()),
      })
      .nullable(),
    /** What the validator says of the document as it stands; null while nobody has sealed it. */
    verdict: z.object({ headline: HeadlineCode, valid: z.boolean() }).nullable(),
    /** For letters of a platform (OD-33): which one, and in which version of its text. */
    template: z.object({ code: z.string(), version: z.string() }).nullable(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
    version: z.int(),
  })
  .meta({ id: 'SigningTask' });
export type SigningTask = z.infer<typeof SigningTask>;

export const TaskQuery = PageQuery.extend({
  /** `turn`: the caller's enterprise can seal it now. */
  show: z.enum(['turn', 'sent', 'received', 'done', 'all']).default('all'),
});

const TemplateCode = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const TemplateVersion = z.string().regex(/^[A-Za-z0-9._-]{1,40}$/);

/** The fields beside the part `file` (PDF, OD-37) of the multipart request. */
export const TaskForm = z.object({
  /** Absent: the name of the file. */
  title: Text(200).optional(),
  template: TemplateCode.optional(),
  templateVersion: TemplateVersion.optional(),
});

export const SignersForm = z.object({
  signers: z
    .array(z.object({ uscc: Uscc, order: z.int().min(1).max(50) }))
    .min(1)
    .max(50),
  version: z.int(),
});

/** OD-33: 已签章 counts for the version of the text that was sealed. */
export const LetterStatus = z.object({
  status: z.enum(['UNSIGNED', 'SIGNED']),
  taskId: Id.nullable(),
  /** A letter of an older version was sealed. */
  outdated: z.boolean(),
});
export const LetterQuery = z.object({ template: TemplateCode, version: TemplateVersion });

export const PreviewProblem = z.enum([
  'FONT_NOT_EMBEDDED',
  'LAYERS',
  'MULTIMEDIA',
  'ANNOTATION_WITHOUT_APPEARANCE',
  'INTERACTIVE_FORM',
  'RENDER_FAILED',
]);
export type PreviewProblem = z.infer<typeof PreviewProblem>;

export const TaskPage = z.object({
  /** From 1. */
  number: z.int(),
  /** As shown, mm. */
  width: z.number(),
  height: z.number(),
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  /** Why what is shown here may differ from what others see; empty: it is faithful. */
  problems: z.array(PreviewProblem),
  acknowledged: z.boolean(),
});
export const TaskPages = z.object({ sha256: z.string(), pages: z.array(TaskPage) }).meta({ id: 'TaskPages' });
export type TaskPages = z.infer<typeof TaskPages>;

export const AcknowledgementForm = z.object({
  pages: z.array(PageNumber).min(1).max(2000),
  /** SHA-256 of the document whose pages were seen. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** At most so many documents for one entering of the PIN. */
export const LARGEST_BATCH = 50;

export const PreparationForm = z.object({ tasks: z.array(Id).min(1).max(LARGEST_BATCH) });

export const PreparationState = z
  .enum(['PREPARING', 'READY', 'SEALING', 'DONE', 'FAILED', 'EXPIRED'])
  .meta({ id: 'PreparationState' });
export type PreparationState = z.infer<typeof PreparationState>;

/** What the key is asked to sign, in this order, and how far the work has come. */
export const Preparation = z
  .object({
    id: Id,
    state: PreparationState,
    /** Documents that the present step has done. */
    done: z.int(),
    total: z.int(),
    /** Empty until READY, and again once the signatures are there. */
    documents: z.array(
      z.object({
        taskId: Id,
        title: z.string(),
        /** Hexadecimal, of the bytes that the seal covers; by SM3 for SM2 keys, else SHA-256. */
        digest: z.string(),
        digestAlgorithm: z.enum(['sm3', 'sha256']),
        /** What the key signs, base64: signed attributes (CMS), or TBS_Sign (GB/T 38540). */
        message: z.string(),
      }),
    ),
    results: z.array(
      z.object({
        taskId: Id,
        state: z.enum(['WAITING', 'SEALED', 'FAILED']),
        /** Why it failed. */
        code: z.string().nullable(),
        message: z.string().nullable(),
      }),
    ),
    expiresAt: Timestamp,
  })
  .meta({ id: 'Preparation' });
export type Preparation = z.infer<typeof Preparation>;

export const SignatureForm = z.object({
  /** Base64, in the order of the documents: DER for SM2 and ECDSA, the value itself for RSA. */
  signatures: z.array(z.base64().min(8).max(4096)).min(1).max(LARGEST_BATCH),
});

export const DeclineForm = z.object({ reason: Text(500) });
