import { CodedError, fromPem } from '@hufu/kernel';
import type { Crl } from '../../../src/crl/model.ts';
import { parseCrl } from '../../../src/crl/parse-crl.ts';
import { nodeCryptoEngine } from '../../../src/node/index.ts';
import type { CertificatePath } from '../../../src/path/certificate-path.ts';
import { checkCrl } from '../../../src/path/crl/check-crl.ts';
import { refuse } from '../../../src/path/failure.ts';
import type { PathObjection } from '../../../src/path/path-options.ts';
import { anchorFromCertificate, createTrustStore } from '../../../src/path/trust-store.ts';
import { validatePath } from '../../../src/path/validate-path.ts';
import { parseCertificate } from '../../../src/x509/certificate.ts';
import type { Certificate } from '../../../src/x509/model.ts';
import { EXTENDED_KEY_USAGE_OID } from '../../../src/x509/oids.ts';
import { carriesName } from './peer-name.ts';
import type { LimboCase } from './vectors.ts';

/** Cases without a time are valid at the suite's own date; all of them lie between these years. */
const DEFAULT_TIME = Date.UTC(2026, 10, 20);

const engine = nodeCryptoEngine();

export type LimboOutcome = { readonly accepted: boolean; readonly why: string };

/** What we say about one case, as a TLS peer that trusts the case's anchors would use us. */
export async function runCase(testCase: LimboCase): Promise<LimboOutcome> {
  const certificate = parsed(testCase.peer_certificate);
  if (typeof certificate === 'string') return { accepted: false, why: certificate };
  const store = createTrustStore({
    engine,
    anchors: readable(testCase.trusted_certs).map(anchorFromCertificate),
    intermediates: readable(testCase.untrusted_intermediates),
  });
  const time = testCase.validation_time === null ? DEFAULT_TIME : Date.parse(testCase.validation_time);
  const crls = (testCase.crls ?? []).map((pem) => parseCrl(fromPem('X509 CRL', pem)[0]!));
  const accept = (path: CertificatePath) => notRevoked({ path, crls, store, time });
  const verdict = await validatePath({
    certificate,
    store,
    engine,
    time,
    ...(testCase.key_usage.includes('digitalSignature') && { purpose: 'sign' }),
    extendedKeyUsage:
      testCase.validation_kind === 'SERVER'
        ? EXTENDED_KEY_USAGE_OID.serverAuth
        : EXTENDED_KEY_USAGE_OID.clientAuth,
    ...(testCase.max_chain_depth !== null && { limits: { intermediates: testCase.max_chain_depth } }),
    ...(crls.length > 0 && { accept }),
  });
  if (!verdict.ok) {
    return { accepted: false, why: `${verdict.code} ${verdict.detail} @${verdict.certificateIndex}` };
  }
  return hasExpectedNames(testCase, certificate)
    ? { accepted: true, why: '' }
    : { accepted: false, why: 'harness: peer name' };
}

type RevocationInputs = {
  readonly path: CertificatePath;
  readonly crls: readonly Crl[];
  readonly store: ReturnType<typeof createTrustStore>;
  readonly time: number;
};

async function notRevoked(inputs: RevocationInputs): Promise<PathObjection | undefined> {
  const status = await checkCrl({ ...inputs, certificateIndex: 0, engine });
  if (status.status === 'good') return undefined;
  const code = status.status === 'revoked' ? 'REVOKED' : 'REVOCATION_UNKNOWN';
  return { certificateIndex: 0, failure: refuse(code, 'RFC 5280 §6.3', status.reason) };
}

function hasExpectedNames(testCase: LimboCase, certificate: Certificate): boolean {
  const wanted = testCase.expected_peer_name ? [testCase.expected_peer_name] : testCase.expected_peer_names;
  return wanted.every((name) => carriesName(certificate, name));
}

/** The certificate, or the code with which the parser refuses it. */
function parsed(pem: string): Certificate | string {
  try {
    return parseCertificate(fromPem('CERTIFICATE', pem)[0]!);
  } catch (error) {
    if (error instanceof CodedError) return `parser: ${error.code}`;
    throw error;
  }
}

const readable = (pems: readonly string[]): Certificate[] =>
  pems.map(parsed).filter((certificate) => typeof certificate !== 'string');
