/**
 * The valid_policy_graph of RFC 9618, which replaces the policy tree of RFC 5280 §6.1. A tree doubles with every level
 * of mapping (CVE-2023-0464); the graph keeps one node per policy and level, so its size is that of the certificates.
 */

export const ANY_POLICY = '2.5.29.32.0';

type PolicyNode = {
  /** expected_policy_set: what the next certificate may call this policy. */
  expected: ReadonlySet<string>;
  /** valid_policy of each parent, one level up. */
  readonly parents: Set<string>;
};

/** Nodes of one depth by their valid_policy. */
type Level = Map<string, PolicyNode>;

/** Levels from the anchor down. The empty list is the graph "equal to NULL". */
export type PolicyGraph = readonly Level[];

export const EMPTY_POLICY_GRAPH: PolicyGraph = [];

/** §6.1.2(a): one node for anyPolicy. */
export function startPolicyGraph(): PolicyGraph {
  return [new Map([[ANY_POLICY, { expected: new Set([ANY_POLICY]), parents: new Set() }]])];
}

/** §6.1.3(d): adds the level of one certificate. `anyAllowed`: whether its anyPolicy counts (inhibit_anyPolicy). */
export function growPolicyGraph(
  graph: PolicyGraph,
  policies: readonly string[],
  anyAllowed: boolean,
): PolicyGraph {
  const above = graph.at(-1);
  if (above === undefined) return EMPTY_POLICY_GRAPH;
  const parentsOf = indexByExpected(above);
  const level: Level = new Map();
  for (const policy of policies) {
    if (policy === ANY_POLICY) continue;
    const parents = parentsOf.get(policy) ?? (above.has(ANY_POLICY) ? [ANY_POLICY] : undefined);
    if (parents) level.set(policy, { expected: new Set([policy]), parents: new Set(parents) });
  }
  if (anyAllowed && policies.includes(ANY_POLICY)) {
    for (const [policy, parents] of parentsOf) {
      if (!level.has(policy)) {
        level.set(policy, { expected: new Set([policy]), parents: new Set(parents) });
      }
    }
  }
  return prune([...graph, level]);
}

/** §6.1.4(b): applies the mappings of a CA certificate to its own level; `allowed` is policy_mapping > 0. */
export function mapPolicies(
  graph: PolicyGraph,
  mappings: readonly { readonly issuer: string; readonly subject: string }[],
  allowed: boolean,
): PolicyGraph {
  const level = graph.at(-1);
  if (level === undefined) return EMPTY_POLICY_GRAPH;
  const mapped = new Map<string, Set<string>>();
  for (const { issuer, subject } of mappings) {
    const subjects = mapped.get(issuer) ?? new Set<string>();
    mapped.set(issuer, subjects.add(subject));
  }
  for (const [policy, subjects] of mapped) {
    if (!allowed) {
      level.delete(policy);
      continue;
    }
    const node = level.get(policy);
    if (node) node.expected = subjects;
    else if (level.has(ANY_POLICY)) level.set(policy, { expected: subjects, parents: new Set([ANY_POLICY]) });
  }
  return prune(graph);
}

/**
 * §6.1.5(g): the policies, in the anchor's own terms, under which the whole path is valid and which the user accepts.
 * `undefined` as the user's set stands for any-policy.
 */
export function constrainedPolicies(
  graph: PolicyGraph,
  accepted: ReadonlySet<string> | undefined,
): ReadonlySet<string> {
  const authority = new Set<string>();
  for (const level of graph.slice(1)) {
    for (const [policy, node] of level) {
      if (policy !== ANY_POLICY && node.parents.has(ANY_POLICY)) authority.add(policy);
    }
  }
  const anyAtTheEnd = graph.length > 0 && graph.at(-1)?.has(ANY_POLICY) === true;
  if (accepted === undefined) return anyAtTheEnd ? authority.add(ANY_POLICY) : authority;
  return anyAtTheEnd ? accepted : new Set([...authority].filter((policy) => accepted.has(policy)));
}

function indexByExpected(level: Level): Map<string, string[]> {
  const index = new Map<string, string[]>();
  for (const [policy, node] of level) {
    for (const expected of node.expected) {
      const parents = index.get(expected);
      if (parents) parents.push(policy);
      else index.set(expected, [policy]);
    }
  }
  return index;
}

/** §6.1.3(d)(3): removes every node without a child, from the bottom up; no node at the bottom leaves no graph. */
function prune(graph: PolicyGraph): PolicyGraph {
  for (let depth = graph.length - 1; depth > 0; depth--) {
    const withChild = new Set<string>();
    for (const node of graph[depth]!.values()) for (const parent of node.parents) withChild.add(parent);
    const above = graph[depth - 1]!;
    for (const policy of [...above.keys()]) if (!withChild.has(policy)) above.delete(policy);
  }
  return graph.at(-1)!.size > 0 ? graph : EMPTY_POLICY_GRAPH;
}
