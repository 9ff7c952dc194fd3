import { CodedError } from '@hufu/kernel';
import {
  type CryptoEngine,
  type DigestAlgorithm,
  digest,
  digestOfOid,
  parseTimeStampToken,
  type TimeStampToken,
  verifyTimeStampToken,
} from '@hufu/pki';
import { sealError } from '../errors.ts';

type Imprint = { readonly digest: DigestAlgorithm; readonly hash: Uint8Array };

function readToken(der: Uint8Array): TimeStampToken {
  try {
    return parseTimeStampToken(der);
  } catch (error) {
    if (error instanceof CodedError) throw sealError('SEALING_TIME_STAMP', { reason: error.code }, error);
    throw error;
  }
}

async function assertSound(token: TimeStampToken, imprint: Imprint, engine: CryptoEngine): Promise<void> {
  const verdict = await verifyTimeStampToken({ token, imprint }, engine);
  if (!verdict.valid) throw sealError('SEALING_TIME_STAMP', { reason: verdict.reason });
}

/** The token is about this digest and made by the key it names; trust in that key is for path validation. */
export const assertImprint = (imprint: Imprint, token: Uint8Array, engine: CryptoEngine): Promise<void> =>
  assertSound(readToken(token), imprint, engine);

/** As above for bytes, by whichever digest the token uses; SHA-1 is no imprint for new evidence (OD-36). */
export async function assertTimeStampOf(
  bytes: Uint8Array,
  tokenDer: Uint8Array,
  engine: CryptoEngine,
): Promise<void> {
  const token = readToken(tokenDer);
  const name = digestOfOid(token.info.imprint.hashOid);
  if (name === undefined || name === 'sha1') throw sealError('SEALING_TIME_STAMP', { reason: 'digest' });
  await assertSound(token, { digest: name, hash: digest(name, bytes) }, engine);
}
