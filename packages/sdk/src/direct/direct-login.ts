import { type Clock, fromBase64, systemClock, toBase64Url, toHex } from '@hufu/kernel';
import { type AuthChallenge, authStatementBytes } from '@hufu/keybridge-client';
import {
  assess,
  type Certificate,
  type CryptoEngine,
  enterpriseObstacle,
  isMessageSignedBy,
  judgeCrls,
  parseCertificate,
  type Recognition,
  type TrustIndex,
} from '@hufu/pki';
import { sdkError } from '../errors.ts';
import { revocationLists } from '../trust/revocation-lists.ts';
import type { TrustListReader } from '../trust/trust-list-reader.ts';

export type DirectLoginOptions = {
  /** The platform's own origin: a signature made on any other site is refused. */
  readonly origin: string;
  /** Names this platform inside the signature, e.g. its client id. */
  readonly audience: string;
  readonly trustList: TrustListReader;
  readonly engine: CryptoEngine;
  readonly clock?: Clock;
  readonly randomBytes?: (length: number) => Uint8Array;
};

export type DirectProof = {
  readonly challengeId: string;
  /** DER, base64. */
  readonly certificate: string;
  /** base64 */
  readonly signature: string;
};

/** Whose key it was, by the authority's own certificate profile. Roles and filing are the platform's to know. */
export type DirectHolder = {
  readonly unitName: string;
  readonly uscc: string | undefined;
  readonly certificate: { readonly serial: string; readonly issuer: string };
};

export type DirectLogin = {
  challenge(): AuthChallenge;
  /**
   * @throws CodedError SDK_CHALLENGE_EXPIRED, SDK_SIGNATURE_INVALID, SDK_CERTIFICATE_REFUSED (with the cause's code),
   *   SDK_TRUST_LIST_MISSING
   */
  verify(proof: DirectProof): Promise<DirectHolder>;
};

const LIFETIME_MS = 5 * 60_000;
const MAX_OPEN = 10_000;

/**
 * Login at the platform itself, without the hub, for enterprises that the hub has brought here before (PLAT-003).
 * The caller must still check that: see `notActivated`. Trust comes from the hub's signed list alone, so this works
 * while the hub is down.
 */
export function directLogin(options: DirectLoginOptions): DirectLogin {
  const { origin, audience, engine, clock = systemClock } = options;
  const random = options.randomBytes ?? ((length: number) => crypto.getRandomValues(new Uint8Array(length)));
  const open = new Map<string, AuthChallenge>();
  const listsOf = revocationLists();

  function take(challengeId: string, at: number): AuthChallenge {
    const challenge = open.get(challengeId);
    open.delete(challengeId);
    if (challenge === undefined || Date.parse(challenge.issuedAt) + LIFETIME_MS < at) {
      throw sdkError('SDK_CHALLENGE_EXPIRED');
    }
    return challenge;
  }

  async function requireSignature(challenge: AuthChallenge, certificate: Certificate, signature: Uint8Array) {
    const message = authStatementBytes({
      ...challenge,
      act: 'platform-login',
      origin,
      certificateSha256: toHex(engine.digest('sha256', certificate.der)),
    });
    if (!(await isMessageSignedBy(certificate.spki, { message, signature }, engine)))
      throw sdkError('SDK_SIGNATURE_INVALID');
  }

  async function requireGood(
    recognition: Recognition,
    index: TrustIndex,
    certificate: Certificate,
    at: number,
  ) {
    const region = recognition.status === 'unrecognised' ? '' : recognition.authority.policy.region;
    const revocation = recognition.status === 'recognised' ? await statusOf(recognition, index, at) : [];
    const decision = assess({ certificate, recognition, revocation, region, at });
    if (!decision.allow) throw sdkError('SDK_CERTIFICATE_REFUSED', { cause: decision.code });
  }

  async function statusOf(
    recognition: Recognition & { status: 'recognised' },
    index: TrustIndex,
    at: number,
  ) {
    const { authority, path } = recognition;
    const store = index.storeOf(authority.id);
    if (store === undefined) return [];
    const crls = await listsOf(authority, at);
    return Promise.all(
      path.certificates.map((_certificate, certificateIndex) =>
        judgeCrls({ path, certificateIndex, crls, store, engine, at }),
      ),
    );
  }

  return {
    challenge() {
      const oldest = open.keys().next().value;
      if (open.size >= MAX_OPEN && oldest !== undefined) open.delete(oldest);
      const challenge: AuthChallenge = {
        challengeId: toBase64Url(random(18)),
        nonce: toBase64Url(random(24)),
        audience,
        issuedAt: new Date(clock.now()).toISOString(),
      };
      open.set(challenge.challengeId, challenge);
      return challenge;
    },

    async verify(proof) {
      const at = clock.now();
      const challenge = take(proof.challengeId, at);
      const certificate = parseCertificate(fromBase64(proof.certificate));
      await requireSignature(challenge, certificate, fromBase64(proof.signature));
      const { index } = await options.trustList.current();
      const recognition = await index.recognise(certificate, { purpose: 'sign', at });
      await requireGood(recognition, index, certificate, at);
      const facts = recognition.status === 'recognised' ? recognition.facts : undefined;
      const obstacle = facts && enterpriseObstacle(facts);
      if (facts?.unitName === undefined || obstacle !== undefined) {
        throw sdkError('SDK_CERTIFICATE_REFUSED', { cause: obstacle ?? 'no-unit-name' });
      }
      return {
        unitName: facts.unitName,
        uscc: facts.uscc,
        certificate: { serial: certificate.serialHex, issuer: issuerText(certificate) },
      };
    },
  };
}

/** The common name of the issuer, as the hub's tokens write it. */
function issuerText(certificate: Certificate): string {
  const attributes = certificate.issuer.rdns.flat();
  return attributes.find(({ oid }) => oid === '2.5.4.3')?.text ?? '';
}

/** MSG-25: to be thrown by a platform that does not know the enterprise yet. */
export const notActivated = () => sdkError('SDK_NOT_ACTIVATED');
