import { equalBytes } from '@hufu/kernel';
import type { Certificate } from '../x509/model.ts';
import { type CertificatePath, isSelfIssued } from './certificate-path.ts';
import { type CheckFailure, refuse } from './failure.ts';
import { lacksParameters } from './inherited-parameters.ts';
import type { Budget } from './limits.ts';
import type { SignatureChecker } from './signature-checker.ts';
import type { TrustAnchor, TrustStore } from './trust-store.ts';

export type BuildOptions = {
  readonly certificate: Certificate;
  readonly store: TrustStore;
  readonly signatures: SignatureChecker;
  readonly budget: Budget;
  readonly maximumIntermediates: number;
  /** Whether a certificate can be an issuer in any path at all. */
  readonly checkIssuer: (certificate: Certificate) => CheckFailure | undefined;
  /** Told of every way that came to an end, and at which certificate (0 is the end certificate). */
  readonly onDeadEnd: (certificateIndex: number, failure: CheckFailure) => void;
};

type Chain = readonly [Certificate, ...Certificate[]];

/**
 * All ways from a certificate up to our anchors, depth first, the likeliest first (RFC 4158 §3). Every step is proved
 * by a signature before it is taken, so that names alone lead nowhere and hostile meshes cost signatures from a fixed
 * budget. A key under a name is passed once per way, which undoes cycles.
 */
export async function* buildPaths(options: BuildOptions): AsyncGenerator<CertificatePath> {
  yield* climb(options, [options.certificate]);
}

async function* climb(options: BuildOptions, chain: Chain): AsyncGenerator<CertificatePath> {
  const { budget, onDeadEnd, store } = options;
  const at = chain.length - 1;
  const exhausted = budget.spend('nodes');
  if (exhausted) return onDeadEnd(at, exhausted);
  const top = chain[at]!;
  const { anchors, intermediates: known } = store.issuersOf(top);
  // An anchor is where a way ends; as a link between others it would hide that.
  const intermediates = known.filter((issuer) => !store.isAnchor(issuer) && !isPassed(chain, issuer));
  if (anchors.length + intermediates.length === 0) onDeadEnd(at, refuse('NO_PATH', 'RFC 5280 §6.1'));
  for (const anchor of anchors) {
    if (await proves(options, chain, anchor.key)) yield { certificates: chain, anchor };
  }
  for (const issuer of intermediates) {
    if (budget.exceeded()) return;
    const longer: Chain = [...chain, issuer];
    if (isTooDeep(longer, options.maximumIntermediates)) {
      onDeadEnd(at, refuse('PATH_TOO_DEEP', 'RFC 4158 §2.4.2'));
      continue;
    }
    if (!(await proves(options, chain, issuer.spki))) continue;
    const unfit = options.checkIssuer(issuer);
    if (unfit) onDeadEnd(at + 1, unfit);
    else yield* climb(options, longer);
  }
}

/** Did this key sign the chain's top? Where the key borrows its parameters, only the whole path can tell. */
async function proves(options: BuildOptions, chain: Chain, key: TrustAnchor['key']): Promise<boolean> {
  if (lacksParameters(key)) return true;
  const at = chain.length - 1;
  const failure = await options.signatures.check(chain[at]!, key);
  if (failure) options.onDeadEnd(at, failure);
  return failure === undefined;
}

/** Self-issued certificates do not count for the limit (RFC 5280 §6.1.4(l)), but are not free without end. */
function isTooDeep(chain: Chain, maximum: number): boolean {
  const intermediates = chain.slice(1);
  const counted = intermediates.filter((certificate) => !isSelfIssued(certificate)).length;
  return counted > maximum || intermediates.length > 2 * maximum + 2;
}

const isPassed = (chain: Chain, candidate: Certificate): boolean =>
  chain.some(
    (passed) =>
      passed.subject.key === candidate.subject.key &&
      equalBytes(passed.spki.publicKey, candidate.spki.publicKey),
  );
