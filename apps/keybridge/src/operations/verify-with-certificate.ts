import { type KeyKind, parseCertificate, SIGNATURE_OID } from '@hufu/pki';
import { nodeCryptoEngine } from '@hufu/pki/node';

const engine = nodeCryptoEngine();

const NULL = Uint8Array.of(5, 0);

/** Algorithm of the key bridge protocol for each kind of certified key. */
const ALGORITHMS: Readonly<Partial<Record<KeyKind, { oid: string; parameters: Uint8Array | undefined }>>> = {
  sm2: { oid: SIGNATURE_OID.sm2Sm3, parameters: undefined },
  p256: { oid: SIGNATURE_OID.ecdsaSha256, parameters: undefined },
  rsa: { oid: SIGNATURE_OID.rsaSha256, parameters: NULL },
};

/** Whether the signature over the message was made with the certified key. Says nothing about the certificate. */
export async function verifyWithCertificate(
  certificate: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const { spki } = parseCertificate(certificate);
  const algorithm = ALGORITHMS[spki.kind];
  if (algorithm === undefined) return false;
  return engine.verify(spki, { ...algorithm, der: new Uint8Array() }, message, signature);
}
