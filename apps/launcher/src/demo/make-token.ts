import { decodePkcs8, encodeSm2Pkcs8, openSm2EnvelopedKey } from '@hufu/gm';
import { openSslSm2 } from '@hufu/gm/node';
import { buildCertificationRequest, buildName, type SignatureAlgorithm } from '@hufu/pki';
import { nodeSigner } from '@hufu/pki/node';
import {
  addKey,
  closeSoftToken,
  countPinAttempt,
  createSoftToken,
  describeSoftToken,
  setCertificate,
  tokenBytes,
  unlockSoftToken,
} from '@hufu/soft-token';
import { generatePkcs8, nodeTokenCrypto } from '@hufu/soft-token/node';
import type { DemoAuthority } from './authorities.ts';
import type { AuthorityClient, Issued } from './authority-client.ts';
import type { DemoKey } from './cast.ts';

const ALGORITHM: Readonly<Record<DemoAuthority['algorithm'], SignatureAlgorithm>> = {
  sm2: 'sm2-sm3',
  rsa: 'rsa-pkcs1-sha256',
  p256: 'ecdsa-p256-sha256',
};
/** The demo's tokens are many and its PINs public: a light key derivation spares the first start. */
const COST = { N: 4_096, r: 8, p: 1 };
const DAY = 86_400_000;

export type MadeToken = {
  readonly tokenId: string;
  readonly file: Uint8Array;
  readonly certificate: Uint8Array;
};

const iso = (at: number) => new Date(at).toISOString();

function validity(fate: DemoKey['fate'], now: number) {
  if (fate === 'expired') return { notBefore: iso(now - 400 * DAY), notAfter: iso(now - 35 * DAY) };
  if (fate === 'not-yet-valid') return { notBefore: iso(now + 30 * DAY), notAfter: iso(now + 395 * DAY) };
  return { notBefore: iso(now - DAY), notAfter: iso(now + 365 * DAY) };
}

function holderOf(key: DemoKey, mediaNumber: string): Record<string, string> {
  const { kind, uscc, unitName, personName, personIdNo } = key;
  return {
    kind,
    uscc,
    unitName,
    mediumNo: mediaNumber,
    ...(personName === undefined ? {} : { personName }),
    ...(personIdNo === undefined ? {} : { personIdNo }),
  };
}

/** Makes a key in a new software token, has the authority certify it, and lets happen to it what its part demands. */
export async function makeToken(
  key: DemoKey,
  authority: DemoAuthority,
  tools: { readonly client: AuthorityClient; readonly mediaNumber: string; readonly now: number },
): Promise<MadeToken> {
  const { client, mediaNumber, now } = tools;
  const pkcs8 = generatePkcs8(ALGORITHM[authority.algorithm]);
  const signer = nodeSigner(pkcs8);
  const csr = await buildCertificationRequest(
    { subject: buildName([{ oid: '2.5.4.3', text: key.id }]), extensions: [] },
    signer,
  );
  const issued = await client.issue({ csr, holder: holderOf(key, mediaNumber), ...validity(key.fate, now) });
  const file = await tokenWith(key, { mediaNumber, pkcs8, issued });
  if (key.fate === 'revoked') await client.revoke(issued.serialHex);
  if (key.fate === 'on-hold') await client.hold(issued.serialHex);
  return { tokenId: describeSoftToken(file).tokenId, file, certificate: issued.certificate };
}

type Parts = { readonly mediaNumber: string; readonly pkcs8: Uint8Array; readonly issued: Issued };

async function tokenWith(key: DemoKey, { mediaNumber, pkcs8, issued }: Parts): Promise<Uint8Array> {
  const empty = await createSoftToken(
    { label: key.label, mediaNumber, pin: key.pin, cost: COST },
    nodeTokenCrypto,
  );
  const unlocked = await unlockSoftToken(countPinAttempt(empty), key.pin, nodeTokenCrypto);
  let { token, keyId } = addKey(unlocked, { usage: 'sign', pkcs8 }, nodeTokenCrypto);
  token = setCertificate(token, keyId, issued.certificate);
  if (issued.encryption !== undefined) {
    const encryption = await encryptionKey(pkcs8, issued.encryption.envelopedKey);
    const added = {
      usage: 'encrypt' as const,
      pkcs8: encryption,
      certificate: issued.encryption.certificate,
    };
    ({ token, keyId } = addKey(token, added, nodeTokenCrypto));
  }
  const bytes = tokenBytes(token);
  closeSoftToken(token);
  return bytes;
}

/** The encryption key pair is made by the authority and comes sealed to the signing key (GB/T 35276-2017 §7.4). */
async function encryptionKey(signingPkcs8: Uint8Array, enveloped: Uint8Array): Promise<Uint8Array> {
  const signing = decodePkcs8(signingPkcs8);
  if (signing.kind !== 'sm2') throw new Error('only SM2 authorities issue double certificates');
  const { privateKey } = signing.keyPair;
  const pair = await openSm2EnvelopedKey(enveloped, (wrapped) =>
    openSslSm2(nodeTokenCrypto.random).decrypt(privateKey, wrapped),
  );
  return encodeSm2Pkcs8(pair.privateKey);
}
