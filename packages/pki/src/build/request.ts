import { derContext, derInteger, derOid, derSequence, derSet } from '@hufu/gm';
import type { Signer } from '../crypto-engine.ts';
import { PKCS9_OID } from '../x509/oids.ts';
import { buildExtension, type ExtensionSpec } from './extensions.ts';
import { signDer } from './signed.ts';

/** CertificationRequest (RFC 2986) in DER; `subject` is an encoded Name. */
export function buildCertificationRequest(
  spec: { readonly subject: Uint8Array; readonly extensions?: readonly ExtensionSpec[] },
  signer: Signer,
): Promise<Uint8Array> {
  const { extensions = [] } = spec;
  const attributes =
    extensions.length === 0
      ? []
      : [
          derSequence(
            derOid(PKCS9_OID.extensionRequest),
            derSet(derSequence(...extensions.map(buildExtension))),
          ),
        ];
  const info = derSequence(derInteger(0), spec.subject, signer.publicKey, derContext(0, ...attributes));
  return signDer(info, signer);
}
