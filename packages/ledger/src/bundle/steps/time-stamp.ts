import { CodedError, utf8 } from '@hufu/kernel';
import {
  anchorFromCertificate,
  type Certificate,
  type CryptoEngine,
  createTrustStore,
  digestOfOid,
  EXTENDED_KEY_USAGE_OID,
  parseCertificate,
  parseTimeStampToken,
  type TimeStampToken,
  type TrustStore,
  validatePath,
  verifyTimeStampToken,
} from '@hufu/pki';
import type { LogPolicy } from '../../policy/model.ts';
import type { BundleTimeStamp } from '../model.ts';
import type { EvidenceReason } from '../reasons.ts';
import type { TimeStampState } from '../verdict.ts';
import type { VerifyTools } from '../verify.ts';
import { coverObstacle, readProof } from './covered.ts';
import { stepOf } from './step.ts';

function readToken(der: Uint8Array): TimeStampToken | undefined {
  try {
    return parseTimeStampToken(der);
  } catch (error) {
    if (error instanceof CodedError) return undefined;
    throw error;
  }
}

/** Roots that cannot be read trust nobody. */
function trustStore({ timeStampRoots }: LogPolicy, engine: CryptoEngine): TrustStore {
  const anchors = timeStampRoots.flatMap((der) => {
    try {
      return [anchorFromCertificate(parseCertificate(der))];
    } catch (error) {
      if (error instanceof CodedError) return [];
      throw error;
    }
  });
  return createTrustStore({ anchors, intermediates: [], engine });
}

type Signed = { readonly certificate: Certificate; readonly time: number; readonly token: TimeStampToken };

async function trustObstacle(
  { certificate, time, token }: Signed,
  policy: LogPolicy,
  engine: CryptoEngine,
): Promise<EvidenceReason | undefined> {
  const store = trustStore(policy, engine);
  if (store.isAnchor(certificate)) return undefined;
  const path = await validatePath({
    certificate,
    store: store.withIntermediates(token.signedData.certificates),
    engine,
    time,
    extendedKeyUsage: EXTENDED_KEY_USAGE_OID.timeStamping,
    waivedProfileRules: 'all',
  });
  return path.ok ? undefined : 'TIME_STAMP_UNTRUSTED';
}

async function tokenObstacle(
  token: TimeStampToken,
  [text, policy]: readonly [string, LogPolicy],
  engine: CryptoEngine,
): Promise<EvidenceReason | undefined> {
  const digest = digestOfOid(token.info.imprint.hashOid);
  // Over what SHA-1 hashes, another checkpoint can be made to fit.
  if (digest === undefined || digest === 'sha1') return 'TIME_STAMP_OTHER_DATA';
  const imprint = { digest, hash: engine.digest(digest, utf8(text)) };
  const verdict = await verifyTimeStampToken({ token, imprint }, engine);
  if (verdict.valid) return trustObstacle({ ...verdict, token }, policy, engine);
  if (verdict.reason === 'imprint') return 'TIME_STAMP_OTHER_DATA';
  const ofCertificate = ['signing-certificate', 'purpose', 'expired'].includes(verdict.reason);
  return ofCertificate ? 'TIME_STAMP_CERTIFICATE' : 'TIME_STAMP_SIGNATURE';
}

/** One time-stamp: its checkpoint holds the leaf, the token is of its text, and an authority of the policy made it. */
export async function checkTimeStamp(
  stamp: BundleTimeStamp,
  [leaf, policy]: readonly [Uint8Array, LogPolicy],
  { crypto, engine }: VerifyTools,
): Promise<TimeStampState> {
  const proof = readProof(stamp.proof);
  const token = readToken(stamp.token);
  const checkpoint = proof?.checkpoint;
  const covered = await coverObstacle({ proof, leaf, policy }, crypto);
  const reason =
    token === undefined || checkpoint === undefined
      ? 'TIME_STAMP_MALFORMED'
      : (covered ?? (await tokenObstacle(token, [checkpoint.note.text, policy], engine)));
  return { ...stepOf('time-stamp', reason), time: token?.info.time, head: checkpoint };
}
