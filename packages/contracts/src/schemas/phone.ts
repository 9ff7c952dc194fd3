import { HALF_USAGES, halfIdText, pointText } from '@hufu/phone-key';
import { z } from 'zod';
import { Base64, CertificateDer, Id, PageQuery, pageOf, Text, Timestamp } from './common.ts';
import { Uscc } from './hub.ts';
import { Mobile } from './library-entities.ts';

/** What a phone is used for: the acts that a page asks for, and what a holder does with the certificate itself. */
export const PhonePurpose = z
  .enum([
    'login',
    'bind',
    'activate',
    'desk-login',
    'desk-approve',
    'library-register',
    'library-login',
    'library-key',
    'platform-login',
    'sign-documents',
    'decrypt',
    /** Certificate requests of an order, and nothing else. */
    'certificate-request',
  ])
  .meta({ id: 'PhonePurpose' });
export type PhonePurpose = z.infer<typeof PhonePurpose>;

/** Where a grant counts: a trading platform's code, or 互认系统, 主体信息库, everywhere. */
export const PhoneScope = z
  .union([z.enum(['ALL', 'HUB', 'LIBRARY']), z.string().regex(/^[a-z][a-z0-9-]{1,39}$/)])
  .meta({ id: 'PhoneScope' });
export type PhoneScope = z.infer<typeof PhoneScope>;

// — Login, session, real name —

export const PhoneCodeForm = z.object({ mobile: Mobile });
export const PhoneCodeSent = z
  .object({
    mobileMasked: z.string(),
    expiresAt: Timestamp,
    /** Earliest time of another one. */
    againAt: Timestamp,
  })
  .meta({ id: 'PhoneCodeSent' });
export type PhoneCodeSent = z.infer<typeof PhoneCodeSent>;

export const PhoneLoginForm = z.object({
  mobile: Mobile,
  code: z.string().regex(/^\d{6}$/),
});

export const PhoneDeviceState = z.enum(['ACTIVE', 'FROZEN', 'REMOVED']).meta({ id: 'PhoneDeviceState' });
export type PhoneDeviceState = z.infer<typeof PhoneDeviceState>;

export const PhoneSession = z
  .object({
    /** Signed by a device that registers itself. */
    id: Id,
    mobileMasked: z.string(),
    verified: z.boolean(),
    /** Own name, in full; null before real-name authentication. */
    name: z.string().nullable(),
    idNumberMasked: z.string().nullable(),
    /** The device of this session; null until it has registered itself. */
    device: z.object({ id: Id, name: z.string(), state: PhoneDeviceState }).nullable(),
    /** Where real names are proved; null when nowhere here. */
    realName: z.object({ label: z.string(), labelEn: z.string() }).nullable(),
    /** Without a vault no key can be made or used. */
    vault: z.boolean(),
    unread: z.int(),
    waiting: z.int().meta({ description: 'Approvals that wait for this person' }),
    expiresAt: Timestamp,
  })
  .meta({ id: 'PhoneSession' });
export type PhoneSession = z.infer<typeof PhoneSession>;

// — Devices —

/**
 * A device says who it is: a first time it is registered, later it is recognised by its signing key. `proof` is the
 * signature (ECDSA P-256 with SHA-256, r ‖ s, 64 bytes) over `phoneDeviceStatement`; keys are points 04 ‖ x ‖ y.
 */
export const PhoneDeviceForm = z.object({
  name: Text(40),
  signingKey: pointText,
  agreementKey: pointText,
  proof: Base64(88).length(88),
});
export type PhoneDeviceForm = z.infer<typeof PhoneDeviceForm>;

/** What the proof of a device signs, UTF-8: bound to one login session, so that it proves nothing elsewhere. */
export const phoneDeviceStatement = (facts: {
  readonly sessionId: string;
  readonly signingKey: string;
  readonly agreementKey: string;
}): string => ['hufu-phone-device:v1', facts.sessionId, facts.signingKey, facts.agreementKey].join('\n');

export const PhoneDevice = z
  .object({
    id: Id,
    name: z.string(),
    state: PhoneDeviceState,
    current: z.boolean(),
    certificates: z.int(),
    registeredAt: Timestamp,
    lastSeenAt: Timestamp,
    frozenAt: Timestamp.nullable(),
  })
  .meta({ id: 'PhoneDevice' });
export type PhoneDevice = z.infer<typeof PhoneDevice>;

export const PhoneDeviceName = z.object({ name: Text(40) });
export const PhoneReason = z.object({ reason: Text(200) });

/** A phone that can use certificates of an enterprise, as that enterprise sees it. */
export const EnterprisePhone = z
  .object({
    /** Of the device. */
    id: Id,
    deviceName: z.string(),
    personMasked: z.string(),
    role: z.enum(['ADMIN', 'OPERATOR', 'FORMER']),
    state: z.enum(['ACTIVE', 'FROZEN']),
    certificates: z.array(z.object({ id: Id, serialNumber: z.string() })),
    lastSeenAt: Timestamp,
    lastUsedAt: Timestamp.nullable(),
  })
  .meta({ id: 'EnterprisePhone' });
export type EnterprisePhone = z.infer<typeof EnterprisePhone>;

// — Enterprises and people —

export const PhonePersonRole = z.enum(['ADMIN', 'OPERATOR']).meta({ id: 'PhonePersonRole' });
export type PhonePersonRole = z.infer<typeof PhonePersonRole>;

/** 认领企业 (MOB-011). */
export const PhoneClaimForm = z.object({ name: Text(200).min(2), uscc: Uscc });
export const PhoneEnterprise = z
  .object({
    /** Of the entity. */
    id: Id,
    name: z.string(),
    uscc: z.string(),
    /** CLAIMED: waits for its first certificate order to be approved. */
    standing: z.enum(['CLAIMED', 'ADMIN', 'OPERATOR']),
    claimId: Id.nullable(),
    frozen: z.boolean(),
    since: Timestamp,
  })
  .meta({ id: 'PhoneEnterprise' });
export type PhoneEnterprise = z.infer<typeof PhoneEnterprise>;

/** 企业信息 (MOB-044). */
export const PhoneEnterpriseDetail = PhoneEnterprise.extend({
  administrator: z.string().nullable(),
  people: z.int(),
  certificates: z.int(),
}).meta({ id: 'PhoneEnterpriseDetail' });
export type PhoneEnterpriseDetail = z.infer<typeof PhoneEnterpriseDetail>;

export const PhonePerson = z
  .object({
    id: Id,
    /** In full for the administrator and oneself, masked for colleagues. */
    name: z.string(),
    mobileMasked: z.string(),
    role: PhonePersonRole,
    self: z.boolean(),
    verified: z.boolean(),
    since: Timestamp,
    /** 转授管理员 waits for this person's answer. */
    transferId: Id.nullable(),
    grants: z.int(),
  })
  .meta({ id: 'PhonePerson' });
export type PhonePerson = z.infer<typeof PhonePerson>;

export const PhoneInvitation = z
  .object({
    id: Id,
    enterprise: z.object({ id: Id, name: z.string(), uscc: z.string() }),
    mobileMasked: z.string(),
    invitedBy: z.string(),
    at: Timestamp,
    expiresAt: Timestamp,
  })
  .meta({ id: 'PhoneInvitation' });
export type PhoneInvitation = z.infer<typeof PhoneInvitation>;

export const PhonePeople = z
  .object({ people: z.array(PhonePerson), invitations: z.array(PhoneInvitation) })
  .meta({ id: 'PhonePeople' });
export type PhonePeople = z.infer<typeof PhonePeople>;

/** 转授管理员 (MOB-046, OD-32). */
export const PhoneTransferForm = z.object({ personId: Id });
export const PhoneTransfer = z
  .object({
    id: Id,
    enterprise: z.object({ id: Id, name: z.string(), uscc: z.string() }),
    from: z.string(),
    to: z.string(),
    state: z.enum(['OFFERED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN', 'EXPIRED']),
    at: Timestamp,
    expiresAt: Timestamp,
  })
  .meta({ id: 'PhoneTransfer' });
export type PhoneTransfer = z.infer<typeof PhoneTransfer>;

export const PhoneAnswer = z.object({ accept: z.boolean() });

// — Certificates —

export const PhoneCertificateKind = z.enum(['ENTERPRISE', 'PERSONAL']).meta({ id: 'PhoneCertificateKind' });
export type PhoneCertificateKind = z.infer<typeof PhoneCertificateKind>;
export const PhoneCertificateState = z
  .enum(['EFFECTIVE', 'EXPIRED', 'HELD', 'LOST', 'REVOKED', 'REPLACED'])
  .meta({ id: 'PhoneCertificateState' });
export type PhoneCertificateState = z.infer<typeof PhoneCertificateState>;

export const PhoneKeyUse = z.enum(HALF_USAGES).meta({ id: 'PhoneKeyUse' });
export type PhoneKeyUse = z.infer<typeof PhoneKeyUse>;
/** LOCKED: too many wrong PINs; FROZEN: a copy was used, or too many broken runs. Neither comes back. */
export const PhoneHalfState = z
  .enum(['NEW', 'ACTIVE', 'HELD', 'LOCKED', 'FROZEN', 'DESTROYED'])
  .meta({ id: 'PhoneHalfState' });
export type PhoneHalfState = z.infer<typeof PhoneHalfState>;

/** One device's share of one key; `id` is the vault's. */
export const PhoneHalf = z
  .object({ id: halfIdText, usage: PhoneKeyUse, deviceId: Id, state: PhoneHalfState })
  .meta({ id: 'PhoneHalf' });
export type PhoneHalf = z.infer<typeof PhoneHalf>;

export const PhoneCertificate = z
  .object({
    id: Id,
    kind: PhoneCertificateKind,
    enterprise: z.object({ id: Id, name: z.string(), uscc: z.string() }).nullable(),
    /** Name in the certificate. */
    subjectName: z.string(),
    authority: z.object({ id: z.string(), name: z.string(), phone: z.string() }),
    serialNumber: z.string(),
    fingerprint: z.string(),
    validFrom: Timestamp,
    validTo: Timestamp,
    daysLeft: z.int(),
    state: PhoneCertificateState,
    /** Whether the caller is the administrator of it, or uses it by grants. */
    standing: z.enum(['HOLDER', 'GRANTED']),
    scopes: z.array(PhoneScope),
    /** OD-29: from 30 days before the end. */
    renewable: z.boolean(),
    /** MOB-043: enterprise certificates alone. */
    reapplicable: z.boolean(),
    /** Of the calling device; empty when its half lies on another device. */
    halves: z.array(PhoneHalf),
    /** Of this person. */
    devices: z.array(z.object({ id: Id, name: z.string(), state: PhoneHalfState })),
  })
  .meta({ id: 'PhoneCertificate' });
export type PhoneCertificate = z.infer<typeof PhoneCertificate>;

export const PhoneCertificateDetail = PhoneCertificate.extend({
  signingCertificate: CertificateDer,
  encryptionCertificate: CertificateDer.nullable(),
  replacedBy: Id.nullable(),
}).meta({ id: 'PhoneCertificateDetail' });
export type PhoneCertificateDetail = z.infer<typeof PhoneCertificateDetail>;

/** 生效中, 已失效 (MOB-041). */
export const PhoneCertificateQuery = z.object({ tab: z.enum(['effective', 'ended']).optional() });

// — Halves: what a device says to the vault, carried by the server —

/** The vault's answer, in the form that the phone-key package gives each operation (`ANSWERS`). */
export const PhoneHalfAnswer = z.record(z.string(), z.unknown()).meta({ id: 'PhoneHalfAnswer' });

/** A device to which a certificate can be shared (MOB-047): another of one's own, or of a person with a grant. */
export const PhoneReceiver = z
  .object({
    deviceId: Id,
    deviceName: z.string(),
    personId: Id.nullable(),
    person: z.string(),
    own: z.boolean(),
    agreementKey: pointText,
    signingKey: pointText,
  })
  .meta({ id: 'PhoneReceiver' });
export type PhoneReceiver = z.infer<typeof PhoneReceiver>;

/** What the phone-key package calls a parcel: a half of one's own, sealed to the receiver's agreement key. */
export const PhoneParcel = z.object({
  halfId: halfIdText,
  usage: PhoneKeyUse,
  /** The sender's fresh key. */
  senderKey: pointText,
  iv: Base64(16).length(16),
  sealed: Base64(400).min(1),
});
export type PhoneParcel = z.infer<typeof PhoneParcel>;
export const PhoneOfferForm = z.object({
  certificateId: Id,
  deviceId: Id,
  parcels: z.array(PhoneParcel).min(1).max(2),
});
export const PhoneOffer = z
  .object({
    id: Id,
    certificate: z.object({ id: Id, subjectName: z.string(), serialNumber: z.string(), validTo: Timestamp }),
    from: z.object({ person: z.string(), deviceName: z.string(), agreementKey: pointText }),
    deviceId: Id,
    state: z.enum(['OFFERED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN', 'EXPIRED']),
    parcels: z.array(PhoneParcel),
    at: Timestamp,
    expiresAt: Timestamp,
  })
  .meta({ id: 'PhoneOffer' });
export type PhoneOffer = z.infer<typeof PhoneOffer>;

/** 待办: what waits for this person's answer. */
export const PhoneApprovals = z
  .object({
    invitations: z.array(PhoneInvitation),
    transfers: z.array(PhoneTransfer),
    offers: z.array(PhoneOffer),
  })
  .meta({ id: 'PhoneApprovals' });
export type PhoneApprovals = z.infer<typeof PhoneApprovals>;

// — Grants —

export const PhoneGrantForm = z.object({
  certificateId: Id,
  personId: Id,
  scopes: z.array(PhoneScope).min(1).max(40),
});
export const PhoneGrant = z
  .object({
    id: Id,
    certificate: z.object({ id: Id, serialNumber: z.string(), state: PhoneCertificateState }),
    person: z.object({ id: Id, name: z.string() }),
    scope: PhoneScope,
    scopeName: z.string(),
    state: z.enum(['GRANTED', 'REVOKED']),
    grantedAt: Timestamp,
    grantedBy: z.string(),
    revokedAt: Timestamp.nullable(),
    revokedBy: z.string().nullable(),
    /** Why it ended without the administrator: the person left, the certificate was replaced. */
    endedBy: z.enum(['ADMIN', 'LEFT', 'CERTIFICATE']).nullable(),
  })
  .meta({ id: 'PhoneGrant' });
export type PhoneGrant = z.infer<typeof PhoneGrant>;

/** By platform (MOB-048), by person (MOB-049), or both. */
export const PhoneGrantQuery = z.object({
  scope: PhoneScope.optional(),
  personId: Id.optional(),
  certificateId: Id.optional(),
  state: z.enum(['GRANTED', 'REVOKED']).optional(),
});

export const PhoneScopeEntry = z
  .object({ scope: PhoneScope, name: z.string(), nameEn: z.string().nullable() })
  .meta({ id: 'PhoneScopeEntry' });
export type PhoneScopeEntry = z.infer<typeof PhoneScopeEntry>;

// — Messages, recent use —

export const PhoneMessageKind = z
  .enum([
    'ORDER',
    'CERTIFICATE_KEPT',
    'CERTIFICATE_EXPIRES',
    'CERTIFICATE_STATE',
    'INVITED',
    'JOINED',
    'LEFT',
    'TRANSFER_OFFERED',
    'TRANSFER_ANSWERED',
    'GRANTED',
    'GRANT_REVOKED',
    'OFFERED_HALF',
    'DEVICE_ADDED',
    'DEVICE_FROZEN',
    'DEVICE_THAWED',
    'DEVICE_CLONED',
    'PIN_LOCKED',
  ])
  .meta({ id: 'PhoneMessageKind' });
export type PhoneMessageKind = z.infer<typeof PhoneMessageKind>;

/** Facts without personal data: ids, codes, counts, dates, names of enterprises and devices. */
export const PhoneMessage = z
  .object({
    id: Id,
    kind: PhoneMessageKind,
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    at: Timestamp,
    read: z.boolean(),
  })
  .meta({ id: 'PhoneMessage' });
export type PhoneMessage = z.infer<typeof PhoneMessage>;
export const PhoneMessageQuery = PageQuery.pick({ page: true, pageSize: true });
export const PhoneMessages = pageOf(PhoneMessage);
export const PhoneRead = z.object({ ids: z.array(Id).max(200).optional() });

export const PhoneUse = z
  .object({
    id: Id,
    purpose: PhonePurpose,
    /** Who asked: the origin of the page, and the platform where there is one. */
    origin: z.string().nullable(),
    scope: PhoneScope.nullable(),
    certificate: z.object({ id: Id, subjectName: z.string(), serialNumber: z.string() }).nullable(),
    person: z.string(),
    deviceName: z.string(),
    /** Documents, ciphertexts or statements. */
    count: z.int(),
    outcome: z.enum(['OPEN', 'DONE', 'FAILED', 'REFUSED', 'EXPIRED']),
    at: Timestamp,
  })
  .meta({ id: 'PhoneUse' });
export type PhoneUse = z.infer<typeof PhoneUse>;
export const PhoneUseQuery = PageQuery.pick({ page: true, pageSize: true }).extend({
  certificateId: Id.optional(),
});
export const PhoneUses = pageOf(PhoneUse);

export const DemoSms = z.object({
  id: z.string(),
  to: z.string(),
  text: z.string(),
  at: Timestamp,
});
