import { readDocuments } from './document.ts';
import { judgeOfdSignature } from './judge-signature.ts';
import { DEFAULT_OFD_LIMITS } from './limits.ts';
import { openOfdPackage } from './package.ts';
import { digestCache } from './references.ts';
import type { OfdOptions, OfdReport, OfdSignatureJudgement } from './report.ts';
import { readSignatureList } from './signature-file.ts';
import { readSignatureParts, type SignatureParts, signingNamesOf } from './signature-parts.ts';

/**
 * Verifies every signature of an OFD document (GB/T 33190 §18 with GB/T 38540): the protected files, what is left
 * unprotected, the signed value, the seal and where it stands. A broken signature is a verdict; only a container that
 * cannot be read for certain is refused.
 * @throws OFD_ZIP, OFD_ZIP_UNSUPPORTED, OFD_NAME, OFD_DUPLICATE, OFD_LIMIT, OFD_XML, OFD_STRUCTURE
 */
export async function verifyOfd(bytes: Uint8Array, options: OfdOptions): Promise<OfdReport> {
  const pack = openOfdPackage(bytes, options.limits ?? DEFAULT_OFD_LIMITS);
  const documents = readDocuments(pack);
  const parts: SignatureParts[] = documents.flatMap((document, index) =>
    readSignatureList(pack, document).map((entry, order) =>
      readSignatureParts(pack, { entry, order, document, documentIndex: index }),
    ),
  );
  const signingNames = signingNamesOf(documents, parts);
  const digestOf = digestCache(pack, options.engine);
  const signatures: OfdSignatureJudgement[] = [];
  for (const part of parts) {
    signatures.push(await judgeOfdSignature(part, { ...options, pack, digestOf, signingNames }));
  }
  return { documents, signatures, files: pack.names.length };
}
