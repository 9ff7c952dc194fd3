import { buildCrl, type CrlEntrySpec, type CrlSpec } from '../../../src/build/crl.ts';
import type { ExtensionSpec } from '../../../src/build/extensions.ts';
import type { Crl, CrlReason } from '../../../src/crl/model.ts';
import { parseCrl } from '../../../src/crl/parse-crl.ts';
import { checkCrl } from '../../../src/path/crl/check-crl.ts';
import type { CrlStatus } from '../../../src/path/crl/crl-status.ts';
import type { TrustStore } from '../../../src/path/trust-store.ts';
import { validatePath } from '../../../src/path/validate-path.ts';
import { type Issued, NOW } from './authority.ts';
import { engine, pathOf } from './validate.ts';

export const DAY = 86_400_000;
export const REVOKED_AT = NOW - 10 * DAY;

/** An entry for this certificate; `indirect` names its issuer in the entry. */
export const entryFor = (
  { certificate }: Issued,
  options: { reason?: CrlReason; indirect?: Uint8Array } = {},
): CrlEntrySpec => ({
  serial: certificate.serial,
  revokedAt: REVOKED_AT,
  ...(options.reason && { reason: options.reason }),
  ...(options.indirect && { certificateIssuer: options.indirect }),
});

export type ListOptions = Partial<Omit<CrlSpec, 'issuer' | 'extensions'>> & {
  readonly extensions?: readonly ExtensionSpec[];
  /** Encoded issuer name when it is not the signer's own. */
  readonly issuerName?: Uint8Array;
};

export const listBytes = (signer: Issued, options: ListOptions = {}): Promise<Uint8Array> => {
  const { issuerName, ...rest } = options;
  return buildCrl(
    {
      issuer: issuerName ?? signer.name,
      thisUpdate: NOW - DAY,
      nextUpdate: NOW + DAY,
      crlNumber: 7n,
      authorityKeyIdentifier: signer.keyId,
      entries: [],
      ...rest,
    },
    signer.signer,
  );
};

export const list = async (signer: Issued, options: ListOptions = {}): Promise<Crl> =>
  parseCrl(await listBytes(signer, options));

export type Asked = {
  readonly end: Issued;
  readonly store: TrustStore;
  readonly crls: readonly Crl[];
  readonly clockSkew?: number;
  readonly time?: number;
};

export async function statusOf(asked: Asked): Promise<CrlStatus> {
  const { end, store, time = NOW, ...rest } = asked;
  const shared = { store, engine, time };
  const path = pathOf(await validatePath({ ...shared, time: NOW, certificate: end.certificate }));
  return checkCrl({ ...shared, ...rest, path, certificateIndex: 0 });
}

/** "good", "revoked reason", "unknown reason". */
export const said = async (asked: Asked): Promise<string> => {
  const status = await statusOf(asked);
  return status.status === 'good' ? 'good' : `${status.status} ${status.reason}`;
};
