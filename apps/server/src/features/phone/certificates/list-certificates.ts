import type { PhoneCertificate, PhoneCertificateDetail } from '@hufu/contracts';
import { toBase64 } from '@hufu/kernel';
import type { PhoneUser } from '../../access/index.ts';
import type { PhoneDeps } from '../deps.ts';
import { devicesOf } from '../devices/device-store.ts';
import { phoneError } from '../errors.ts';
import { halvesOfCertificates, shownState } from '../halves/half-store.ts';
import { enterpriseById } from '../people/enterprises.ts';
import { type CertificateRow, certificateFacts, certificatesSeenBy } from './certificate-store.ts';
import { standingOf } from './standing.ts';

const DAY_MS = 86_400_000;
/** OD-29: 续期 is offered from so many days before the end. */
const RENEWAL_DAYS = 30;

/** Days that are left, a begun one counted whole; 0 from the end on. */
const daysUntil = (end: Date, now: number): number => Math.max(0, Math.ceil((end.getTime() - now) / DAY_MS));

async function viewOf(deps: PhoneDeps, row: CertificateRow, user: PhoneUser): Promise<PhoneCertificate> {
  const { db } = deps.database;
  const now = deps.clock.now();
  const facts = certificateFacts(deps.cipher, row, now);
  const standing = await standingOf(db, row, user.userId);
  const halves = (await halvesOfCertificates(db, [row.id])).filter(
    (half) => half.user_id === user.userId && half.state !== 'NEW',
  );
  const devices = await devicesOf(db, user.userId);
  const daysLeft = daysUntil(facts.validTo, now);
  const isHolder = standing.kind === 'HOLDER';
  const authority = await deps.authority(facts.authorityId);
  return {
    id: facts.id,
    kind: facts.kind,
    enterprise: facts.entityId === null ? null : ((await enterpriseById(db, facts.entityId)) ?? null),
    subjectName: facts.subjectName,
    authority: { id: facts.authorityId, name: authority?.name ?? '', phone: authority?.phone ?? '' },
    serialNumber: facts.serialNumber,
    fingerprint: facts.fingerprint,
    validFrom: facts.validFrom.toISOString(),
    validTo: facts.validTo.toISOString(),
    daysLeft,
    state: facts.state,
    standing: isHolder ? 'HOLDER' : 'GRANTED',
    scopes: standing.kind === 'GRANTED' ? [...standing.scopes] : [],
    renewable: isHolder && facts.state === 'EFFECTIVE' && daysLeft <= RENEWAL_DAYS,
    reapplicable:
      isHolder && facts.kind === 'ENTERPRISE' && facts.state === 'EXPIRED' && facts.replacedBy === null,
    halves: halves
      .filter((half) => half.device_id === user.deviceId)
      .map((half) => ({
        id: half.id,
        usage: half.usage,
        deviceId: half.device_id,
        state: shownState(half),
      })),
    devices: devices.flatMap((device) => {
      const half = halves.find((one) => one.device_id === device.id && one.usage === 'sign');
      return half === undefined ? [] : [{ id: device.id, name: device.name, state: shownState(half) }];
    }),
  };
}

/** HELD ones are in the first list: they may come back. */
const isEffective = ({ state }: PhoneCertificate): boolean => state === 'EFFECTIVE' || state === 'HELD';

/** 证书管理 (MOB-041). */
export async function listCertificates(
  deps: PhoneDeps,
  user: PhoneUser,
  tab: 'effective' | 'ended' | undefined,
): Promise<PhoneCertificate[]> {
  const rows = await certificatesSeenBy(deps.database.db, user.userId);
  const views: PhoneCertificate[] = [];
  for (const row of rows) views.push(await viewOf(deps, row, user));
  return tab === undefined ? views : views.filter((view) => isEffective(view) === (tab === 'effective'));
}

/** @throws PHONE_UNKNOWN */
export async function showCertificate(
  deps: PhoneDeps,
  user: PhoneUser,
  id: string,
): Promise<PhoneCertificateDetail> {
  const row = (await certificatesSeenBy(deps.database.db, user.userId)).find((one) => one.id === id);
  if (row === undefined) throw phoneError('PHONE_UNKNOWN');
  const { encryption_certificate: encryption } = row;
  return {
    ...(await viewOf(deps, row, user)),
    signingCertificate: toBase64(new Uint8Array(row.signing_certificate)),
    encryptionCertificate: encryption === null ? null : toBase64(new Uint8Array(encryption)),
    replacedBy: row.replaced_by,
  };
}
