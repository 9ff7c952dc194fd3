import { type AlgorithmPolicy, TRADING_ALGORITHMS } from '../path/algorithm-policy.ts';
import type { AllowedAlgorithm, CaPolicy } from '../revocation/policy.ts';
import type { KeyKind } from '../x509/model.ts';

const KEYS_OF: Readonly<Record<AllowedAlgorithm, readonly KeyKind[]>> = {
  'sm2-sm3': ['sm2'],
  'ecdsa-sha2': ['p256', 'p384', 'p521'],
  'rsa-sha2': ['rsa'],
};

const narrowed = new WeakMap<CaPolicy, AlgorithmPolicy>();

/** OD-36 narrowed to what one CA's policy allows. It can only take away: nothing weak comes in by a policy. */
export function algorithmsOf(policy: CaPolicy): AlgorithmPolicy {
  const known = narrowed.get(policy);
  if (known !== undefined) return known;
  const keys = new Set(policy.algorithms.flatMap((algorithm) => KEYS_OF[algorithm]));
  const result: AlgorithmPolicy = {
    ...TRADING_ALGORITHMS,
    keys: new Set([...TRADING_ALGORITHMS.keys].filter((kind) => keys.has(kind))),
    signatures: new Map(
      [...TRADING_ALGORITHMS.signatures].filter(([, kinds]) => kinds.some((kind) => keys.has(kind))),
    ),
  };
  narrowed.set(policy, result);
  return result;
}
