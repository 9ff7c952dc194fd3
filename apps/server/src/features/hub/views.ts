import type {
  BoundCertificate,
  CertificateView,
  EnterpriseProfile,
  HubAdmission,
  HubSession,
  PlatformPublic,
} from '@hufu/contracts';
import type { Language } from '../../infra/http/language.ts';
import type { Holder } from '../access/index.ts';
import type { LiveSession } from '../identity-provider/index.ts';
import type { HubDeps } from './deps.ts';
import { adviceWords } from './domain/advice.ts';
import { certificateStatus } from './domain/certificate-status.ts';
import { claimsShown } from './domain/claims-shown.ts';
import { hubError } from './errors.ts';
import type { AuthorityCard, PlatformDoor, ReadCertificate } from './ports.ts';
import { boundOf, type CertificateRow } from './store/certificates.ts';
import { enterpriseById, sealedPlace } from './store/enterprises.ts';
import { type Standing, standingOf } from './store/standing.ts';

/** What the API shows, built from records. Instants leave as RFC 3339 in UTC. */
export const iso = (at: number | Date): string => new Date(at).toISOString();

export const readView = (certificate: ReadCertificate): CertificateView => ({
  serialNumber: certificate.serialNumber,
  issuerName: certificate.issuerName,
  authority: certificate.authority,
  unitName: certificate.unitName ?? '',
  uscc: certificate.uscc,
  holderKind: certificate.holderKind,
  certKeyNo: certificate.certKeyNo,
  medium: certificate.medium,
  validFrom: iso(certificate.validFrom),
  validTo: iso(certificate.validTo),
  algorithm: certificate.algorithm,
  fingerprint: certificate.fingerprint,
});

/** An authority that is recognised no more keeps the name under which the certificate was bound. */
export const certificateView = (
  row: Standing['certificate'],
  authority: AuthorityCard | undefined,
): CertificateView => ({
  serialNumber: row.serial_number,
  issuerName: row.issuer_name,
  authority: authority ?? { id: row.authority_id, name: row.authority_name, phone: '' },
  unitName: row.unit_name,
  uscc: row.uscc,
  holderKind: row.holder_kind,
  certKeyNo: row.cert_key_no,
  medium: row.medium,
  validFrom: iso(row.valid_from),
  validTo: iso(row.valid_to),
  algorithm: row.algorithm,
  fingerprint: row.fingerprint,
});

export function boundView(
  row: CertificateRow,
  context: { authority: AuthorityCard | undefined; now: number },
): BoundCertificate {
  return {
    ...certificateView(row, context.authority),
    id: row.id,
    role: row.role,
    mediaNo: row.media_no,
    boundAt: iso(row.bound_at),
    lastUsedAt: row.last_used_at && iso(row.last_used_at),
    status: certificateStatus(
      { validFrom: row.valid_from.getTime(), validTo: row.valid_to.getTime(), revocation: row.revocation },
      context.now,
    ),
  };
}

type Viewing = Pick<HubDeps, 'database' | 'authority' | 'clock' | 'cipher'>;

export async function boundViews(
  deps: Viewing,
  rows: readonly CertificateRow[],
): Promise<BoundCertificate[]> {
  const now = deps.clock.now();
  return Promise.all(
    rows.map(async (row) => boundView(row, { authority: await deps.authority(row.authority_id), now })),
  );
}

export type SessionToShow = {
  readonly session: Pick<LiveSession, 'id' | 'facts' | 'loggedInAt' | 'expiresAt'>;
  readonly language: Language;
};

/** @throws HUB_SESSION_REQUIRED when the certificate is bound no more */
export async function sessionView(deps: Viewing, asked: SessionToShow): Promise<HubSession> {
  return (await loginView(deps, asked)).session;
}

/** What the answer to a login carries, so that the pages after it need not ask. */
export type LoginView = { readonly session: HubSession; readonly admission: HubAdmission };

/**
 * @param known the standing of the session's certificate, if it was read already
 * @throws HUB_SESSION_REQUIRED when the certificate is bound no more
 */
export async function loginView(
  deps: Viewing,
  { session, language }: SessionToShow,
  known?: Standing,
): Promise<LoginView> {
  const standing = known ?? (await standingOf(deps.database.pool, session.facts.certificateId));
  if (standing?.certificate.state !== 'BOUND') throw hubError('HUB_SESSION_REQUIRED');
  const authority = await deps.authority(standing.certificate.authority_id);
  return {
    session: shownSession({ session, language }, { standing, authority, now: deps.clock.now() }),
    admission: { id: session.id, claims: claimsShown(standing), entered: [...standing.activated] },
  };
}

/** The same, of a standing that was read already. */
export function shownSession(
  { session, language }: SessionToShow,
  { standing, authority, now }: { standing: Standing; authority: AuthorityCard | undefined; now: number },
): HubSession {
  const { certificate, enterprise } = standing;
  const expiring = certificate.valid_to.getTime() - now < 30 * 86_400_000;
  const advice = expiring ? [...certificate.advice, 'CERTIFICATE_EXPIRING'] : certificate.advice;
  return {
    role: certificate.role,
    certificate: certificateView(certificate, authority),
    entity: {
      id: enterprise.id,
      uscc: enterprise.uscc,
      unitName: enterprise.unit_name,
      roles: enterprise.roles,
    },
    loggedInAt: iso(session.loggedInAt),
    expiresAt: iso(session.expiresAt),
    notices: standing.unread,
    advice: adviceWords(advice, language),
  };
}

/** HUB-080: whole for every certificate of the enterprise; `editable` for the primary alone. */
export async function profileView(deps: Viewing, holder: Holder): Promise<EnterpriseProfile> {
  const { db } = deps.database;
  const enterprise = await enterpriseById(db, holder.enterpriseId);
  if (enterprise === undefined) throw hubError('HUB_SESSION_REQUIRED');
  const { id } = enterprise;
  const open = (column: 'legal_rep' | 'phone' | 'address') =>
    deps.cipher.open(enterprise[`${column}_sealed`], sealedPlace(column, id));
  return {
    id,
    version: enterprise.version,
    uscc: enterprise.uscc,
    unitName: enterprise.unit_name,
    regCity: enterprise.reg_city,
    legalRep: open('legal_rep'),
    phone: open('phone'),
    address: open('address'),
    roles: enterprise.roles,
    certificates: await boundViews(deps, await boundOf(db, id)),
    editable: holder.role === 'PRIMARY',
    createdAt: iso(enterprise.created_at),
    updatedAt: iso(enterprise.updated_at),
  };
}

export const platformView = (door: PlatformDoor): PlatformPublic => ({
  code: door.code,
  name: door.name,
  nameEn: door.nameEn,
  group: door.group,
  joined: door.joined,
  suspended: door.suspended,
  homeUrl: door.homeUrl,
  supportPhone: door.supportPhone,
  subsystems: door.subsystems,
});
