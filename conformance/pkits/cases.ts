/**
 * The runs of NIST's Public Key Interoperability Test Suite (PKITS 1.0.1, public domain) by end certificate. A title
 * that begins with Valid or Invalid states its own result under the default inputs; the tests of sections 4.8 to 4.12
 * that PKITS runs with several policy inputs are listed here with the result that its document gives for each.
 */
export type PkitsInputs = {
  /** Numbers of NIST-test-policy-N; undefined is any-policy. */
  readonly accepted?: readonly number[];
  readonly requireExplicit?: boolean;
  readonly inhibitMapping?: boolean;
  readonly inhibitAny?: boolean;
};

export type PkitsRun = { readonly name: string; readonly inputs: PkitsInputs; readonly valid: boolean };

type Listed = readonly [inputs: PkitsInputs, valid: boolean];

const ANY: PkitsInputs = {};
const EXPLICIT: PkitsInputs = { requireExplicit: true };
const accepts = (...accepted: readonly number[]): PkitsInputs => ({ accepted });

const LISTED: Readonly<Record<string, readonly Listed[]>> = {
  // 4.8 Certificate Policies. 4.1.1 and 4.8.1 share their end certificate.
  ValidCertificatePathTest1: [
    [ANY, true],
    [EXPLICIT, true],
    [{ ...EXPLICIT, accepted: [1] }, true],
    [{ ...EXPLICIT, accepted: [2] }, false],
    [{ ...EXPLICIT, accepted: [1, 2] }, true],
  ],
  AllCertificatesNoPoliciesTest2: [
    [ANY, true],
    [EXPLICIT, false],
  ],
  DifferentPoliciesTest3: [
    [ANY, true],
    [EXPLICIT, false],
    [{ ...EXPLICIT, accepted: [1, 2] }, false],
  ],
  DifferentPoliciesTest4: [[ANY, false]],
  DifferentPoliciesTest5: [[ANY, false]],
  OverlappingPoliciesTest6: [
    [ANY, true],
    [accepts(1), true],
    [accepts(2), false],
  ],
  DifferentPoliciesTest7: [[ANY, false]],
  DifferentPoliciesTest8: [[ANY, false]],
  DifferentPoliciesTest9: [[ANY, false]],
  AllCertificatesSamePoliciesTest10: [
    [ANY, true],
    [accepts(1), true],
    [accepts(2), true],
  ],
  AllCertificatesanyPolicyTest11: [
    [ANY, true],
    [accepts(1), true],
  ],
  DifferentPoliciesTest12: [[ANY, false]],
  AllCertificatesSamePoliciesTest13: [
    [accepts(1), true],
    [accepts(2), true],
    [accepts(3), true],
  ],
  AnyPolicyTest14: [
    [accepts(1), true],
    [accepts(2), false],
  ],
  UserNoticeQualifierTest15: [[ANY, true]],
  UserNoticeQualifierTest16: [[ANY, true]],
  UserNoticeQualifierTest17: [[ANY, true]],
  UserNoticeQualifierTest18: [
    [accepts(1), true],
    [accepts(2), true],
  ],
  UserNoticeQualifierTest19: [[ANY, true]],
  CPSPointerQualifierTest20: [[EXPLICIT, true]],
  // 4.10 Policy Mappings
  ValidPolicyMappingTest1: [
    [accepts(1), true],
    [accepts(2), false],
    [{ inhibitMapping: true }, false],
  ],
  InvalidPolicyMappingTest2: [
    [ANY, false],
    [{ inhibitMapping: true }, false],
  ],
  ValidPolicyMappingTest3: [
    [accepts(1), false],
    [accepts(2), true],
  ],
  ValidPolicyMappingTest5: [
    [accepts(1), true],
    [accepts(6), false],
  ],
  ValidPolicyMappingTest6: [
    [accepts(1), true],
    [accepts(6), false],
  ],
  ValidPolicyMappingTest12: [
    [accepts(1), true],
    [accepts(2), true],
  ],
  // 4.12 Inhibit Any Policy
  inhibitAnyPolicyTest3: [
    [ANY, true],
    [{ inhibitAny: true }, false],
  ],
};

/** All runs for one end certificate; throws on a title that neither states its result nor is listed. */
export function runsFor(name: string): readonly PkitsRun[] {
  const listed = LISTED[name];
  if (listed) return listed.map(([inputs, valid]) => ({ name, inputs, valid }));
  if (!/^(?:In)?[Vv]alid/.test(name)) throw new TypeError(`PKITS: no expected result for ${name}`);
  return [{ name, inputs: ANY, valid: name.startsWith('Valid') }];
}
