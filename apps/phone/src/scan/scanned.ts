import { readScanAddress } from '@hufu/contracts';
import { appError } from '../errors.ts';

export type Scanned = { readonly token: string; readonly pageKeySha256?: string };

/** Of this visit alone: survives a reload and the way through the login, not the window. */
const STORE = 'hufu.phone.scan';

const PATTERN = /^#\/scan\/[A-Za-z0-9_.-]{43,80}$/;

/** @throws APP_NOT_OURS */
export function readScanned(text: string): Scanned {
  const scanned = readScanAddress(location.origin, text.trim());
  if (scanned === undefined) throw appError('APP_NOT_OURS');
  return scanned;
}

export const keepScanned = (scanned: Scanned): void => sessionStorage.setItem(STORE, JSON.stringify(scanned));

export function keptScanned(): Scanned | undefined {
  const text = sessionStorage.getItem(STORE);
  return text === null ? undefined : (JSON.parse(text) as Scanned);
}

export const dropScanned = (): void => sessionStorage.removeItem(STORE);

/**
 * The address of a QR code opened on this device itself, by the system's camera or a link: what follows `#` never
 * reaches the server, and leaves the address bar at once.
 *
 * @returns whether there was one
 */
export function takeScanFromAddress(): boolean {
  if (!PATTERN.test(location.hash)) return false;
  const scanned = readScanAddress(location.origin, `${location.origin}/phone/${location.hash}`);
  if (scanned !== undefined) keepScanned(scanned);
  history.replaceState(null, '', scanned === undefined ? '/phone/scan' : '/phone/scan/confirm');
  return true;
}
