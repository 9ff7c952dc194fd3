/** One line of 一键检测 (AST-006). Texts live in the page's catalogue, by `item` and `finding`. */
export type CheckItem = {
  readonly item:
    | 'service'
    | 'data-folder'
    | 'token-files'
    | 'stale-locks'
    | 'drivers'
    | 'tokens'
    | 'certificates'
    | 'clock'
    | 'hub';
  readonly verdict: 'good' | 'attention' | 'bad' | 'unknown';
  /** Which of the item's possible results it is. */
  readonly finding: string;
  readonly fields?: Readonly<Record<string, string | number>>;
  /** The assistant can put it right itself. */
  readonly repairable: boolean;
};
