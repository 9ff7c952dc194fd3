/**
 * The policy tree of RFC 5280 §6.1 as it was before RFC 9618, written straight from the text and with no care for cost.
 * An oracle for the graph that replaced it.
 */
export const ANY = '2.5.29.32.0';

export type PolicyCertificate = {
  readonly policies: readonly string[] | undefined;
  readonly mappings: readonly (readonly [string, string])[];
  readonly selfIssued: boolean;
  readonly requireExplicit: number | undefined;
  readonly inhibitMapping: number | undefined;
  readonly inhibitAny: number | undefined;
};

export type TreeInputs = {
  readonly accepted: ReadonlySet<string> | undefined;
  readonly requireExplicit: boolean;
  readonly inhibitMapping: boolean;
  readonly inhibitAny: boolean;
};

type Node = { policy: string; expected: Set<string>; parent: Node | undefined; depth: number };

/** The user-constrained policies, or undefined where the path is refused. */
export function policiesByTree(
  path: readonly PolicyCertificate[],
  inputs: TreeInputs,
): ReadonlySet<string> | undefined {
  const n = path.length;
  let nodes: Node[] = [{ policy: ANY, expected: new Set([ANY]), parent: undefined, depth: 0 }];
  let explicit = inputs.requireExplicit ? 0 : n + 1;
  let mapping = inputs.inhibitMapping ? 0 : n + 1;
  let inhibitAny = inputs.inhibitAny ? 0 : n + 1;

  const at = (depth: number) => nodes.filter((node) => node.depth === depth);
  const add = (parent: Node, policy: string, expected = new Set([policy])) =>
    nodes.push({ policy, expected, parent, depth: parent.depth + 1 });
  const pruneAbove = (depth: number) => {
    for (let d = depth - 1; d >= 0; d--) {
      nodes = nodes.filter((node) => node.depth !== d || nodes.some((child) => child.parent === node));
    }
    if (at(depth).length === 0) nodes = [];
  };

  for (const [index, certificate] of path.entries()) {
    const i = index + 1;
    const { policies } = certificate;
    if (policies === undefined) nodes = [];
    else if (nodes.length > 0) {
      for (const policy of policies.filter((p) => p !== ANY)) {
        const parents = at(i - 1).filter((node) => node.expected.has(policy));
        for (const parent of parents) add(parent, policy);
        const any = at(i - 1).find((node) => node.policy === ANY);
        if (parents.length === 0 && any) add(any, policy);
      }
      if (policies.includes(ANY) && (inhibitAny > 0 || (i < n && certificate.selfIssued))) {
        for (const parent of at(i - 1)) {
          for (const value of parent.expected) {
            if (!nodes.some((child) => child.parent === parent && child.policy === value)) add(parent, value);
          }
        }
      }
      pruneAbove(i);
    }
    if (explicit === 0 && nodes.length === 0) return undefined;
    if (i === n) break;
    const byIssuer = new Map<string, Set<string>>();
    for (const [issuer, subject] of certificate.mappings) {
      byIssuer.set(issuer, (byIssuer.get(issuer) ?? new Set()).add(subject));
    }
    for (const [issuer, subjects] of byIssuer) {
      if (mapping === 0) {
        nodes = nodes.filter((node) => node.depth !== i || node.policy !== issuer);
        continue;
      }
      const mapped = at(i).filter((node) => node.policy === issuer);
      for (const node of mapped) node.expected = subjects;
      const any = at(i).find((node) => node.policy === ANY);
      if (mapped.length === 0 && any?.parent) add(any.parent, issuer, subjects);
    }
    if (nodes.length > 0) pruneAbove(i);
    if (!certificate.selfIssued) {
      explicit = Math.max(0, explicit - 1);
      mapping = Math.max(0, mapping - 1);
      inhibitAny = Math.max(0, inhibitAny - 1);
    }
    explicit = Math.min(explicit, certificate.requireExplicit ?? explicit);
    mapping = Math.min(mapping, certificate.inhibitMapping ?? mapping);
    inhibitAny = Math.min(inhibitAny, certificate.inhibitAny ?? inhibitAny);
  }
  explicit = Math.max(0, explicit - 1);
  if (path.at(-1)?.requireExplicit === 0) explicit = 0;

  const below = nodes.filter((node) => node.parent?.policy === ANY && node.policy !== ANY);
  const policies = new Set(below.map((node) => node.policy));
  const anyLeaf = at(n).some((node) => node.policy === ANY);
  const { accepted } = inputs;
  const constrained = accepted
    ? new Set(anyLeaf ? accepted : [...policies].filter((policy) => accepted.has(policy)))
    : anyLeaf
      ? policies.add(ANY)
      : policies;
  return explicit > 0 || constrained.size > 0 ? constrained : undefined;
}
