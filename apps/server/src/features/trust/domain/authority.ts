import {
  type CaPolicy,
  type Certificate,
  type CertificateProfile,
  caPolicyToJson,
  parseCaPolicy,
  type TrustedAuthority,
} from '@hufu/pki';

/** The part of a policy that an authority's row does not hold in columns of its own. */
export type StoredPolicy = Omit<CaPolicy, 'name' | 'region' | 'joined' | 'suspended'>;

/** An authority with everything that the desk may see of it. */
export type AuthorityRecord = {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly phone: string;
  readonly website: string | undefined;
  readonly region: string;
  readonly joined: boolean;
  readonly status: 'active' | 'suspended';
  readonly statusReason: string | undefined;
  readonly statusSince: number;
  readonly profile: CertificateProfile;
  readonly policy: StoredPolicy;
  readonly policyVersion: number;
  readonly version: number;
  readonly anchors: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
  readonly crlAddresses: readonly string[];
  readonly ocspAddresses: readonly string[];
};

/** The policy as verdicts name it: `<id>@<revision>`. */
export function policyOf(record: Omit<AuthorityRecord, 'profile' | 'anchors' | 'intermediates'>): CaPolicy {
  return {
    ...record.policy,
    name: `${record.id}@${record.policyVersion}`,
    region: record.region,
    joined: record.joined,
    suspended: record.status === 'suspended' ? { since: record.statusSince } : undefined,
  };
}

export const trustedAuthority = (record: AuthorityRecord): TrustedAuthority => ({
  id: record.id,
  name: record.name,
  nameEn: record.nameEn,
  phone: record.phone,
  anchors: record.anchors,
  intermediates: record.intermediates,
  profile: record.profile,
  policy: policyOf(record),
  crlAddresses: record.crlAddresses,
  ocspAddresses: record.ocspAddresses,
  status: record.status,
  since: record.statusSince,
});

/** Stand-ins for what the columns hold: a stored policy is read with the same strictness as a published one. */
const FRAME = { name: 'stored', region: '0', joined: false } as const;

export function storedPolicyToJson(policy: StoredPolicy): string {
  const {
    name: _name,
    region: _region,
    joined: _joined,
    ...rest
  } = caPolicyToJson({
    ...policy,
    ...FRAME,
    suspended: undefined,
  });
  return JSON.stringify(rest);
}

/** @throws CodedError POLICY_MALFORMED */
export function parseStoredPolicy(value: unknown): StoredPolicy {
  const framed = typeof value === 'object' && value !== null ? { ...value, ...FRAME } : value;
  const {
    name: _name,
    region: _region,
    joined: _joined,
    suspended: _none,
    ...policy
  } = parseCaPolicy(framed);
  return policy;
}
