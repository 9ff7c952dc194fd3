import { fromUtf8 } from '@hufu/kernel';
import { compactVerify, createLocalJWKSet, createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import { sdkError } from '../errors.ts';

export type HubStatementOptions = {
  /** The hub's address, as it signs it. */
  readonly hub: string;
  /** This platform's client id: what is meant for others is refused. */
  readonly clientId: string;
  /** Keys of the hub; fetched from it where they are absent. */
  readonly keys?: { readonly keys: readonly Record<string, unknown>[] };
};

/** What the hub has signed for this platform. @throws CodedError SDK_SIGNATURE_INVALID */
export type HubStatements = (jws: string, type: string) => Promise<Readonly<Record<string, unknown>>>;

/**
 * Reads what the hub signs: packages, recognitions, notices. The type is compared, so that one cannot be passed off as
 * another (RFC 8725 §3.11), and the audience, so that what another platform got is worth nothing here.
 */
export function hubStatements({ hub, clientId, keys }: HubStatementOptions): HubStatements {
  const find =
    keys === undefined
      ? createRemoteJWKSet(new URL('/api/v1/exchange/keys', hub))
      : createLocalJWKSet({ keys: [...keys.keys] });
  return async (jws, type) => {
    const { payload, protectedHeader } = await compactVerify(jws, find as JWTVerifyGetKey, {
      algorithms: ['ES256'],
    }).catch((cause: unknown) => {
      throw sdkError('SDK_SIGNATURE_INVALID', { of: type }, cause);
    });
    const said = JSON.parse(fromUtf8(payload)) as Record<string, unknown>;
    if (protectedHeader.typ !== type || said['iss'] !== hub || said['aud'] !== clientId) {
      throw sdkError('SDK_SIGNATURE_INVALID', { of: type, reason: 'type, issuer or audience' });
    }
    return said;
  };
}
