import { type Clock, equalBytes } from '@hufu/kernel';
import {
  anchorFromCertificate,
  type Certificate,
  type CryptoEngine,
  createTrustStore,
  type RevocationVerdict,
  type TrustAnchor,
  type TrustedAuthority,
  type TrustStore,
  unknownVerdict,
  type ValidPath,
} from '@hufu/pki';
import type { TrustSnapshot, TrustState } from './state/trust-state.ts';
import type { StatusChecker } from './status/status-checker.ts';

/** What signatures in documents are judged by: the recognised authorities, and what they say of revocation now. */
export type DocumentTrust = {
  /** Anchors of the authorities that have joined and are not suspended. */
  anchors(): Promise<readonly TrustAnchor[]>;
  store(extra?: readonly TrustAnchor[]): Promise<TrustStore>;
  /** Asks about one certificate of a path that holds. */
  revocation(path: ValidPath, certificateIndex: number): Promise<RevocationVerdict>;
  /** For a signature that is being made: the signer's issuers up to the root, and the lists that are held, DER. */
  evidence(signer: Certificate): Promise<{
    readonly certificates: readonly Uint8Array[];
    readonly crls: readonly Uint8Array[];
  }>;
};

type Parts = {
  readonly state: TrustState;
  readonly status: StatusChecker;
  readonly engine: CryptoEngine;
  readonly clock: Clock;
};

const relied = ({ index }: TrustSnapshot): TrustedAuthority[] =>
  [...index.authorities.values()].filter(({ policy }) => policy.joined && policy.suspended === undefined);

export function createDocumentTrust({ state, status, engine, clock }: Parts): DocumentTrust {
  const authorityOf = async ({ path }: ValidPath): Promise<TrustedAuthority | undefined> => {
    const { certificate } = path.anchor;
    const isOwn = ({ der }: Certificate) => certificate !== undefined && equalBytes(der, certificate.der);
    return relied(await state.loaded()).find(({ anchors }) => anchors.some(isOwn));
  };
  const anchors = async () =>
    relied(await state.loaded()).flatMap((authority) => authority.anchors.map(anchorFromCertificate));

  return {
    anchors,
    async store(extra = []) {
      const intermediates = relied(await state.loaded()).flatMap((authority) => authority.intermediates);
      return createTrustStore({ anchors: [...(await anchors()), ...extra], intermediates, engine });
    },
    async revocation(path, certificateIndex) {
      const authority = await authorityOf(path);
      if (authority === undefined) return unknownVerdict('no-source');
      const verdicts = await status.check({ path: path.path, authority });
      return verdicts[certificateIndex] ?? unknownVerdict('no-source');
    },
    async evidence(signer) {
      const { index, crlsOf } = await state.loaded();
      const recognition = await index.recognise(signer, { purpose: 'sign', at: clock.now() });
      if (recognition.status !== 'recognised') return { certificates: [], crls: [] };
      const { path, authority } = recognition;
      const { certificate: root } = path.anchor;
      return {
        certificates: [...path.certificates.slice(1), ...(root ? [root] : [])].map(({ der }) => der),
        crls: crlsOf(authority.id).map(({ der }) => der),
      };
    },
  };
}
