import type { Bridge } from '../bridge.ts';
import type { CheckItem } from './check-item.ts';

const DAY_MS = 86_400_000;
const EXPIRES_SOON_DAYS = 30;

export async function checkDrivers({ board }: Bridge): Promise<CheckItem> {
  const { drivers } = await board.list();
  const fields = {
    ready: drivers
      .filter(({ state }) => state === 'ready')
      .map(({ driver }) => driver)
      .join(', '),
    broken: drivers
      .filter(({ state }) => state === 'broken')
      .map(({ driver }) => driver)
      .join(', '),
    absent: drivers
      .filter(({ state }) => state === 'absent')
      .map(({ driver }) => driver)
      .join(', '),
  };
  const base = { item: 'drivers', fields, repairable: false } as const;
  if (fields.broken !== '') return { ...base, verdict: 'bad', finding: 'broken' };
  return { ...base, verdict: 'good', finding: 'found' };
}

export async function checkTokens({ board }: Bridge): Promise<CheckItem> {
  const { tokens } = await board.list();
  const base = { item: 'tokens', repairable: false } as const;
  if (tokens.length === 0) return { ...base, verdict: 'bad', finding: 'none' };
  const locked = tokens.filter(({ pin }) => pin.state === 'locked');
  if (locked.length > 0) {
    return { ...base, verdict: 'bad', finding: 'locked', fields: { label: locked[0]?.label ?? '' } };
  }
  const low = tokens.find(({ pin }) => pin.state === 'low' || pin.state === 'final');
  if (low !== undefined) {
    return {
      ...base,
      verdict: 'attention',
      finding: 'wrong-pins',
      fields: { label: low.label, attemptsLeft: low.pin.attemptsLeft ?? '?' },
    };
  }
  return { ...base, verdict: 'good', finding: 'present', fields: { count: tokens.length } };
}

export async function checkCertificates({ board, clock }: Bridge): Promise<CheckItem> {
  const certificates = await board.certificates();
  const base = { item: 'certificates', repairable: false } as const;
  if (certificates.length === 0) return { ...base, verdict: 'bad', finding: 'none' };
  const now = clock.now();
  const ended = certificates.find(({ notAfter }) => Date.parse(notAfter) < now);
  if (ended !== undefined) {
    return { ...base, verdict: 'bad', finding: 'expired', fields: { unitName: ended.unitName } };
  }
  const early = certificates.find(({ notBefore }) => Date.parse(notBefore) > now);
  if (early !== undefined) {
    return { ...base, verdict: 'bad', finding: 'not-yet-valid', fields: { unitName: early.unitName } };
  }
  const soon = certificates.find(({ notAfter }) => Date.parse(notAfter) < now + EXPIRES_SOON_DAYS * DAY_MS);
  if (soon !== undefined) {
    const days = Math.floor((Date.parse(soon.notAfter) - now) / DAY_MS);
    return { ...base, verdict: 'attention', finding: 'expiring', fields: { unitName: soon.unitName, days } };
  }
  return { ...base, verdict: 'good', finding: 'valid', fields: { count: certificates.length } };
}
