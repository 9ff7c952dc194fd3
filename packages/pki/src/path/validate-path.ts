import { TRADING_ALGORITHMS } from './algorithm-policy.ts';
import { buildPaths } from './build-paths.ts';
import type { CertificatePath } from './certificate-path.ts';
import { checkIssuerItself } from './check-issuer-itself.ts';
import { checkPath, type ValidPath } from './check-path.ts';
import { failureAt, type PathFailure, refuse } from './failure.ts';
import { createBudget, DEFAULT_LIMITS } from './limits.ts';
import type { ValidatePathOptions } from './path-options.ts';
import type { StepTools } from './path-state.ts';
import { createSignatureChecker } from './signature-checker.ts';
import { createVerifiedSignatures } from './verified-signatures.ts';

export type PathVerdict = ValidPath | PathFailure;

/**
 * Finds a way from the certificate to one of our anchors and validates it (RFC 5280 §6.1, policies by RFC 9618). The
 * first path that holds is the answer; if none does, the failure that its holder can do most about. Never throws on
 * what a certificate says, and ends within `limits`.
 */
export const validatePath = (options: ValidatePathOptions): Promise<PathVerdict> =>
  findPath(options, createTools(options));

/** The same within a budget that other work shares. */
export async function findPath(options: ValidatePathOptions, tools: StepTools): Promise<PathVerdict> {
  const { certificate, store } = options;
  if (store.isAnchor(certificate)) return failureAt(0, refuse('TARGET_IS_ANCHOR', 'RFC 5280 §6.1'));
  const failures = createFailureLog();
  const candidates = buildPaths({
    certificate,
    store,
    ...tools,
    maximumIntermediates: options.limits?.intermediates ?? DEFAULT_LIMITS.intermediates,
    checkIssuer: (issuer) => checkIssuerItself(issuer, options),
    onDeadEnd: (index, failure) => failures.addDeadEnd(failureAt(index, failure)),
  });
  for await (const path of candidates) {
    if (tools.budget.spend('paths')) break;
    const verdict = await judge(path, options, tools);
    if (verdict.ok) return verdict;
    failures.addPath(verdict);
  }
  const exhausted = tools.budget.exceeded();
  return exhausted ? failureAt(0, exhausted) : failures.told();
}

async function judge(
  path: CertificatePath,
  options: ValidatePathOptions,
  tools: StepTools,
): Promise<PathVerdict> {
  const verdict = await checkPath(path, options, tools);
  if (!verdict.ok || !options.accept) return verdict;
  const objection = await options.accept(path);
  return objection ? failureAt(objection.certificateIndex, objection.failure) : verdict;
}

export type ToolOptions = Pick<ValidatePathOptions, 'engine' | 'verified' | 'algorithms' | 'limits'>;

export function createTools(options: ToolOptions): StepTools {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const budget = createBudget(limits);
  const signatures = createSignatureChecker({
    engine: options.engine,
    policy: options.algorithms ?? TRADING_ALGORITHMS,
    // Without a cache of the caller's, one for this verdict still spares verifying a link twice.
    verified: options.verified ?? createVerifiedSignatures(limits.signatures),
    budget,
  });
  return { budget, signatures };
}

/**
 * Which of several failures is told: that of a whole path, the nearest to the end certificate; without one, that of the
 * way that led furthest up.
 */
function createFailureLog(): FailureLog {
  let ofPath: PathFailure | undefined;
  let ofWay: PathFailure | undefined;
  return {
    addPath(failure) {
      if (!ofPath || failure.certificateIndex < ofPath.certificateIndex) ofPath = failure;
    },
    addDeadEnd(failure) {
      if (!ofWay || failure.certificateIndex > ofWay.certificateIndex) ofWay = failure;
    },
    told: () => ofPath ?? ofWay ?? failureAt(0, refuse('NO_PATH', 'RFC 5280 §6.1')),
  };
}

type FailureLog = {
  addPath(failure: PathFailure): void;
  addDeadEnd(failure: PathFailure): void;
  told(): PathFailure;
};
