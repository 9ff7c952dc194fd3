import { derBitString, derContext, derInteger, derOid, derSequence, derTime } from '@hufu/gm';
import { CodedError } from '@hufu/kernel';
import { buildExtension, keyUsage, SIGNATURE_OID } from '../../src/index.ts';
import { nodeSigner } from '../../src/node/index.ts';
import { END, name, START } from './authority.ts';
import { newPrivateKey } from './keys.ts';

/** Parts of a certificate that a test may spoil one by one. */
export type Parts = {
  version: Uint8Array | undefined;
  serial: Uint8Array;
  inner: Uint8Array;
  issuer: Uint8Array;
  validity: Uint8Array;
  spki: Uint8Array;
  extensions: Uint8Array | undefined;
  outer: Uint8Array;
};

export const ECDSA = derSequence(derOid(SIGNATURE_OID.ecdsaSha256));
export const signer = nodeSigner(newPrivateKey('p256'));
export const usage = buildExtension(keyUsage('digitalSignature'));

export function assemble(changes: Partial<Parts> = {}): Uint8Array {
  const parts: Parts = {
    version: derContext(0, derInteger(2)),
    serial: derInteger(77),
    inner: ECDSA,
    issuer: name('发证'),
    validity: derSequence(derTime(START), derTime(END)),
    spki: signer.publicKey,
    extensions: derContext(3, derSequence(usage)),
    outer: ECDSA,
    ...changes,
  };
  const { version, serial, inner, issuer, validity, spki, extensions, outer } = parts;
  const tbs = derSequence(version, serial, inner, issuer, validity, name('持有'), spki, extensions);
  return derSequence(tbs, outer, derBitString(new Uint8Array(8)));
}

export const codeOf = (run: () => unknown): string => {
  try {
    run();
    return 'accepted';
  } catch (error) {
    return error instanceof CodedError ? error.code : `uncoded: ${String(error)}`;
  }
};
