import { z } from 'zod';
import { Base64, CertificateDer, Id, PageQuery, Text, Timestamp } from './common.ts';
import {
  RaApplicant,
  RaChannel,
  RaForm,
  RaHappening,
  RaKind,
  RaOrder,
  RaOrderSummary,
  RaReturnReason,
  RaState,
} from './ra.ts';

/** The clock of CA-021 and CA-022 (OD-30). */
const RaClock = {
  /** When the material was complete and the clock began. */
  completeAt: Timestamp.nullable(),
  dueAt: Timestamp.nullable(),
  /** True while returned to the applicant: the clock stands. */
  stopped: z.boolean(),
  finishedAt: Timestamp.nullable(),
  /** Whether it ended in time; null while it runs. */
  onTime: z.boolean().nullable(),
};

export const DeskRaRow = RaOrderSummary.extend({
  ...RaClock,
  /** Masked. */
  applicantName: z.string(),
  uscc: z.string(),
  checkedBy: z.string().nullable(),
}).meta({ id: 'DeskRaRow' });
export type DeskRaRow = z.infer<typeof DeskRaRow>;

/** CA-020: one thing looked at, and what was found. */
export const RaCheckItem = z.object({
  item: z.enum(['MATERIAL', 'LICENCE', 'LEGAL_REP', 'SEAL_CLEAR', 'SEAL_MATCHES', 'FORM_SEALED', 'IDENTITY']),
  passed: z.boolean(),
});
export type RaCheckItem = z.infer<typeof RaCheckItem>;

export const DeskRaOrder = RaOrder.omit({ history: true, warning: true })
  .extend({
    ...RaClock,
    checks: z.array(RaCheckItem),
    /** What the counter must look at before it passes this one. */
    checkItems: z.array(RaCheckItem.shape.item),
    checkedBy: z.string().nullable(),
    checkNote: z.string().nullable(),
    approvedBy: z.string().nullable(),
    /** Whether the operator who asks may approve: another person has checked. */
    approvable: z.boolean(),
    /** CA-024. */
    feeReceipt: z.string().nullable(),
    tracking: z.string().nullable(),
    history: z.array(RaHappening.extend({ by: z.string().nullable() })),
    /** What it has led to. */
    issued: z.object({ certificateId: Id, serialHex: z.string() }).nullable(),
  })
  .meta({ id: 'DeskRaOrder' });
export type DeskRaOrder = z.infer<typeof DeskRaOrder>;

export const DeskRaQuery = PageQuery.extend({
  state: RaState.optional(),
  channel: RaChannel.optional(),
  kind: RaKind.optional(),
  /** Those that wait for the counter. */
  waiting: z.stringbool().optional(),
  overdue: z.stringbool().optional(),
});

/** A ticket that the counter takes down for an applicant who stands there or has applied by mail. */
export const DeskRaTicket = z.object({
  channel: RaChannel.exclude(['APP']),
  kind: RaKind,
  applicant: RaApplicant,
  form: RaForm,
  /** 申请人, of an individual and an expert. */
  personName: z.string().trim().max(60).default(''),
  personIdNo: z.string().trim().max(30).default(''),
  /** Of every kind but NEW. */
  certificateId: Id.optional(),
});

export const RaCheck = z.object({
  version: z.int(),
  checks: z.array(RaCheckItem).min(1).max(10),
  note: z.string().trim().max(500).default(''),
});

export const RaReturn = z.object({
  version: z.int(),
  reasons: z.array(RaReturnReason).min(1).max(5),
  note: z.string().trim().max(500).default(''),
});

export const RaDecision = z.object({ version: z.int(), note: z.string().trim().max(500).default('') });

/** The end of a ticket: the request of the lock's key, what was paid, and how it goes out. */
export const RaTicketIssue = z.object({
  version: z.int(),
  /** PKCS #10, DER; absent of what issues nothing. */
  csr: Base64(8192).min(1).optional(),
  /** CA-024: number of the receipt for the fee. */
  feeReceipt: z.string().trim().max(60).default(''),
  /** Of what is mailed. */
  tracking: z.string().trim().max(60).default(''),
});

/** What the counter hands to the lock. */
export const RaTicketIssued = z
  .object({
    order: DeskRaOrder,
    certificate: CertificateDer.nullable(),
    encryption: z.object({ certificate: CertificateDer, envelopedKey: z.base64() }).nullable(),
  })
  .meta({ id: 'RaTicketIssued' });

/** EFFECTIVE 生效中, HELD 已挂失, REVOKED 已注销, EXPIRED 已失效. */
export const RaCertificateState = z
  .enum(['EFFECTIVE', 'HELD', 'REVOKED', 'EXPIRED'])
  .meta({ id: 'RaCertificateState' });
export type RaCertificateState = z.infer<typeof RaCertificateState>;

export const DeskRaCertificate = z
  .object({
    id: Id,
    orderId: Id,
    authority: z.object({ id: Id, name: z.string() }),
    applicant: RaApplicant,
    medium: z.enum(['phone', 'usb-key']),
    /** Unit, or a person's masked name. */
    holder: z.string(),
    uscc: z.string(),
    keyNo: z.string(),
    serialHex: z.string(),
    encryptionSerialHex: z.string().nullable(),
    fingerprint: z.string(),
    validFrom: Timestamp,
    validTo: Timestamp,
    state: RaCertificateState,
    /** Why it is on hold or revoked. */
    note: z.string().nullable(),
    expertNo: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: 'DeskRaCertificate' });
export type DeskRaCertificate = z.infer<typeof DeskRaCertificate>;

export const DeskRaCertificateQuery = PageQuery.extend({ state: RaCertificateState.optional() });

export const RaCertificateStep = z.object({ version: z.int(), reason: Text(200) });

export const RaRevealed = z.object({
  legalRepName: z.string(),
  legalRepIdNo: z.string(),
  personName: z.string(),
  personIdNo: z.string(),
  mailAddress: z.string(),
  contactPhone: z.string(),
});

/** GOV-018, GOV-019: how many ended in time and how many did not, by channel. */
export const RaTimeliness = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  rows: z.array(
    z.object({ channel: RaChannel, finished: z.int(), onTime: z.int(), late: z.int(), running: z.int() }),
  ),
});
export const RaTimelinessQuery = z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() });
