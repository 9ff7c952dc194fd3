import { z } from 'zod';
import { BoundCertificate, CertificateView } from './certificate.ts';
import { Base64, EntityRole, Id, PageQuery, Text, Timestamp } from './common.ts';
import { SignedChallenge } from './hub.ts';
import { AuthorityContact, PlatformGroup, PlatformPublic } from './site.ts';
import { RejectReason, UnbindApplication, UnbindState } from './unbind.ts';

export const DeskRole = z.enum(['clerk', 'reviewer', 'admin', 'auditor']).meta({ id: 'DeskRole' });
export type DeskRole = z.infer<typeof DeskRole>;

export const DeskSession = z
  .object({
    operator: z.object({ id: Id, name: z.string(), roles: z.array(DeskRole) }),
    certificate: CertificateView,
    expiresAt: Timestamp,
    waiting: z.object({ approvals: z.int(), unbind: z.int() }),
  })
  .meta({ id: 'DeskSession' });
export type DeskSession = z.infer<typeof DeskSession>;

export const DeskOverview = z.object({
  enterprises: z.int(),
  certificates: z.int(),
  loginsToday: z.int(),
  refusalsToday: z.int(),
  unbindOpen: z.int(),
  approvalsOpen: z.int(),
  deadLetters: z.int(),
  loginsByHour: z.array(z.object({ hour: Timestamp, logins: z.int(), refusals: z.int() })),
  authorities: z.array(AuthorityContact),
});

export const DeskPlatform = PlatformPublic.extend({
  clientId: z.string(),
  redirectUris: z.array(z.string()),
  postLogoutRedirectUris: z.array(z.string()),
  initiateLoginUri: z.string().nullable(),
  backchannelLogoutUri: z.string().nullable(),
  filingMode: z.enum(['LOCAL', 'MIRROR']),
  subjectType: z.enum(['public', 'pairwise']),
  suspendReason: z.string().nullable(),
  version: z.int(),
}).meta({ id: 'DeskPlatform' });
export type DeskPlatform = z.infer<typeof DeskPlatform>;

const WebAddress = z.url({ protocol: /^https?$/ }).max(500);
export const PlatformForm = z.object({
  code: z.string().regex(/^[a-z0-9-]{2,40}$/),
  name: Text(100),
  nameEn: Text(100),
  group: PlatformGroup,
  joined: z.boolean(),
  homeUrl: WebAddress.nullable(),
  supportPhone: Text(40),
  subsystems: z.array(Text(100)).max(20),
  filingMode: z.enum(['LOCAL', 'MIRROR']),
  subjectType: z.enum(['public', 'pairwise']),
  redirectUris: z.array(WebAddress).max(20),
  postLogoutRedirectUris: z.array(WebAddress).max(20),
  initiateLoginUri: WebAddress.nullable(),
  backchannelLogoutUri: WebAddress.nullable(),
});
/** A platform begins outside: that it joins is a change, on which two people agree (HUB-011). */
export const NewPlatform = PlatformForm.omit({ joined: true });
export const PlatformChange = PlatformForm.omit({ code: true }).extend({ version: z.int() });

export const Reason = z.object({ reason: Text(500) });

export const CaPolicyForm = z.object({
  graceSeconds: z
    .int()
    .min(0)
    .max(7 * 86_400),
  graceUntil: Timestamp.nullable(),
  ocspBudgetMs: z.int().min(500).max(120_000),
  ocspCacheSeconds: z.int().min(0).max(86_400),
  sources: z.enum(['CRL_THEN_OCSP', 'OCSP_THEN_CRL', 'CRL_ONLY', 'OCSP_ONLY']),
  algorithms: z.array(z.enum(['sm2', 'p256', 'rsa'])).min(1),
  region: z.string().max(20),
});

export const DeskAuthority = AuthorityContact.extend({
  region: z.string(),
  inRegion: z.boolean(),
  policy: CaPolicyForm,
  profileId: z.string(),
  graceInUse: z.boolean(),
  suspendReason: z.string().nullable(),
  crl: z.array(
    z.object({
      url: z.string(),
      thisUpdate: Timestamp.nullable(),
      nextUpdate: Timestamp.nullable(),
      fetchedAt: Timestamp.nullable(),
      entries: z.int(),
      state: z.enum(['FRESH', 'STALE', 'MISSING', 'INVALID']),
    }),
  ),
  ocsp: z.object({
    url: z.string().nullable(),
    lastAnswerAt: Timestamp.nullable(),
    p50Ms: z.number().nullable(),
    p95Ms: z.number().nullable(),
    failures: z.int(),
  }),
  anchors: z.array(
    z.object({ subject: z.string(), fingerprint: z.string(), notAfter: Timestamp, algorithm: z.string() }),
  ),
}).meta({ id: 'DeskAuthority' });
export type DeskAuthority = z.infer<typeof DeskAuthority>;

export const AuthorityForm = z.object({
  id: z.string().regex(/^[a-z0-9-]{2,40}$/),
  name: Text(100),
  nameEn: Text(100),
  phone: Text(40),
  website: WebAddress.nullable(),
  region: Text(20),
  profileId: Text(40),
  /** Root and intermediate certificates, DER, base64. */
  certificates: z.array(Base64(16_384)).min(1).max(10),
  crlUrls: z.array(WebAddress).max(10),
  ocspUrl: WebAddress.nullable(),
  policy: CaPolicyForm,
});

/** A dangerous step: one person proposes, another decides with a signature of a key (issue of 「两人复核」). */
export const Approval = z
  .object({
    id: Id,
    kind: z.enum([
      'UNBIND',
      'CA_RECOGNISE',
      'CA_POLICY',
      'CA_RESUME',
      'PLATFORM_CHANGE',
      'PLATFORM_RESUME',
      'OPERATOR_ADD',
      'OPERATOR_ROLES',
      'SEAL_ISSUE',
      'SEAL_THAW',
      'SEAL_REVOKE',
      'ENTITY_THAW',
      'ENTITY_MERGE',
      'LIBRARY_IMPORT',
      'MAPPING_CHANGE',
      'EXCHANGE_CHANGE',
      'KEY_PRIMARY',
      'PHONE_ADMIN',
    ]),
    subject: z.string(),
    /** What will happen, in words, and the values before and after. */
    summary: z.string(),
    changes: z.array(
      z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
    ),
    reason: z.string(),
    state: z.enum(['OPEN', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'EXPIRED']),
    proposedBy: z.string(),
    proposedAt: Timestamp,
    decidedBy: z.string().nullable(),
    decidedAt: Timestamp.nullable(),
    decisionNote: z.string().nullable(),
    expiresAt: Timestamp,
    mine: z.boolean(),
  })
  .meta({ id: 'Approval' });
export type Approval = z.infer<typeof Approval>;

export const ApprovalDecision = z.object({
  decision: z.enum(['APPROVE', 'REJECT']),
  note: z.string().trim().max(500).default(''),
  proof: SignedChallenge,
});

export const DeskBinding = z
  .object({
    entityId: Id,
    uscc: z.string(),
    unitName: z.string(),
    regCity: z.string(),
    roles: z.array(EntityRole),
    certificates: z.int(),
    primarySerial: z.string(),
    authority: z.string(),
    boundAt: Timestamp,
    lastLoginAt: Timestamp.nullable(),
  })
  .meta({ id: 'DeskBinding' });
export const DeskBindingDetail = DeskBinding.extend({
  legalRepMasked: z.string(),
  phoneMasked: z.string(),
  certificateList: z.array(BoundCertificate),
  history: z.array(
    z.object({ at: Timestamp, action: z.string(), actor: z.string(), note: z.string().nullable() }),
  ),
});

export const DeskUnbind = UnbindApplication.extend({
  nameOnRecord: z.string().nullable(),
  certificate: BoundCertificate.nullable(),
  checkedBy: z.string().nullable(),
  overdue: z.boolean(),
  objection: z.string().nullable(),
}).meta({ id: 'DeskUnbind' });
export type DeskUnbind = z.infer<typeof DeskUnbind>;
export const UnbindCheck = z.object({ note: z.string().trim().max(500).default('') });
export const UnbindReject = z.object({
  reasons: z.array(RejectReason).min(1),
  note: z.string().trim().max(500),
});

export const DeskSessionRow = z.object({
  id: Id,
  unitName: z.string(),
  uscc: z.string(),
  certSerial: z.string(),
  role: z.enum(['PRIMARY', 'SECONDARY']),
  loggedInAt: Timestamp,
  expiresAt: Timestamp,
  platforms: z.array(z.string()),
});

export const AuditRow = z
  .object({
    id: z.string(),
    at: Timestamp,
    actorKind: z.string(),
    actor: z.string(),
    action: z.string(),
    subjectKind: z.string(),
    subject: z.string(),
    outcome: z.enum(['OK', 'REFUSED']),
    code: z.string().nullable(),
    reason: z.string().nullable(),
    /** Set when it named persons and was erased. */
    reasonErasedAt: Timestamp.nullable(),
    before: z.unknown(),
    after: z.unknown(),
    requestId: z.string().nullable(),
  })
  .meta({ id: 'AuditRow' });
export type AuditRow = z.infer<typeof AuditRow>;
export const AuditQuery = PageQuery.extend({
  from: Timestamp.optional(),
  to: Timestamp.optional(),
  action: z.string().max(80).optional(),
  outcome: z.enum(['OK', 'REFUSED']).optional(),
  actor: z.string().max(100).optional(),
});

export const Operator = z
  .object({
    id: Id,
    name: z.string(),
    roles: z.array(DeskRole),
    state: z.enum(['ACTIVE', 'DISABLED']),
    certSerial: z.string(),
    issuerName: z.string(),
    createdAt: Timestamp,
    lastLoginAt: Timestamp.nullable(),
  })
  .meta({ id: 'Operator' });
export const OperatorForm = z.object({
  name: Text(50),
  roles: z.array(DeskRole).min(1),
  certificate: Base64(16_384).min(1),
  reason: Text(500),
});

export const UnbindQuery = PageQuery.extend({
  state: UnbindState.optional(),
  overdue: z.coerce.boolean().optional(),
});
