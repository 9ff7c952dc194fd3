import type {
  PhoneCertificateKind,
  PhoneCertificateState,
  PhoneErrorCode,
  PhoneHalfState,
  PhonePurpose,
  PhoneScope,
} from '@hufu/contracts';
import type { Standing } from '../certificates/standing.ts';

export type UseFacts = {
  readonly purpose: PhonePurpose;
  readonly scope: PhoneScope;
  readonly standing: Standing;
  readonly certificate: {
    readonly kind: PhoneCertificateKind;
    readonly state: PhoneCertificateState;
    readonly entityId: string | null;
  };
  /** By the desk. */
  readonly entityFrozen: boolean;
  /** The enterprise that is logged in on the page; undefined: none, or any. */
  readonly pageEntity: string | undefined;
  readonly hasDevice: boolean;
  /** Of this device and of the key that is needed; undefined: it has none. */
  readonly half: PhoneHalfState | undefined;
};

type Row = {
  readonly holds: (facts: UseFacts) => boolean;
  readonly otherwise: PhoneErrorCode;
};

const isGranted = ({ standing, scope }: UseFacts): boolean =>
  standing.kind === 'HOLDER' ||
  (standing.kind === 'GRANTED' && standing.scopes.some((one) => one === 'ALL' || one === scope));

/** Acts by which an enterprise becomes known: a person's certificate says nothing of an enterprise (HUB-041). */
const ENTERPRISE_ACTS: ReadonlySet<PhonePurpose> = new Set(['bind', 'activate', 'library-key']);

/**
 * Whether a key may be used now, in the order in which a person is helped by the answers. What a certificate's issuer
 * says of it is judged where the signature is used; this is about who holds what.
 */
const TABLE: readonly Row[] = [
  // Nothing is told of what one does not belong to.
  { holds: ({ standing }) => standing.kind !== 'NONE', otherwise: 'PHONE_NOT_GRANTED' },
  {
    holds: ({ certificate, purpose }) => certificate.kind === 'ENTERPRISE' || !ENTERPRISE_ACTS.has(purpose),
    otherwise: 'PHONE_ENTERPRISE_CERTIFICATE',
  },
  // MOB-032
  {
    holds: ({ pageEntity, certificate }) => pageEntity === undefined || certificate.entityId === pageEntity,
    otherwise: 'PHONE_CERTIFICATE_OTHER',
  },
  // MOB-050
  { holds: isGranted, otherwise: 'PHONE_NOT_GRANTED' },
  { holds: ({ entityFrozen }) => !entityFrozen, otherwise: 'PHONE_ENTERPRISE_FROZEN' },
  // OD-31: what was encrypted to it is opened by it also after its end; revoked, held and lost ones open nothing.
  {
    holds: ({ certificate, purpose }) => certificate.state !== 'EXPIRED' || purpose === 'decrypt',
    otherwise: 'PHONE_CERTIFICATE_EXPIRED',
  },
  {
    holds: ({ certificate: { state }, purpose }) =>
      state === 'EFFECTIVE' || (purpose === 'decrypt' && (state === 'EXPIRED' || state === 'REPLACED')),
    otherwise: 'PHONE_CERTIFICATE_STATE',
  },
  { holds: ({ hasDevice }) => hasDevice, otherwise: 'PHONE_DEVICE_REQUIRED' },
  {
    holds: ({ half }) => half !== undefined && half !== 'NEW' && half !== 'DESTROYED',
    otherwise: 'PHONE_CERTIFICATE_ELSEWHERE',
  },
  { holds: ({ half }) => half !== 'LOCKED', otherwise: 'PHONE_PIN_LOCKED' },
  { holds: ({ half }) => half !== 'FROZEN', otherwise: 'PHONE_HALF_STOPPED' },
  { holds: ({ half }) => half === 'ACTIVE', otherwise: 'PHONE_DEVICE_FROZEN' },
];

/** @returns the first reason against it; null when there is none */
export const obstacleTo = (facts: UseFacts): PhoneErrorCode | null =>
  TABLE.find(({ holds }) => !holds(facts))?.otherwise ?? null;
