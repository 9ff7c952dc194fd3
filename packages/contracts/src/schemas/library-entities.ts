import { parseIdCard, parseMobile } from '@hufu/kernel';
import { z } from 'zod';
import { CertificateView } from './certificate.ts';
import { EntityRole, Id, Text, Timestamp } from './common.ts';
import { SignedChallenge, Uscc } from './hub.ts';

const readBy =
  (read: (text: string) => string, says: string) =>
  (text: string, context: z.RefinementCtx): string => {
    try {
      return read(text);
    } catch {
      context.addIssue({ code: 'custom', message: says });
      return z.NEVER;
    }
  };

/** Whether the birth lies in the past is for whoever has a clock. */
const ANY_DAY = Date.UTC(2999, 0, 1);

/** GB 11643; leaves in its normal form. */
export const IdNumber = z
  .string()
  .max(40)
  .transform(readBy((text) => parseIdCard(text, ANY_DAY).number, '身份证号校验不通过'));
export const Mobile = z.string().max(40).transform(readBy(parseMobile, '请填写11位手机号'));
const PersonName = Text(50).regex(/^[\p{L}\p{M}·• .'-]*$/u);

export const EntityKind = z.enum(['ORGANISATION', 'NATURAL_PERSON']).meta({ id: 'EntityKind' });
export type EntityKind = z.infer<typeof EntityKind>;
/** 已简易注册, 已完成注册, 已冻结 (SM-ENTITY). */
export const EntityState = z.enum(['REGISTERED_SIMPLE', 'ACTIVE', 'FROZEN']).meta({ id: 'EntityState' });
export type EntityState = z.infer<typeof EntityState>;
export const MemberStanding = z.enum(['PRIMARY', 'SECONDARY', 'DELEGATE', 'NATURAL']);

/** LIB-REG-04: a text that is read before registration. */
export const Agreement = z
  .object({
    code: z.string(),
    version: z.string(),
    title: z.string(),
    titleEn: z.string(),
    sections: z.array(z.object({ heading: z.string(), paragraphs: z.array(z.string()) })),
    /** SHA-256 of the text in its canonical form: what the acceptance points at. */
    sha256: z.string(),
  })
  .meta({ id: 'Agreement' });
export type Agreement = z.infer<typeof Agreement>;

const AcceptedAgreements = z
  .array(z.object({ code: z.string().max(40), version: z.string().max(20), sha256: z.string().length(64) }))
  .max(20);

/** How the library can be entered here. */
export const LibraryEntrance = z
  .object({
    /** OD-11: whether an organisation comes through the hub first. */
    libEntry: z.enum(['HUB_FIRST', 'SELF_REGISTER']),
    /** 苏服办 for natural persons; null when none is set up. */
    citizens: z.object({ label: z.string(), labelEn: z.string() }).nullable(),
    agreements: z.array(Agreement),
  })
  .meta({ id: 'LibraryEntrance' });
export type LibraryEntrance = z.infer<typeof LibraryEntrance>;

/** What somebody may enter as, when there is more than one. */
export const Door = z.object({
  /** `self`, or the id of a delegation. */
  id: z.string(),
  entityName: z.string(),
  standing: MemberStanding,
  expiresAt: Timestamp.nullable(),
});

/** A certificate that has proved itself and waits for its form. */
export const Admission = z
  .object({
    id: Id,
    purpose: z.enum(['REGISTER', 'ACTIVATE', 'CHOOSE', 'KEY']),
    kind: EntityKind,
    certificate: CertificateView,
    mediaNo: z.string().nullable(),
    /** 实体CA or 移动CA, as the certificate says. */
    certType: z.enum(['TOKEN', 'MOBILE']),
    /** Name on record, for ACTIVATE. */
    entityName: z.string().nullable(),
    /** The certificate carries no code: the form asks for it. */
    usccNeeded: z.boolean(),
    /** MSG-12 when the key has to be activated. */
    message: z.string().nullable(),
    doors: z.array(Door),
    expiresAt: Timestamp,
  })
  .meta({ id: 'LibraryAdmission' });
export type Admission = z.infer<typeof Admission>;

/** 正常, 即将过期, 已过期 (F-KEY expireFlag). */
export const KeyExpiry = z.enum(['VALID', 'EXPIRING', 'EXPIRED']);
export type KeyExpiry = z.infer<typeof KeyExpiry>;

export const LibrarySession = z
  .object({
    entity: z.object({
      id: Id,
      kind: EntityKind,
      name: z.string(),
      uscc: z.string().nullable(),
      state: EntityState,
      roles: z.array(EntityRole),
    }),
    standing: MemberStanding,
    method: z.enum(['KEY', 'HUB', 'CITIZEN']),
    /** 证书使用者 of this key, or the person; masked. */
    userName: z.string().nullable(),
    keyId: Id.nullable(),
    identity: EntityRole.nullable(),
    /** LIB-LOGIN-08: choose one before going on. */
    identityNeeded: z.boolean(),
    modules: z.union([z.literal('all'), z.array(z.string())]),
    /** Parts of the registration (LIB-BASE-04). */
    completion: z.object({ base: z.boolean(), letter: z.boolean(), letterNeeded: z.boolean() }),
    /** Of the certificate that logged in; null for a login elsewhere. */
    certificateExpiry: KeyExpiry.nullable(),
    loggedInAt: Timestamp,
    expiresAt: Timestamp,
    /** Seconds without use after which the session ends. */
    idleSeconds: z.int(),
    advice: z.array(z.string()),
  })
  .meta({ id: 'LibrarySession' });
export type LibrarySession = z.infer<typeof LibrarySession>;

export const LibraryLogin = z
  .object({
    outcome: z.enum(['LOGGED_IN', 'ACTIVATE', 'CHOOSE']),
    session: LibrarySession.nullable(),
    admission: Admission.nullable(),
  })
  .meta({ id: 'LibraryLogin' });
export type LibraryLogin = z.infer<typeof LibraryLogin>;

export const LibraryProof = SignedChallenge;

/** F-REG, the part that a person types. */
export const RegistrationForm = z.object({
  admissionId: Id,
  agreements: AcceptedAgreements,
  applicantName: PersonName,
  applicantPhone: Mobile,
  applicantIdNo: IdNumber,
  /** Only where the certificate carries none. */
  uscc: Uscc.optional(),
  /** Of an organisation. */
  roles: z.array(EntityRole).max(3).default([]),
});
export type RegistrationForm = z.output<typeof RegistrationForm>;

/** F-KEY, the part that a person types. */
export const KeyUser = z.object({
  holderName: PersonName,
  holderPhone: Mobile,
  holderIdNo: IdNumber.nullable().default(null),
});
export type KeyUser = z.output<typeof KeyUser>;

export const ActivationForm = KeyUser.extend({ admissionId: Id });
export type ActivationForm = z.output<typeof ActivationForm>;
export const ChoiceForm = z.object({ admissionId: Id, door: z.string().max(64) });
export type ChoiceForm = z.output<typeof ChoiceForm>;
export const IdentityForm = z.object({ identity: EntityRole });

export const CitizenLoginForm = z.object({ agreements: AcceptedAgreements.default([]) });

export const LibrarySessionEntry = z
  .object({
    id: Id,
    current: z.boolean(),
    method: z.enum(['KEY', 'HUB', 'CITIZEN']),
    standing: MemberStanding,
    loggedInAt: Timestamp,
    lastSeenAt: Timestamp,
    expiresAt: Timestamp,
  })
  .meta({ id: 'LibrarySessionEntry' });

export const KeyState = z.enum(['SUBMITTED', 'VOIDED']);

/** A row of 权限管理 (F-KEY). */
export const LibraryKey = z
  .object({
    id: Id,
    certType: z.enum(['TOKEN', 'MOBILE']),
    serialNo: z.string(),
    mediaNo: z.string().nullable(),
    validFrom: Timestamp,
    validTo: Timestamp,
    issuer: z.string(),
    authorityName: z.string(),
    certKeyNo: z.string(),
    fingerprint: z.string(),
    algorithm: z.string(),
    /** 证书使用者; phone and ID number masked unless it is the caller's own row or the caller is the primary. */
    holderName: z.string(),
    holderPhone: z.string(),
    holderIdNo: z.string().nullable(),
    isPrimary: z.boolean(),
    state: KeyState,
    expiry: KeyExpiry,
    own: z.boolean(),
    /** What the caller may do with it. */
    may: z.array(z.enum(['change', 'void', 'make-primary'])),
    voidReason: z.string().nullable(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
    lastUsedAt: Timestamp.nullable(),
    version: z.int(),
  })
  .meta({ id: 'LibraryKey' });
export type LibraryKey = z.infer<typeof LibraryKey>;

export const KeyEvent = z.enum([
  'register',
  'activate',
  'add',
  'change',
  'become-primary',
  'cease-primary',
  'void',
]);

export const LibraryKeyVersion = z
  .object({
    version: z.int(),
    event: KeyEvent,
    at: Timestamp,
    /** Fields that differ from the version before. */
    differences: z.array(
      z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
    ),
    reason: z.string().nullable(),
    proof: z.array(z.object({ sha256: z.string(), name: z.string(), size: z.int(), mediaType: z.string() })),
    byFingerprint: z.string().nullable(),
  })
  .meta({ id: 'LibraryKeyVersion' });
export type LibraryKeyVersion = z.infer<typeof LibraryKeyVersion>;

export const KeyForm = KeyUser.extend({ admissionId: Id });
export type KeyForm = z.output<typeof KeyForm>;
export const KeyChangeForm = KeyUser.extend({
  version: z.int(),
  /** A certificate that was read again (KEY-012). */
  admissionId: Id.optional(),
  /** True makes this the primary; the former one ceases to be (KEY-017). */
  isPrimary: z.boolean(),
});
export type KeyChangeForm = z.output<typeof KeyChangeForm>;

export const ProofFile = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  name: Text(200),
  size: z.int().positive(),
  mediaType: z.string().max(100),
});
export const KeyVoidForm = z.object({
  version: z.int(),
  reason: z.string().trim().max(500),
  proof: z.array(ProofFile).max(10),
});
export type KeyVoidForm = z.output<typeof KeyVoidForm>;

export const Delegation = z
  .object({
    id: Id,
    personName: z.string(),
    personIdNo: z.string(),
    modules: z.array(z.string()),
    state: z.enum(['GRANTED', 'EXPIRED', 'REVOKED']),
    grantedAt: Timestamp,
    expiresAt: Timestamp,
    revokedAt: Timestamp.nullable(),
    revokedReason: z.string().nullable(),
    lastUsedAt: Timestamp.nullable(),
  })
  .meta({ id: 'Delegation' });
export type Delegation = z.infer<typeof Delegation>;

export const DelegationForm = z.object({
  personName: PersonName,
  personIdNo: IdNumber,
  /** Names of the library's modules. */
  modules: z.array(Text(60)).min(1).max(40),
  /** Last day, YYYY-MM-DD, Shanghai. */
  until: z.iso.date(),
});
export type DelegationForm = z.output<typeof DelegationForm>;
export const RevocationForm = z.object({ reason: Text(200) });

/** 承诺书 (LIB-BASE-03). */
export const CommitmentLetter = z
  .object({
    needed: z.boolean(),
    title: z.string(),
    /** Of the template as it is now; a new one asks for a new seal (OD-33). */
    version: z.string(),
    /** 未签章, 已签章. */
    status: z.enum(['UNSIGNED', 'SIGNED']),
    signedVersion: z.string().nullable(),
    signedAt: Timestamp.nullable(),
    /** The signing task that is open, or the one that was completed. */
    taskId: Id.nullable(),
  })
  .meta({ id: 'CommitmentLetter' });
export type CommitmentLetter = z.infer<typeof CommitmentLetter>;

/** 同步码 (OD-16). */
export const SyncCode = z
  .object({
    /** Three groups of four, as it is copied; null until the registration is complete. */
    code: z.string().nullable(),
    issuedAt: Timestamp.nullable(),
    expiresAt: Timestamp.nullable(),
  })
  .meta({ id: 'SyncCode' });
export type SyncCode = z.infer<typeof SyncCode>;
