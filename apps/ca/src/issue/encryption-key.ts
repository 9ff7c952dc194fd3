import { randomBytes } from 'node:crypto';
import { encodeSm2Spki, generateSm2KeyPair, sealSm2KeyPair } from '@hufu/gm';
import { equalBytes } from '@hufu/kernel';
import {
  type Certificate,
  type CryptoEngine,
  parsePublicKeyInfo,
  readProfile,
  type SubjectPublicKeyInfo,
} from '@hufu/pki';
import { caError } from '../errors.ts';
import type { Options } from '../options.ts';
import type { Store } from '../state/store.ts';
import type { Holder } from '../vendors/holder.ts';
import { VENDORS } from '../vendors/index.ts';
import { readRequest } from './read-request.ts';

export type EncryptionKey = {
  readonly key: SubjectPublicKeyInfo;
  /** Made here, proved by a request, or certified before (OD-31). */
  readonly from: 'made' | 'request' | 'certificate';
  /** Of a pair that was made here: sealed to the signing key (GB/T 35276-2017 §7.4). */
  readonly envelopedKey: Uint8Array | undefined;
};

type Wish = {
  readonly encryptionCsr?: Uint8Array | undefined;
  readonly encryptionOf?: string | undefined;
  /** Key of the signing certificate beside it. */
  readonly signing: SubjectPublicKeyInfo;
  readonly holder: Holder;
};

type Means = { readonly options: Options; readonly engine: CryptoEngine; readonly store: Store };

/** The encryption key of a pair. @throws CA_ENCRYPTION_KEY, CA_RENEWAL, CA_REQUEST_SIGNATURE, CA_KEY_KIND */
export async function chooseEncryptionKey(wish: Wish, means: Means): Promise<EncryptionKey> {
  if (wish.encryptionCsr !== undefined && wish.encryptionOf !== undefined) throw caError('CA_ENCRYPTION_KEY');
  if (wish.encryptionOf !== undefined) {
    return {
      key: certifiedBefore(wish.encryptionOf, wish, means),
      from: 'certificate',
      envelopedKey: undefined,
    };
  }
  if (wish.encryptionCsr !== undefined) {
    const { spki } = await readRequest(wish.encryptionCsr, means.engine);
    if (spki.kind !== 'sm2') throw caError('CA_KEY_KIND', { kind: spki.kind, bits: spki.bits });
    if (equalBytes(spki.der, wish.signing.der)) throw caError('CA_KEY_REUSED');
    return { key: spki, from: 'request', envelopedKey: undefined };
  }
  const keyPair = generateSm2KeyPair(randomBytes);
  const envelopedKey = sealSm2KeyPair(wish.signing.publicKey, keyPair, randomBytes);
  keyPair.privateKey.fill(0);
  return { key: parsePublicKeyInfo(encodeSm2Spki(keyPair.publicKey)), from: 'made', envelopedKey };
}

function certifiedBefore(
  serialHex: string,
  { holder }: Wish,
  { store, options }: Means,
): SubjectPublicKeyInfo {
  const earlier = store.register.get(serialHex);
  const sound =
    earlier.purpose === 'encrypt' &&
    earlier.state.kind === 'good' &&
    isSameHolder(earlier.certificate, holder, options);
  if (!sound) throw caError('CA_RENEWAL');
  return earlier.certificate.spki;
}

/** Renewal changes no fact about its holder; what changes one is a new certificate with new keys (CA-037). */
function isSameHolder(certificate: Certificate, holder: Holder, { vendor }: Options): boolean {
  const facts = readProfile(certificate, VENDORS[vendor].profile);
  return (
    facts.kind === holder.kind &&
    facts.uscc === holder.uscc &&
    facts.unitName === holder.unitName &&
    (holder.kind === 'enterprise' || facts.personName === holder.personName)
  );
}
