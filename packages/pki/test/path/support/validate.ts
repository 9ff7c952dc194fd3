import { nodeCryptoEngine } from '../../../src/node/index.ts';
import type { CertificatePath } from '../../../src/path/certificate-path.ts';
import type { PathRules } from '../../../src/path/path-options.ts';
import { anchorFromCertificate, createTrustStore, type TrustStore } from '../../../src/path/trust-store.ts';
import { type PathVerdict, validatePath } from '../../../src/path/validate-path.ts';
import { type Issued, NOW } from './authority.ts';

export const engine = nodeCryptoEngine();

export const storeOf = (anchors: readonly Issued[], intermediates: readonly Issued[] = []): TrustStore =>
  createTrustStore({
    engine,
    anchors: anchors.map(({ certificate }) => anchorFromCertificate(certificate)),
    intermediates: intermediates.map(({ certificate }) => certificate),
  });

/** The chain runs from the root down to the end certificate; nothing else is known. */
export function validateChain(
  chain: readonly Issued[],
  rules: Partial<PathRules> = {},
): Promise<PathVerdict> {
  const [root, ...rest] = chain;
  const end = rest.at(-1)!;
  const store = storeOf([root!], rest.slice(0, -1));
  return validatePath({ certificate: end.certificate, store, engine, time: NOW, ...rules });
}

/** "ok" or the failure's code, its detail and its place, for tables. */
export function told(verdict: PathVerdict): string {
  if (verdict.ok) return 'ok';
  return `${verdict.code}${verdict.detail && ` ${verdict.detail}`} @${verdict.certificateIndex}`;
}

/** The path of a verdict that must be good. */
export function pathOf(verdict: PathVerdict): CertificatePath {
  if (!verdict.ok) throw new TypeError(`path refused: ${told(verdict)}`);
  return verdict.path;
}
