import {
  createHash,
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  type KeyObject,
} from 'node:crypto';
import type { RandomBytes } from '@hufu/kernel';
import { CodedError } from '@hufu/kernel';
import { gmError } from '../errors.ts';
import { encodeSm2Pkcs8 } from '../keys/pkcs8.ts';
import { encodeSm2Spki } from '../keys/spki.ts';
import { SM2_DEFAULT_ID, sm2Z } from '../sm2/digest.ts';
import { nobleSm2, type Sm2Engine } from '../sm2/engine.ts';
import { sm2PublicKey } from '../sm2/keys.ts';
import { assertKnownAnswer } from './known-answer.ts';
import { RecentCache } from './recent-cache.ts';

type ReadyKey = {
  readonly key: KeyObject;
  readonly publicKey: Uint8Array;
  /** Z for the default ID. */
  readonly z: Uint8Array;
};

const RECENT_SIGNERS = 256;
const RECENT_VERIFIERS = 4096;

/**
 * A key object straight from Node's generator has the type `ec` and would make ECDSA signatures on the SM2 curve;
 * one that was imported from DER has no type, and only that one makes SM2 signatures.
 */
function assertSm2KeyObject(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== undefined) throw gmError('GM_SELF_TEST');
  return key;
}

function readySigner(privateKey: Uint8Array): ReadyKey {
  const der = Buffer.from(encodeSm2Pkcs8(privateKey));
  const publicKey = sm2PublicKey(privateKey);
  const key = assertSm2KeyObject(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  der.fill(0);
  return { key, publicKey, z: sm2Z(publicKey) };
}

function readyVerifier(publicKey: Uint8Array): ReadyKey {
  const der = Buffer.from(encodeSm2Spki(publicKey));
  const key = assertSm2KeyObject(createPublicKey({ key: der, format: 'der', type: 'spki' }));
  return { key, publicKey, z: sm2Z(publicKey) };
}

const zOf = (ready: ReadyKey, id: Uint8Array | undefined): Uint8Array =>
  id === undefined || id === SM2_DEFAULT_ID ? ready.z : sm2Z(ready.publicKey, id);

/** Keys are looked up by digest, so that no private key becomes the key of a map. */
const nameOf = (key: Uint8Array): string => createHash('sha256').update(key).digest('base64');

/**
 * SM2 on Node's own OpenSSL. `createSign('sm3')` hashes what it is fed and signs the digest, so feeding it Z ‖ M
 * makes the signature of GB/T 32918.2 for any ID; `crypto.sign` cannot. Keys are imported once and kept (the most
 * recent ones). OpenSSL's verifier is strict about DER and ranges. Encryption goes to the portable engine, because
 * Node does not offer SM2 encryption. The first use runs the known-answer test of GB/T 32918.5.
 */
export function openSslSm2(random: RandomBytes): Sm2Engine {
  const portable = nobleSm2(random);
  const signers = new RecentCache(RECENT_SIGNERS, readySigner);
  const verifiers = new RecentCache(RECENT_VERIFIERS, readyVerifier);

  const engine: Sm2Engine = {
    sign(privateKey, message, id) {
      ensureTested();
      const ready = signers.get(nameOf(privateKey), privateKey);
      return new Uint8Array(createSign('sm3').update(zOf(ready, id)).update(message).sign(ready.key));
    },
    verify(publicKey, message, signature, id) {
      ensureTested();
      try {
        const ready = verifiers.get(nameOf(publicKey), publicKey);
        return createVerify('sm3').update(zOf(ready, id)).update(message).verify(ready.key, signature);
      } catch (error) {
        if (error instanceof CodedError && error.code === 'GM_SELF_TEST') throw error;
        return false;
      }
    },
    encrypt: portable.encrypt,
    decrypt: portable.decrypt,
  };

  let tested = false;
  function ensureTested(): void {
    if (tested) return;
    tested = true;
    try {
      assertKnownAnswer(engine);
    } catch (error) {
      tested = false;
      throw error;
    }
  }
  return engine;
}
