/**
 * How one kind of name is held to a constraint (RFC 5280 §4.2.1.10). `Value` is the text, address or directory name of
 * the general name, both in certificates and as the base of a subtree.
 */
export type ConstraintRule<Value> = {
  /** False for a constraint that no reading of the clause gives a meaning: its certificate is refused. */
  constraintIsWellFormed(constraint: Value): boolean;
  /** False for a name that cannot be placed: under any constraint of its kind it is refused. */
  nameIsWellFormed(name: Value): boolean;
  /** All that the name stands for lies within the subtree. Decides permission. */
  within(name: Value, constraint: Value): boolean;
  /** Something that the name stands for lies within the subtree. Decides exclusion. Equal to `within` but for wildcards. */
  touches(name: Value, constraint: Value): boolean;
};
