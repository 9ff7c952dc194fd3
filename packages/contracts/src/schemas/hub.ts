import { isUscc, normaliseUscc } from '@hufu/kernel';
import { z } from 'zod';
import { BoundCertificate, CertificateView, MediaNo } from './certificate.ts';
import { Base64, CertificateDer, EntityRole, Id, KeyRole, Text, Timestamp } from './common.ts';
import { PlatformPublic } from './site.ts';

/** OD-01: normalised, then both check digits. */
export const Uscc = z
  .string()
  .max(64)
  .transform(normaliseUscc)
  .refine(isUscc, { message: '统一社会信用代码校验不通过' });

export const Phone = z
  .string()
  .trim()
  .regex(/^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(-\d{1,6})?|400-?\d{3}-?\d{4})$/);

export const ChallengeAct = z.enum([
  'login',
  'bind',
  'activate',
  'desk-login',
  'desk-approve',
  'library-register',
  'library-login',
  'library-key',
]);

/** A nonce that is bound to this browser, this act and this site, for five minutes or more (OD-05). */
export const Challenge = z
  .object({
    challengeId: Id,
    act: ChallengeAct,
    nonce: z.string(),
    audience: z.string(),
    origin: z.string(),
    issuedAt: Timestamp,
    expiresAt: Timestamp,
    summary: z.string().optional(),
  })
  .meta({ id: 'Challenge' });
export type Challenge = z.infer<typeof Challenge>;

/** The answer of a key to a challenge. The server rebuilds the signed statement; it never trusts one that is sent. */
export const SignedChallenge = z.object({
  challengeId: Id,
  certificate: CertificateDer,
  signature: Base64(2_048).min(1),
  mediaNo: MediaNo.nullable().default(null),
});
export type SignedChallenge = z.infer<typeof SignedChallenge>;

export const HubSession = z
  .object({
    role: KeyRole,
    certificate: CertificateView,
    entity: z.object({ id: Id, uscc: z.string(), unitName: z.string(), roles: z.array(EntityRole) }),
    loggedInAt: Timestamp,
    expiresAt: Timestamp,
    notices: z.int(),
    /** Set when the authority's answer was taken under grace, or a renewed certificate was recognised. */
    advice: z.array(z.object({ code: z.string(), message: z.string() })),
  })
  .meta({ id: 'HubSession' });
export type HubSession = z.infer<typeof HubSession>;

/** What a platform is told, in words (OD-07). */
const Claims = z.array(
  z.object({ name: z.string(), label: z.string(), labelEn: z.string(), value: z.string() }),
);

/** What both confirmations at a platform will show: comes with a login, so that no page has to ask for it. */
export const HubAdmission = z
  .object({
    /** Names the session that may authorise; see `Authorisation.id`. */
    id: Id,
    claims: Claims,
    /** Codes of the platforms that the enterprise has entered before. */
    entered: z.array(z.string()),
  })
  .meta({ id: 'HubAdmission' });
export type HubAdmission = z.infer<typeof HubAdmission>;

/** HUB-056: a slow authority is waited for, visibly. */
export const Attempt = z
  .object({
    attemptId: Id,
    state: z.enum(['CHECKING', 'DONE', 'FAILED']),
    act: ChallengeAct,
    authorityName: z.string().nullable(),
    step: z.enum(['SIGNATURE', 'PATH', 'REVOCATION', 'BINDING']),
    elapsedMs: z.int(),
    budgetMs: z.int(),
    problem: z.unknown().optional(),
    /** For act = login. */
    session: HubSession.optional(),
    admission: HubAdmission.optional(),
    /** For act = bind or activate. */
    outcome: z.enum(['BOUND', 'ALREADY_BOUND', 'ACTIVATED']).optional(),
  })
  .meta({ id: 'Attempt' });
export type Attempt = z.infer<typeof Attempt>;

/** F-HUBBIND, the part that a person types. */
export const BindingFields = z
  .object({
    uscc: Uscc,
    regCity: z.string().min(1).max(12),
    legalRep: Text(50).min(2),
    phone: Phone,
    address: Text(200),
    roles: z.array(EntityRole).min(1).max(3),
  })
  .meta({ id: 'BindingFields' });
export type BindingFields = z.infer<typeof BindingFields>;

export const BindingRequest = z.object({ proof: SignedChallenge, fields: BindingFields });

/** What the page shows after 「读取证书」, and whether binding can go on. */
export const CertificatePreview = z
  .object({
    certificate: CertificateView,
    eligible: z.boolean(),
    problem: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }).nullable(),
    boundTo: z.enum(['NOBODY', 'THIS_ENTERPRISE', 'ANOTHER']),
  })
  .meta({ id: 'CertificatePreview' });
export type CertificatePreview = z.infer<typeof CertificatePreview>;

export const EnterpriseProfile = z
  .object({
    id: Id,
    version: z.int(),
    uscc: z.string(),
    unitName: z.string(),
    regCity: z.string(),
    legalRep: z.string(),
    phone: z.string(),
    address: z.string(),
    roles: z.array(EntityRole),
    certificates: z.array(BoundCertificate),
    editable: z.boolean(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'EnterpriseProfile' });
export type EnterpriseProfile = z.infer<typeof EnterpriseProfile>;

export const EnterpriseChange = z.object({
  version: z.int(),
  regCity: z.string().min(1).max(12).optional(),
  legalRep: Text(50).min(2).optional(),
  phone: Phone.optional(),
  address: Text(200).optional(),
  roles: z.array(EntityRole).min(1).max(3).optional(),
});

export const Notice = z.object({
  id: Id,
  kind: z.string(),
  title: z.string(),
  body: z.string(),
  at: Timestamp,
  readAt: Timestamp.nullable(),
  /** A page of the hub where something can be done about it. */
  href: z.string().nullable(),
});

/** One target of the chooser (HUB-060, HUB-061). */
export const Target = PlatformPublic.extend({
  reachable: z.boolean(),
  activatedAt: Timestamp.nullable(),
  lastLoginAt: Timestamp.nullable(),
}).meta({ id: 'Target' });
export type Target = z.infer<typeof Target>;

/** What a platform will be told, shown before 「确认登录」 (HUB-063, OD-07). */
export const Authorisation = z
  .object({
    id: Id,
    platform: PlatformPublic,
    claims: Claims,
    certificate: CertificateView,
    firstTime: z.boolean(),
    expiresAt: Timestamp,
  })
  .meta({ id: 'Authorisation' });
export type Authorisation = z.infer<typeof Authorisation>;

export const Redirect = z.object({ redirectTo: z.string() }).meta({ id: 'Redirect' });

/** A login that a platform began (deep link). */
export const InteractionDetails = z
  .object({
    uid: z.string(),
    /** AUTHORISE: both confirmations follow, on the page. */
    step: z.enum(['LOGIN', 'AUTHORISE']),
    platform: PlatformPublic,
    session: HubSession.nullable(),
    authorisation: Authorisation.nullable(),
    restartUrl: z.string().nullable(),
    expiresAt: Timestamp,
  })
  .meta({ id: 'InteractionDetails' });
export type InteractionDetails = z.infer<typeof InteractionDetails>;
