import { setImmediate as nextTask } from 'node:timers/promises';
import { type Clock, CodedError } from '@hufu/kernel';
import {
  buildCertId,
  buildOcspError,
  buildOcspResponse,
  type CertId,
  type CryptoEngine,
  isCertIdOfIssuer,
  type OcspCertStatus,
  type OcspRequest,
  type OcspSingleSpec,
  parseCertId,
  parseOcspRequest,
} from '@hufu/pki';
import type { Entity, Hierarchy } from '../issue/hierarchy.ts';
import type { OcspMode, Options } from '../options.ts';
import type { CertificateState } from '../state/register.ts';
import type { Store } from '../state/store.ts';

export type OcspAnswer = {
  readonly der: Uint8Array;
  /** For how many seconds caches may keep it; 0 for answers to one client alone. */
  readonly maxAge: number;
};

export type OcspResponder = {
  /** The answer that was signed before for a request that was read before; nothing is awaited. */
  ready(request: Uint8Array): OcspAnswer | undefined;
  /** Always an OCSPResponse: what is wrong with a request is said in it. */
  answer(request: Uint8Array): Promise<OcspAnswer>;
  /** Signs ahead what is missing or ageing, giving way to other work. */
  presign(): Promise<void>;
};

export type OcspContext = {
  readonly options: Options;
  readonly clock: Clock;
  readonly engine: CryptoEngine;
  readonly hierarchy: Hierarchy;
  readonly store: Store;
  readonly signers: Readonly<Record<Exclude<OcspMode, 'down'>, Entity>>;
};

type Kept = OcspAnswer & { readonly state: CertificateState | undefined; readonly freshUntil: number };

const MAX_KEPT = 200_000;
const MAX_KNOWN_REQUESTS = 50_000;

const UNKNOWN: OcspCertStatus = { kind: 'unknown' };

function statusOf(state: CertificateState | undefined): OcspCertStatus {
  if (state === undefined) return UNKNOWN;
  switch (state.kind) {
    case 'good':
      return state;
    case 'held':
      return { kind: 'revoked', at: state.at, reason: 'certificateHold' };
    case 'revoked':
      return state;
  }
}

const idOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

/** A map that forgets its oldest entries. */
function remember<T>(map: Map<string, T>, key: string, value: T, most: number): void {
  const oldest = map.size >= most ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
  map.set(key, value);
}

/** Requests without a nonce and for one certificate are answered from what was signed before; others are signed live. */
export function createOcspResponder(context: OcspContext): OcspResponder {
  const { options, clock, engine, hierarchy, store, signers } = context;
  const issuer = hierarchy.intermediate.certificate;
  const validity = 1000 * options.ocspValidSeconds;
  // Kept answers go out during the first half of their time: a cache may hold them for half of what is left.
  const maxAge = Math.floor(options.ocspValidSeconds / 4);
  /** By CertID. */
  const kept = new Map<string, Kept>();
  /** CertIDs of requests that were read before, by their bytes. */
  const known = new Map<string, CertId>();

  const single = (certId: CertId, at: number): OcspSingleSpec => ({
    certId: certId.der,
    status: statusOf(store.register.find(certId.serialHex)?.state),
    thisUpdate: at,
    nextUpdate: at + validity,
  });

  function sign(
    request: Pick<OcspRequest, 'certIds' | 'nonce'>,
    at: number,
    mode: keyof typeof signers,
  ): Promise<Uint8Array> {
    const { certificate, signer } = signers[mode];
    return buildOcspResponse(
      {
        producedAt: at,
        responses: request.certIds.map((certId) => single(certId, at)),
        ...(request.nonce === undefined ? {} : { nonce: request.nonce }),
        certificates: [certificate.der],
      },
      signer,
    );
  }

  /** What was signed before and is still true and fresh. */
  function keptFor(certId: CertId): Kept | undefined {
    const before = kept.get(idOf(certId.der));
    const state = store.register.find(certId.serialHex)?.state;
    return before !== undefined && before.state === state && clock.now() < before.freshUntil
      ? before
      : undefined;
  }

  async function prepared(certId: CertId): Promise<OcspAnswer> {
    const before = keptFor(certId);
    if (before !== undefined) return before;
    const now = clock.now();
    const state = store.register.find(certId.serialHex)?.state;
    const der = await sign({ certIds: [certId], nonce: undefined }, now, 'normal');
    const answer: Kept = { der, maxAge, state, freshUntil: now + validity / 2 };
    remember(kept, idOf(certId.der), answer, MAX_KEPT);
    return answer;
  }

  async function readAndAnswer(bytes: Uint8Array, mode: keyof typeof signers): Promise<OcspAnswer> {
    const request = parseOcspRequest(bytes);
    if (!request.certIds.every((certId) => isCertIdOfIssuer(certId, issuer, engine))) {
      return { der: buildOcspError('unauthorized'), maxAge: 0 };
    }
    const [only, ...more] = request.certIds;
    if (mode === 'normal' && only !== undefined && more.length === 0 && request.nonce === undefined) {
      remember(known, idOf(bytes), only, MAX_KNOWN_REQUESTS);
      return prepared(only);
    }
    const at = mode === 'stale' ? clock.now() - 3 * validity : clock.now();
    return { der: await sign(request, at, mode), maxAge: 0 };
  }

  return {
    ready(bytes) {
      const certId = store.register.faults.ocspMode === 'normal' ? known.get(idOf(bytes)) : undefined;
      return certId === undefined ? undefined : keptFor(certId);
    },
    async answer(bytes) {
      const { ocspMode } = store.register.faults;
      const mode = ocspMode === 'down' ? 'normal' : ocspMode;
      try {
        return await readAndAnswer(bytes, mode);
      } catch (error) {
        const status = error instanceof CodedError ? 'malformedRequest' : 'internalError';
        return { der: buildOcspError(status), maxAge: 0 };
      }
    },
    async presign() {
      for (const { certificate } of [...store.register.all()]) {
        if (certificate.notAfter < clock.now()) continue;
        const request = { issuer, serial: certificate.serial };
        await prepared(parseCertId(buildCertId(request, engine)));
        await nextTask();
      }
    },
  };
}
