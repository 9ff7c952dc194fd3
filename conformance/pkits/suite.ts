import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '@hufu/kernel';
import {
  anchorFromCertificate,
  type Certificate,
  checkCrl,
  createTrustStore,
  createVerifiedSignatures,
  type PathObjection,
  parseCertificate,
  parseCrl,
  validatePath,
} from '@hufu/pki';
import { nodeCryptoEngine } from '@hufu/pki/node';
import { type PkitsRun, runsFor } from './cases.ts';
import { PKITS_ALGORITHMS, withDsa } from './dsa-engine.ts';

/** All certificates and lists of the suite are current from 2010 to 2030. */
const TIME = Date.UTC(2026, 10, 20);
const ANCHOR = 'TrustAnchorRootCertificate.crt';
const END = 'EE.crt';
const TEST_POLICY = '2.16.840.1.101.3.2.1.48.';

export type PkitsResult = { readonly run: PkitsRun; readonly accepted: boolean; readonly why: string };

/**
 * Runs PKITS from a folder that holds its `certs` and `crls`. Every run sees all certificates and lists of the suite at
 * once, which asks more of path building than the few that each test needs.
 */
export async function runPkits(folder: string): Promise<readonly PkitsResult[]> {
  const engine = withDsa(nodeCryptoEngine());
  const files = readdirSync(join(folder, 'certs')).sort();
  const certificate = (file: string): Certificate | undefined =>
    readable(() => parseCertificate(readFileSync(join(folder, 'certs', file))));
  const anchor = certificate(ANCHOR);
  if (!anchor) throw new TypeError('PKITS: the trust anchor cannot be read');
  const authorities = files.filter((file) => file !== ANCHOR && !file.endsWith(END));
  const store = createTrustStore({
    engine,
    anchors: [anchorFromCertificate(anchor)],
    intermediates: authorities.flatMap((file) => certificate(file) ?? []),
  });
  const crls = readdirSync(join(folder, 'crls')).flatMap(
    (file) => readable(() => parseCrl(readFileSync(join(folder, 'crls', file)))) ?? [],
  );
  const shared = {
    time: TIME,
    store,
    engine,
    algorithms: PKITS_ALGORITHMS,
    waivedProfileRules: 'all',
    verified: createVerifiedSignatures(10_000),
  } as const;

  async function judge(run: PkitsRun): Promise<PkitsResult> {
    const end = certificate(`${run.name}${END}`);
    if (!end) return { run, accepted: false, why: 'parser' };
    const { accepted, ...inputs } = run.inputs;
    const verdict = await validatePath({
      ...shared,
      certificate: end,
      policies: { ...inputs, accepted: accepted && new Set(accepted.map((n) => TEST_POLICY + n)) },
      async accept(path): Promise<PathObjection | undefined> {
        for (const certificateIndex of path.certificates.keys()) {
          const status = await checkCrl({ ...shared, path, certificateIndex, crls });
          if (status.status === 'good') continue;
          const code = status.status === 'revoked' ? 'REVOKED' : 'REVOCATION_UNKNOWN';
          const failure = { code, clause: 'RFC 5280 §6.1.3(a)(3)', detail: status.reason } as const;
          return { certificateIndex, failure };
        }
        return undefined;
      },
    });
    const why = verdict.ok ? '' : `${verdict.code} ${verdict.detail} at ${verdict.certificateIndex}`;
    return { run, accepted: verdict.ok, why };
  }

  const results: PkitsResult[] = [];
  for (const file of files.filter((name) => name.endsWith(END))) {
    for (const run of runsFor(file.slice(0, -END.length))) results.push(await judge(run));
  }
  return results;
}

/** What the strict parser refuses takes no part. */
function readable<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof CodedError) return undefined;
    throw error;
  }
}
