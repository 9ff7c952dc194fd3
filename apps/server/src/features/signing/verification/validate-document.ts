import { equalBytes } from '@hufu/kernel';
import {
  type Certificate,
  EXTENDED_KEY_USAGE_OID,
  type RevocationVerdict,
  type TrustAnchor,
  type ValidPath,
} from '@hufu/pki';
import {
  type CertificateJudge,
  certificateJudge,
  type TrustByRole,
  type ValidationReport,
  validatePdf,
} from '@hufu/seal';
import { nodeStartDigest } from '@hufu/seal/node';
import type { SigningDeps } from '../deps.ts';

export type ValidationDeps = Pick<
  SigningDeps,
  'database' | 'clock' | 'engine' | 'maker' | 'trust' | 'timeStamper'
>;

const standing = (now: number): RevocationVerdict => ({
  status: 'good',
  source: 'crl',
  producedAt: now,
  nextUpdate: now,
  evidence: [],
});

/** The operator has named this service to be trusted; its authority publishes no revocation that is known here. */
function isNamedTimeStamper({ timeStamper }: ValidationDeps, { path }: ValidPath, index: number): boolean {
  const { certificate: root } = path.anchor;
  const isNamed = (anchor: TrustAnchor) =>
    root !== undefined && anchor.certificate !== undefined && equalBytes(anchor.certificate.der, root.der);
  return (
    (timeStamper?.anchors.some(isNamed) ?? false) &&
    path.certificates[index]?.extendedKeyUsage?.includes(EXTENDED_KEY_USAGE_OID.timeStamping) === true
  );
}

/** Our makers are revoked by nobody but the register, which is asked for each seal by its number. */
async function revocationOf(
  deps: ValidationDeps,
  path: ValidPath,
  certificateIndex: number,
): Promise<RevocationVerdict> {
  const certificate = path.path.certificates[certificateIndex] as Certificate;
  if (await deps.maker.isOwn(deps.database.db, certificate)) return standing(deps.clock.now());
  const verdict = await deps.trust.revocation(path, certificateIndex);
  const isSilent = verdict.status === 'unknown' && verdict.reason === 'no-source';
  return isSilent && isNamedTimeStamper(deps, path, certificateIndex) ? standing(deps.clock.now()) : verdict;
}

/** Who was recognised for one thing has no word on the other two. */
async function storeOf({ database, maker, trust, timeStamper }: ValidationDeps): Promise<TrustByRole> {
  return {
    signer: await trust.store(),
    maker: await trust.store(await maker.anchors(database.db)),
    'time-stamp': await trust.store(timeStamper?.anchors),
  };
}

/** The validator with our trust: recognised authorities, our seal makers, the configured time-stamp service, each for its own. */
export async function validateDocument(deps: ValidationDeps, pdf: Uint8Array): Promise<ValidationReport> {
  return validatePdf(pdf, {
    store: await storeOf(deps),
    engine: deps.engine,
    now: deps.clock.now(),
    start: nodeStartDigest,
    askRevocation: (path, certificateIndex) => revocationOf(deps, path, certificateIndex),
  });
}

/** The same trust, for the seals of OFD documents. */
export async function ofdJudge(deps: ValidationDeps): Promise<CertificateJudge> {
  return certificateJudge({
    store: await storeOf(deps),
    engine: deps.engine,
    revocation: (path) => revocationOf(deps, path, 0),
  });
}

/** Every seal and signature of the document holds. */
export const isValid = ({ verdict }: ValidationReport): boolean => verdict.status === 'valid';
