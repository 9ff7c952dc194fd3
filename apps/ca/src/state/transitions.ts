import { caError } from '../errors.ts';
import type { JournalEvent, RevocationReason } from './events.ts';
import type { IssuedCertificate } from './register.ts';

/** Final. A certificate on hold may be revoked; it keeps no trace of the hold (RFC 5280 §5.3.1). @throws CA_ALREADY_REVOKED */
export function revoke(
  { state, serials }: IssuedCertificate,
  reason: RevocationReason,
  at: number,
): JournalEvent {
  if (state.kind === 'revoked') throw caError('CA_ALREADY_REVOKED');
  return { type: 'revoked', at, serials: [...serials], reason };
}

/** 挂失. @throws CA_ALREADY_REVOKED, CA_ALREADY_HELD */
export function hold({ state, serials }: IssuedCertificate, at: number): JournalEvent {
  if (state.kind === 'revoked') throw caError('CA_ALREADY_REVOKED');
  if (state.kind === 'held') throw caError('CA_ALREADY_HELD');
  return { type: 'held', at, serials: [...serials] };
}

/** 解挂. @throws CA_ALREADY_REVOKED, CA_NOT_HELD */
export function release({ state, serials }: IssuedCertificate, at: number): JournalEvent {
  if (state.kind === 'revoked') throw caError('CA_ALREADY_REVOKED');
  if (state.kind === 'good') throw caError('CA_NOT_HELD');
  return { type: 'released', at, serials: [...serials] };
}
