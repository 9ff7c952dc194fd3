import { z } from 'zod';
import { Id, Text, Timestamp } from './common.ts';
import { Uscc } from './hub.ts';

export const UnbindState = z
  .enum(['SUBMITTED', 'CHECKED', 'REJECTED', 'DONE', 'OBJECTED'])
  .meta({ id: 'UnbindState' });

/** F-UNBIND: the fields beside the two scans `licenceScan` and `authorisation` of the multipart request. */
export const UnbindForm = z.object({
  unitName: Text(200),
  uscc: Uscc,
  applicantEmail: z.email().max(200),
  /** Which certificate is lost; absent: the primary. */
  certSerial: z
    .string()
    .regex(/^[0-9a-fA-F]{1,64}$/)
    .optional(),
  /** 「如发生单位名称变更，请先前往盟市申请变更单位名称」 (HUB-108). */
  nameChangeFinished: z.enum(['true', 'false']),
  /** HUB-103: a black-and-white licence carries the seal. */
  licenceSealedOrColour: z.literal('true'),
});

export const UnbindApplication = z
  .object({
    id: Id,
    reference: z.string(),
    title: z.string(),
    unitName: z.string(),
    uscc: z.string(),
    state: UnbindState,
    applicantEmailMasked: z.string(),
    receivedAt: Timestamp,
    dueAt: z.string(),
    decidedAt: Timestamp.nullable(),
    rejectReasons: z.array(z.string()),
    rejectNote: z.string().nullable(),
    history: z.array(z.object({ at: Timestamp, state: UnbindState, note: z.string().nullable() })),
    files: z.array(
      z.object({
        field: z.enum(['licenceScan', 'authorisation']),
        name: z.string(),
        size: z.int(),
        type: z.string(),
        warnings: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'UnbindApplication' });
export type UnbindApplication = z.infer<typeof UnbindApplication>;

export const UnbindReceipt = z.object({
  statusUrl: z.string(),
  token: z.string(),
  application: UnbindApplication,
});

/** HUB-104 and SM-UNBIND: why the desk sends an application back. */
export const RejectReason = z.enum([
  'UNCLEAR',
  'INCOMPLETE',
  'SKEWED',
  'DISTORTED',
  'NO_SEAL_ON_BLACK_AND_WHITE',
  'NAME_CHANGE_PENDING',
  'NAME_MISMATCH',
  'AUTHORISATION_INVALID',
  'OTHER',
]);
