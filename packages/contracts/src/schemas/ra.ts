import { z } from 'zod';
import { Base64, CertificateDer, Id, Text, Timestamp } from './common.ts';
import { Sha256 } from './files.ts';

/** How an application came (CA-002, F-CAAPP 办理方式): 标证通, 现场, 在线. */
export const RaChannel = z.enum(['APP', 'COUNTER', 'ONLINE']).meta({ id: 'RaChannel' });
export type RaChannel = z.infer<typeof RaChannel>;

/** F-CAAPP 业务类型: 新办, 续期, 变更, 挂失补办, 注销, 重新申请, 密码重置 (the last at the counter alone). */
export const RaKind = z
  .enum(['NEW', 'RENEW', 'CHANGE', 'REISSUE', 'CANCEL', 'REAPPLY', 'RESET_PIN'])
  .meta({ id: 'RaKind' });
export type RaKind = z.infer<typeof RaKind>;

/** F-CAAPP 办理对象: 单位、企业, 个人, 评标专家 (OD-34). */
export const RaApplicant = z.enum(['ENTERPRISE', 'INDIVIDUAL', 'EXPERT']).meta({ id: 'RaApplicant' });
export type RaApplicant = z.infer<typeof RaApplicant>;

/**
 * SM-MOB-ORDER: 草稿, 审核中, 已退回, 待支付, 待下载, 生效中; SM-CA-TICKET: 已收件, 办理中, 已退回, 已发证, 已邮寄.
 * COMPLETED ends what issues no certificate (注销, 密码重置).
 */
export const RaState = z
  .enum([
    'DRAFT',
    'UNDER_REVIEW',
    'RETURNED',
    'TO_PAY',
    'TO_DOWNLOAD',
    'EFFECTIVE',
    'RECEIVED',
    'IN_PROCESS',
    'ISSUED',
    'MAILED',
    'COMPLETED',
    'CANCELLED',
  ])
  .meta({ id: 'RaState' });
export type RaState = z.infer<typeof RaState>;

/**
 * What is handed in (CA-004, CA-005, F-MOBAPP): 营业执照, 法人身份证, 身份证, 公章, 法人章, 签名图像, 申请书,
 * 个人信息及电子签名采样表.
 */
export const RaSlot = z
  .enum([
    'LICENCE',
    'LEGAL_REP_ID',
    'ID_COPY',
    'SEAL_IMAGE',
    'LEGAL_SEAL_IMAGE',
    'SIGN_IMAGE',
    'APPLICATION_FORM',
    'SIGNATURE_SAMPLE',
  ])
  .meta({ id: 'RaSlot' });
export type RaSlot = z.infer<typeof RaSlot>;

/** CA-020, CA-023: why an application is sent back. */
export const RaReturnReason = z
  .enum([
    'IMAGE_UNCLEAR',
    'SEAL_UNCLEAR',
    'SEAL_MISMATCH',
    'MATERIAL_MISSING',
    'FORM_UNSEALED',
    'NAME_MISMATCH',
    'USCC_MISMATCH',
    'LEGAL_REP_MISMATCH',
    'LICENCE_EXPIRED',
    'OTHER',
  ])
  .meta({ id: 'RaReturnReason' });
export type RaReturnReason = z.infer<typeof RaReturnReason>;

export const RaFile = z
  .object({
    id: Id,
    slot: RaSlot,
    name: z.string(),
    /** Bytes. */
    size: z.int(),
    mediaType: z.enum(['application/pdf', 'image/jpeg', 'image/png']),
    sha256: Sha256,
    /** LOW_RESOLUTION: advice, the counter decides (CA-023). */
    warnings: z.array(z.string()),
    uploadedAt: Timestamp,
  })
  .meta({ id: 'RaFile' });
export type RaFile = z.infer<typeof RaFile>;

const Name = (max: number) => z.string().trim().max(max);

/**
 * F-MOBAPP as it is being filled in: any member may be absent or empty, a draft is kept as it stands. What is wrong
 * with a value is said at `submit`, field by field.
 */
export const RaForm = z
  .object({
    /** Code of the trading platform. */
    platform: Name(40).default(''),
    enterpriseName: Name(200).default(''),
    uscc: Name(40).default(''),
    legalRepName: Name(60).default(''),
    legalRepIdNo: Name(30).default(''),
    /** Id of the authority that issues. */
    authority: Name(64).default(''),
    /** 签章机构. */
    sealOrg: Name(64).default(''),
    years: z.int().min(0).max(10).default(0),
    /** 评标专家编号 (OD-34), of an expert alone. */
    expertNo: Name(40).default(''),
    /** Where it is mailed to (在线), of a ticket alone. */
    mailAddress: Name(300).default(''),
    contactPhone: Name(40).default(''),
  })
  .meta({ id: 'RaForm' });
export type RaForm = z.infer<typeof RaForm>;

/** CREATED 待支付, PAID 已支付, EXPIRED 已过期, CLOSED 已关闭, REFUNDING 退款中, REFUNDED 已退款. */
export const RaPaymentState = z
  .enum(['CREATED', 'PAID', 'EXPIRED', 'CLOSED', 'REFUNDING', 'REFUNDED'])
  .meta({ id: 'RaPaymentState' });
export type RaPaymentState = z.infer<typeof RaPaymentState>;

export const RaPayment = z
  .object({
    id: Id,
    state: RaPaymentState,
    /** 分. */
    amount: z.int(),
    /** Where the payer goes; null once it is of no use. */
    payUrl: z.string().nullable(),
    createdAt: Timestamp,
    expiresAt: Timestamp,
    paidAt: Timestamp.nullable(),
    refundedAt: Timestamp.nullable(),
  })
  .meta({ id: 'RaPayment' });
export type RaPayment = z.infer<typeof RaPayment>;

/** Something that is still encrypted to the certificate that a change would end (OD-31). */
export const RaEnvelope = z.object({
  id: z.string(),
  title: z.string(),
  /** Waits for its opening: the change must name it. */
  waiting: z.boolean(),
});
export type RaEnvelope = z.infer<typeof RaEnvelope>;

/** MOB-045, shown before 变更 and 重新申请. */
export const RaWarning = z.object({ text: z.string(), envelopes: z.array(RaEnvelope) });

export const RaHappening = z.object({
  at: Timestamp,
  /** submit, check, return, approve, pay, issue, cancel … */
  event: z.string(),
  state: RaState,
  reasons: z.array(RaReturnReason),
  note: z.string().nullable(),
});

export const RaOrder = z
  .object({
    id: Id,
    /** For people: 标20261121-XXXXXXXX. */
    reference: z.string(),
    channel: RaChannel,
    kind: RaKind,
    applicant: RaApplicant,
    state: RaState,
    form: RaForm,
    /** Who applies: the verified name of the phone's user. */
    applicantName: z.string(),
    files: z.array(RaFile),
    /** What must be there before submitting. */
    slots: z.array(
      z.object({ slot: RaSlot, label: z.string(), required: z.boolean(), several: z.boolean() }),
    ),
    /** 分; null while the price is not settled. */
    amount: z.int().nullable(),
    payment: RaPayment.nullable(),
    /** The certificate that is renewed, changed, replaced or cancelled. */
    certificateId: Id.nullable(),
    /** Of RENEW: the encryption key stays, only a request for the signing key is sent (OD-31). */
    keepsEncryptionKey: z.boolean(),
    warning: RaWarning.nullable(),
    /** Why it was sent back, the last time. */
    returned: z.object({ reasons: z.array(RaReturnReason), note: z.string().nullable() }).nullable(),
    /** When the counter should have decided; null before the material is complete (CA-021, CA-022). */
    dueAt: Timestamp.nullable(),
    history: z.array(RaHappening),
    createdAt: Timestamp,
    updatedAt: Timestamp,
    version: z.int(),
  })
  .meta({ id: 'RaOrder' });
export type RaOrder = z.infer<typeof RaOrder>;

export const RaOrderSummary = RaOrder.pick({
  id: true,
  reference: true,
  channel: true,
  kind: true,
  applicant: true,
  state: true,
  amount: true,
  certificateId: true,
  createdAt: true,
  updatedAt: true,
})
  .extend({ enterpriseName: z.string(), platform: z.string() })
  .meta({ id: 'RaOrderSummary' });
export type RaOrderSummary = z.infer<typeof RaOrderSummary>;

/** 「+ 企业证书 / 个人证书」 (MOB-040), or a step about a certificate that one has. */
export const RaNewOrder = z.object({
  kind: RaKind.exclude(['RESET_PIN']),
  applicant: RaApplicant.default('ENTERPRISE'),
  /** The phone certificate that it is about; of every kind but NEW. */
  certificateId: Id.optional(),
});

export const RaSave = z.object({ version: z.int(), form: RaForm });

export const RaSubmission = z.object({
  version: z.int(),
  /** CA-007: true and accurate, at the applicant's responsibility. */
  declared: z.literal(true),
  /** MOB-045, of 变更 and 重新申请. */
  acceptWarning: z.boolean().default(false),
  /** Ids of the waiting envelopes that will be lost: each must be named (OD-31). */
  acceptEnvelopes: z.array(z.string().max(100)).max(500).default([]),
});

/** The download (MOB-016, MOB-017): both keys were made in two halves; each request is signed with its own key. */
export const RaDownload = z.object({
  /** PKCS #10, DER. */
  signCsr: Base64(8192).min(1),
  /** Absent at a renewal: the encryption key stays. */
  encryptCsr: Base64(8192).min(1).optional(),
  /** Ids of the device's halves at the vault; `encrypt` is absent at a renewal. */
  halves: z.object({ sign: Id, encrypt: Id.optional() }),
});
export type RaDownload = z.infer<typeof RaDownload>;

export const RaIssued = z
  .object({
    /** Of the phone certificate. */
    certificateId: Id,
    certificate: CertificateDer,
    encryptionCertificate: CertificateDer,
    /** Issuer first, root last. */
    chain: z.array(CertificateDer),
    order: RaOrder,
  })
  .meta({ id: 'RaIssued' });
export type RaIssued = z.infer<typeof RaIssued>;

/** The fee standard and what can be chosen; open to everybody (GOV-003). */
export const RaOptions = z
  .object({
    platforms: z.array(z.object({ code: z.string(), name: z.string() })),
    authorities: z.array(z.object({ id: Id, name: z.string(), phone: z.string() })),
    sealOrgs: z.array(z.object({ id: z.string(), name: z.string() })),
    prices: z.array(
      z.object({
        applicant: RaApplicant,
        kind: RaKind,
        years: z.int(),
        /** 分. */
        amount: z.int(),
      }),
    ),
    materials: z.array(
      z.object({
        applicant: RaApplicant,
        channel: RaChannel,
        slots: z.array(
          z.object({ slot: RaSlot, label: z.string(), required: z.boolean(), several: z.boolean() }),
        ),
      }),
    ),
    returnReasons: z.array(z.object({ code: RaReturnReason, text: z.string() })),
    /** CA-030, CA-031 and CA-007: shown before submitting. */
    declaration: z.array(z.string()),
  })
  .meta({ id: 'RaOptions' });
export type RaOptions = z.infer<typeof RaOptions>;

export const RaCancellation = z.object({ version: z.int(), reason: Text(200) });
